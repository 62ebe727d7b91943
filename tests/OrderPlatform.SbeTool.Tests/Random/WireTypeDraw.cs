using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Draws the composites of the wire itself: header, dimensions, data lengths; in odd widths, orders and company.</summary>
internal sealed class WireTypeDraw(Draw draw, List<XElement> types, Names typeNames)
{
    private static readonly PrimitiveType[] Widths = [PrimitiveType.UInt8, PrimitiveType.UInt16, PrimitiveType.UInt32, PrimitiveType.UInt64];
    private readonly List<(string Name, int BlockLengthMax, bool IsNarrow)> _dimensions = [];
    private readonly List<string> _data = [];

    /// <summary>A header that can hold these numbers; returns its name.</summary>
    internal string Header(int blockLength, int templateId, int schemaId, int version)
    {
        string name = draw.OneIn(2) ? "messageHeader" : typeNames.Next();
        DrawnType[] slots =
        [
            Slot("blockLength", WidthFor(blockLength)), Slot("templateId", WidthFor(templateId, maySign: true)),
            Slot("schemaId", WidthFor(schemaId, maySign: true)), Slot("version", WidthFor(version, maySign: true)),
        ];
        if (draw.OneIn(3))
        {
            draw.Shuffle(slots);
        }

        types.Add(Composite(name, slots));
        return name;
    }

    /// <summary>A dimension type for entries with a block of this length.</summary>
    /// <param name="blockLength">Of the entries.</param>
    /// <param name="mayBeEmpty">Whether an entry may take no bytes at all: then a wide count could keep a reader busy for minutes.</param>
    internal string Dimension(int blockLength, bool mayBeEmpty)
    {
        string[] fitting = [.. _dimensions.Where(one => one.BlockLengthMax >= blockLength && (one.IsNarrow || !mayBeEmpty)).Select(static one => one.Name)];
        if (fitting.Length > 0 && draw.OneIn(2))
        {
            return draw.Of(fitting);
        }

        // The name that a group means when it names none, for the first.
        string name = _dimensions.Count == 0 ? "groupSizeEncoding" : typeNames.Next();
        PrimitiveType width = WidthFor(blockLength);
        (DrawnType count, bool isNarrow) = Count(mayBeEmpty);
        DrawnType blockLengthSlot = Slot("blockLength", width);
        if (width == PrimitiveType.UInt32)
        {
            blockLengthSlot.Element.SetAttributeValue("maxValue", int.MaxValue);
        }

        DrawnType[] slots = [blockLengthSlot, count];
        if (draw.OneIn(3))
        {
            draw.Shuffle(slots);
        }

        types.Add(Composite(name, slots));
        _dimensions.Add((name, (int)Math.Min(width.Highest, int.MaxValue), isNarrow));
        return name;
    }

    /// <summary>A type for data elements; returns its name.</summary>
    internal string Data()
    {
        if (_data.Count > 0 && draw.OneIn(3))
        {
            return draw.Of(_data);
        }

        string name = typeNames.Next();
        PrimitiveType width = draw.Of(Widths);
        DrawnType length = Slot("length", width);
        if (width == PrimitiveType.UInt32 || draw.OneIn(3))
        {
            length.Element.SetAttributeValue("maxValue", draw.OneIn(2) ? "20" : width == PrimitiveType.UInt32 ? "2147483647" : "254");
        }

        var bytes = new XElement(
            "type", new XAttribute("name", "varData"), new XAttribute("primitiveType", draw.OneIn(2) ? "uint8" : "char"), new XAttribute("length", 0));
        if (draw.OneIn(2))
        {
            bytes.SetAttributeValue("characterEncoding", draw.Of(["US-ASCII", "ISO-8859-1", "UTF-8", "windows-1252"]));
        }

        types.Add(Composite(name, [length, new DrawnType(bytes, 0, 0)]));
        _data.Add(name);
        return name;
    }

    private (DrawnType Count, bool IsNarrow) Count(bool mayBeEmpty)
    {
        PrimitiveType width = draw.Of(
            mayBeEmpty ? [PrimitiveType.UInt8] : draw.OneIn(6) ? [PrimitiveType.Int8, PrimitiveType.Int32, PrimitiveType.Int64] : Widths);
        DrawnType count = Slot("numInGroup", width);
        bool isBounded = draw.OneIn(3);
        if (!width.IsUnsigned || isBounded)
        {
            count.Element.SetAttributeValue("minValue", isBounded ? draw.Below(3) : 0);
        }

        if (width == PrimitiveType.UInt32 || isBounded)
        {
            count.Element.SetAttributeValue("maxValue", isBounded ? draw.Between(2, 5) : int.MaxValue);
        }

        return (count, width.SizeBytes == 1);
    }

    private PrimitiveType WidthFor(int value, bool maySign = false) => draw.OneIn(2) && value <= ushort.MaxValue
        ? PrimitiveType.UInt16
        : draw.Of((maySign && draw.OneIn(3) ? ScalarDraw.Integers : Widths).Where(width => value <= width.Max).ToArray());

    private XElement Composite(string name, DrawnType[] slots)
    {
        var composite = new XElement("composite", new XAttribute("name", name));
        bool isOdd = draw.OneIn(3);
        int end = 0;
        int extras = 0;
        foreach (DrawnType slot in slots)
        {
            if (isOdd && draw.OneIn(3))
            {
                end = draw.Append(composite, new ScalarDraw(draw).Any("extra" + extras++, 0), end, gapOneIn: 2);
            }

            end = draw.Append(composite, slot, end, isOdd ? 2 : int.MaxValue);
        }

        return composite;
    }

    private static DrawnType Slot(string name, PrimitiveType width) =>
        new(new XElement("type", new XAttribute("name", name), new XAttribute("primitiveType", width.Name)), width.SizeBytes, 0, Primitive: width);
}
