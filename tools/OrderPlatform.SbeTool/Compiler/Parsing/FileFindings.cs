using System.Xml;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Reports findings in one file.</summary>
/// <param name="diagnostics">Where all findings go.</param>
/// <param name="file">The included file, or null for the schema itself.</param>
internal sealed class FileFindings(DiagnosticBag diagnostics, string? file)
{
    internal SourcePosition PositionOf(IXmlLineInfo place) => new(Math.Max(place.LineNumber, 1), Math.Max(place.LinePosition, 1), file);

    internal void Report(Rule rule, IXmlLineInfo place, string message) => diagnostics.Report(rule, PositionOf(place), message);

    internal void Report(Rule rule, SourcePosition position, string message) => diagnostics.Report(rule, position, message);

    internal void Report(Rule rule, XmlException problem) =>
        diagnostics.Report(rule, new SourcePosition(Math.Max(problem.LineNumber, 1), Math.Max(problem.LinePosition, 1), file), problem.Message);
}
