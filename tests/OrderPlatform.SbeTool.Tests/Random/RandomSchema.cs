using System.Xml.Linq;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>A valid SBE 1.0 schema that one seed decides. The seeds together use the whole language that the compiler supports.</summary>
/// <param name="Seed">What decides.</param>
/// <param name="Version">Of the schema: 0 to 3.</param>
/// <param name="Text">The XML.</param>
internal sealed record RandomSchema(int Seed, int Version, string Text)
{
    private static readonly XNamespace Sbe = "http://fixprotocol.io/2016/sbe";
    private static readonly string[] Descriptions = ["", "a <b> & c", "*/ /// \"quoted\"", "two\nlines", "\u00e9\u20ac"];

    /// <summary>The schema of a seed.</summary>
    internal static RandomSchema Of(int seed)
    {
        var draw = new Draw(seed);
        int version = draw.Between(0, 3);
        string package = $"rnd.s{seed}.v{version}";
        var typeNames = new Names(draw, StringComparer.OrdinalIgnoreCase, ["MessageHeader", "MessageValidator", $"V{version}Schema", "groupSizeEncoding"]);
        List<DrawnType> types = Types(draw, version, typeNames);
        List<XElement> elements = [];
        var wireTypes = new WireTypeDraw(draw, elements, typeNames);
        var blocks = new BlockDraw(draw, version, types, wireTypes);
        (XElement[] messages, int blockLengthMax, int idMax) = Messages(draw, version, typeNames, blocks);
        int schemaId = draw.OneIn(2) ? draw.Between(0, 255) : draw.Between(0, 65_535);
        string header = wireTypes.Header(blockLengthMax, idMax, schemaId, version);
        XElement[] definitions = [.. elements, .. types.Select(static type => type.Element)];
        draw.Shuffle(definitions);
        foreach (XElement element in definitions.Concat(messages).Where(_ => draw.OneIn(4)))
        {
            element.SetAttributeValue("description", draw.Of(Descriptions));
        }

        int half = draw.Below(definitions.Length);
        var root = new XElement(
            Sbe + "messageSchema", new XAttribute(XNamespace.Xmlns + "sbe", Sbe), new XAttribute("package", package), new XAttribute("id", schemaId),
            new XAttribute("version", version), new XAttribute("byteOrder", draw.OneIn(2) ? "bigEndian" : "littleEndian"),
            new XElement("types", definitions.Take(half)), new XElement("types", definitions.Skip(half)), messages);
        if (header != "messageHeader" || draw.OneIn(2))
        {
            root.SetAttributeValue("headerType", header);
        }

        if (!draw.OneIn(6))
        {
            Unreferenced.Remove(root);
        }

        return new RandomSchema(seed, version, root.ToString());
    }

    private static List<DrawnType> Types(Draw draw, int version, Names typeNames)
    {
        var types = new List<DrawnType>();
        var scalars = new ScalarDraw(draw);
        var choices = new ChoiceDraw(draw, version, types, typeNames);
        var composites = new CompositeDraw(draw, version, types, typeNames);
        for (int count = draw.Between(2, 8); count > 0; count--)
        {
            int since = draw.OneIn(4) ? draw.Between(0, version) : 0;
            string name = typeNames.Next();
            types.Add(draw.Below(8) switch
            {
                0 => choices.Enum(name, since),
                1 => choices.Set(name, since),
                2 or 3 or 4 => composites.Any(name, since, choices),
                _ => scalars.Any(name, since),
            });
        }

        if (types.Find(static type => type is { IsEnum: true, SinceVersion: 0 }) is { } referred)
        {
            types.Add(scalars.ConstantOf(typeNames.Next(), referred));
        }

        return types;
    }

    private static (XElement[] Messages, int BlockLengthMax, int IdMax) Messages(Draw draw, int version, Names typeNames, BlockDraw blocks)
    {
        var messages = new XElement[draw.Between(1, 3)];
        int blockLengthMax = 0;
        int id = 0;
        for (int index = 0; index < messages.Length; index++)
        {
            int since = draw.OneIn(4) ? draw.Between(0, version) : 0;
            id += draw.OneIn(4) ? draw.Between(1, 20_000) : draw.Between(1, 80);
            var message = new XElement(
                draw.OneIn(2) ? Sbe + "message" : "message", new XAttribute("name", typeNames.Next()), new XAttribute("id", id));
            blockLengthMax = Math.Max(blockLengthMax, blocks.Fill(message, since));
            messages[index] = DrawnType.Since(message, since);
        }

        return (messages, blockLengthMax, id);
    }
}
