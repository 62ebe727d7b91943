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
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            XElement root = XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root!;
            return CheckDepth(root, findings) ? root : null;
        }
        catch (XmlException problem)
        {
            findings.Report(Rules.NotWellFormed, problem);
            return null;
        }
    }

    /// <summary>The stages behind walk elements by recursion, so their depth has a bound.</summary>
    private static bool CheckDepth(XElement root, FileFindings findings)
    {
        List<XElement> path = [];
        foreach (XElement element in root.DescendantsAndSelf())
        {
            while (path.Count > 0 && path[path.Count - 1] != element.Parent)
            {
                path.RemoveAt(path.Count - 1);
            }

            if (path.Count > SchemaLimits.DepthMax)
            {
                findings.Report(Rules.UnexpectedElement, element, $"elements are nested deeper than {SchemaLimits.DepthMax}");
                return false;
            }

            path.Add(element);
        }

        return true;
    }
}
