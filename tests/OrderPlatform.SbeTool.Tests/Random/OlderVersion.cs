using System.Globalization;
using System.Xml.Linq;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>A schema as it was before the latest additions.</summary>
internal static class OlderVersion
{
    /// <summary>The text without what is newer than the version; its package ends in the version instead of the schema's.</summary>
    /// <param name="text">The XML of a schema whose package ends in <c>.v</c> and its version.</param>
    /// <param name="version">Not above the schema's.</param>
    /// <param name="keepsBlockLengths">Whether declared block lengths were there already: then the bytes of later fields are padding.</param>
    internal static string Of(string text, int version, bool keepsBlockLengths)
    {
        XElement root = XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!;
        string package = root.Attribute("package")!.Value;
        root.SetAttributeValue("package", package[..(package.LastIndexOf('v') + 1)] + version.ToString(CultureInfo.InvariantCulture));
        root.SetAttributeValue("version", version);
        IEnumerable<XElement> laterTypes = root.Elements("types").Elements().Where(element => Since(element) > version);
        HashSet<string> later = [.. laterTypes.Select(static element => element.Attribute("name")!.Value)];
        XElement[] removed =
        [
            .. root.Descendants().Where(element => Since(element) > version || (element.Attribute("type")?.Value is { } type && later.Contains(type))),
        ];
        foreach (XElement element in removed)
        {
            element.Remove();
        }

        if (!keepsBlockLengths)
        {
            foreach (XElement element in root.Descendants())
            {
                element.SetAttributeValue("blockLength", null);
            }
        }

        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static int Since(XElement element) => int.Parse(element.Attribute("sinceVersion")?.Value ?? "0", CultureInfo.InvariantCulture);
}
