using System.Xml;
using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Text to elements with their places.</summary>
internal static class XmlText
{
    // No DTD: entity expansion is the one way in which a small schema could become a huge one.
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>The root element, or null, with a report, if the text is not XML.</summary>
    internal static XElement? Read(string text, FileFindings findings)
    {
        try
        {
            if (!CheckDepth(text, findings))
            {
                return null;
            }

            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root;
        }
        catch (XmlException problem)
        {
            findings.Report(Rules.NotWellFormed, problem);
            return null;
        }
    }

    /// <summary>The stages behind walk elements by recursion, so their depth has a bound.</summary>
    private static bool CheckDepth(string text, FileFindings findings)
    {
        using var reader = XmlReader.Create(new StringReader(text), Settings);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.Depth > SchemaLimits.DepthMax)
            {
                findings.Report(Rules.UnexpectedElement, (IXmlLineInfo)reader, $"elements are nested deeper than {SchemaLimits.DepthMax}");
                return false;
            }
        }

        return true;
    }
}
