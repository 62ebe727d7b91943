using System.Xml.Linq;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Types that no message leads to: code for them costs time to compile and is never run.</summary>
internal static class Unreferenced
{
    private static readonly string[] References = ["type", "dimensionType", "encodingType", "valueRef", "headerType"];

    internal static void Remove(XElement root)
    {
        Dictionary<string, XElement> definitions = root.Elements("types").Elements().ToDictionary(static element => element.Attribute("name")!.Value);
        var reached = new HashSet<string> { root.Attribute("headerType")?.Value ?? "messageHeader" };
        var waiting = new Queue<XElement>(root.Elements().Where(static element => element.Name.LocalName == "message"));
        while (waiting.TryDequeue(out XElement? next))
        {
            foreach (string name in next.DescendantsAndSelf().SelectMany(NamesIn))
            {
                if (definitions.TryGetValue(name, out XElement? definition) && reached.Add(name))
                {
                    waiting.Enqueue(definition);
                }
            }
        }

        foreach ((string name, XElement element) in definitions)
        {
            if (!reached.Contains(name))
            {
                element.Remove();
            }
        }
    }

    private static IEnumerable<string> NamesIn(XElement element)
    {
        IEnumerable<string> names = References.Select(attribute => element.Attribute(attribute)?.Value.Split('.')[0]).OfType<string>();
        return element.Name == "group" && element.Attribute("dimensionType") is null ? names.Append("groupSizeEncoding") : names;
    }
}
