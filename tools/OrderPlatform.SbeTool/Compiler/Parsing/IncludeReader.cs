using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>A file as the parser walks it.</summary>
/// <param name="Path">Where it lies; what it includes is found from there.</param>
/// <param name="Findings">Reports in it.</param>
/// <param name="Includer">The file that included it, or null for the schema itself.</param>
internal sealed record SourceFile(string Path, FileFindings Findings, SourceFile? Includer)
{
    /// <summary>Whether a path is that of this file or of one that led to it.</summary>
    internal bool IsReachedFrom(string path) => IncludePath.Normalize(Path) == path || (Includer?.IsReachedFrom(path) ?? false);
}

/// <summary>
/// Follows XInclude elements (W3C, XML Inclusions 1.0) as far as schemas need them: whole files beside the schema, whose root is
/// types. A file that several files include counts once, so that each can include what it needs.
/// </summary>
internal sealed class IncludeReader(DiagnosticBag diagnostics, Func<string, string?> read)
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2001/XInclude";

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Whether a file could not be used, so that nobody knows which types are missing.</summary>
    internal bool HasFailed { get; private set; }

    internal static bool IsInclude(XElement element) => element.Name == Namespace + "include";

    /// <summary>The root of the file that an element includes; null if it is known already, or, with a report, if it cannot be used.</summary>
    internal (XElement Types, SourceFile File)? Read(XElement include, SourceFile from)
    {
        if (PathOf(include, from) is not { } path)
        {
            HasFailed = true;
            return null;
        }

        if (!_known.Add(path))
        {
            return null;
        }

        (XElement Types, SourceFile File)? types = ReadTypes(include, path, from);
        HasFailed |= types is null;
        return types;
    }

    private static string? PathOf(XElement include, SourceFile from)
    {
        var reader = new ElementReader(include, from.Findings);
        reader.CheckAttributes();
        reader.CheckNoChildren();
        string href = reader.Required("href");
        if (href.Length == 0)
        {
            return null;
        }

        if (FaultOf(reader, href) is { } fault)
        {
            from.Findings.Report(Rules.BadInclude, reader.Position, fault);
            return null;
        }

        string path = IncludePath.Combine(from.Path, href);
        if (from.IsReachedFrom(path))
        {
            from.Findings.Report(Rules.BadInclude, reader.Position, $"'{href}' includes itself, directly or through other files");
            return null;
        }

        return path;
    }

    private static string? FaultOf(ElementReader include, string href) =>
        include.Optional("parse") is not (null or "xml") ? "only XML is included: remove the attribute parse"
        : include.Optional("xpointer") is not null ? "only whole files are included: remove the attribute xpointer"
        : IncludePath.Fault(href) is { } fault ? $"href '{href}' {fault}"
        : null;

    private (XElement Types, SourceFile File)? ReadTypes(XElement include, string path, SourceFile from)
    {
        if (read(path) is not { } text)
        {
            from.Findings.Report(Rules.BadInclude, include, $"there is no file {path} to include");
            return null;
        }

        var file = new SourceFile(path, new FileFindings(diagnostics, path), from);
        if (XmlText.Read(text, file.Findings) is not { } root)
        {
            return null;
        }

        if (root.Name.LocalName != "types")
        {
            file.Findings.Report(Rules.BadInclude, root, $"the root element of an included file must be types, not '{root.Name.LocalName}'");
            return null;
        }

        return (root, file);
    }
}
