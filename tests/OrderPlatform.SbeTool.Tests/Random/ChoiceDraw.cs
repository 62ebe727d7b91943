using System.Globalization;
using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Draws enums and sets, and the alias types that some are encoded with.</summary>
internal sealed class ChoiceDraw(Draw draw, int schemaVersion, List<DrawnType> topLevel, Names typeNames)
{
    private static readonly PrimitiveType[] Direct =
        [PrimitiveType.Char, PrimitiveType.UInt8, PrimitiveType.Int8, PrimitiveType.Int16, PrimitiveType.UInt16, PrimitiveType.Int32];

    private static readonly PrimitiveType[] Unsigned = [PrimitiveType.UInt8, PrimitiveType.UInt16, PrimitiveType.UInt32, PrimitiveType.UInt64];

    internal DrawnType Enum(string name, int since)
    {
        bool isDirect = draw.OneIn(2);
        PrimitiveType primitive = draw.Of(isDirect ? Direct : ScalarDraw.Integers);
        (decimal min, decimal max) = (primitive.IsChar ? '0' : primitive.Min, primitive.IsChar ? 'z' : primitive.Max);
        string encoding = primitive.Name;
        if (!isDirect)
        {
            if (draw.OneIn(3))
            {
                (min, max) = (Math.Max(min, 2), Math.Min(max, 100));
            }

            encoding = Alias(primitive, min, max);
        }

        XElement element = Choice("enum", name, encoding, since);
        var taken = new HashSet<decimal> { primitive.Null };
        if (draw.OneIn(3))
        {
            decimal nullValue = primitive.IsChar ? 'N' : draw.Integer(primitive);
            element.SetAttributeValue("nullValue", primitive.IsChar ? "N" : ScalarDraw.Digits(nullValue));
            taken.Add(nullValue);
        }

        if (draw.OneIn(4))
        {
            element.SetAttributeValue("presence", draw.OneIn(3) ? "required" : "optional");
        }

        var names = new Names(draw, StringComparer.Ordinal, []);
        string first = "";
        for (int count = draw.Between(1, 6); count > 0; count--)
        {
            decimal value = draw.Integer(min, max);
            if (taken.Add(value))
            {
                string valueName = names.Next();
                string text = primitive.IsChar ? ((char)value).ToString() : ScalarDraw.Digits(value);
                element.Add(Value("validValue", valueName, text, first.Length == 0 ? 0 : LaterOr(since)));
                first = first.Length == 0 ? valueName : first;
            }
        }

        // Every draw may have hit the null value; an enum without a value has no valid message.
        if (first.Length == 0)
        {
            decimal value = min;
            while (!taken.Add(value))
            {
                value++;
            }

            element.Add(Value("validValue", first = names.Next(), primitive.IsChar ? ((char)value).ToString() : ScalarDraw.Digits(value), 0));
        }

        return new DrawnType(element, primitive.SizeBytes, since, Primitive: primitive, ValueName: first);
    }

    internal DrawnType Set(string name, int since)
    {
        PrimitiveType primitive = draw.Of(Unsigned);
        XElement element = Choice("set", name, draw.OneIn(3) ? Alias(primitive, primitive.Min, primitive.Max) : primitive.Name, since);
        int bits = primitive.SizeBytes * 8;
        int[] all = [.. Enumerable.Range(0, bits)];
        draw.Shuffle(all);
        var names = new Names(draw, StringComparer.Ordinal, []);
        foreach (int bit in all.Take(draw.OneIn(8) ? bits : draw.Between(0, 6)))
        {
            element.Add(Value("choice", names.Next(), bit.ToString(CultureInfo.InvariantCulture), LaterOr(since)));
        }

        return new DrawnType(element, primitive.SizeBytes, since);
    }

    private string Alias(PrimitiveType primitive, decimal min, decimal max)
    {
        string name = typeNames.Next();
        var element = new XElement(
            "type", new XAttribute("name", name), new XAttribute("primitiveType", primitive.Name),
            new XAttribute("minValue", ScalarDraw.Digits(min)), new XAttribute("maxValue", ScalarDraw.Digits(max)));
        topLevel.Add(new DrawnType(element, primitive.SizeBytes, 0, Primitive: primitive));
        return name;
    }

    private static XElement Choice(string kind, string name, string encoding, int since) =>
        DrawnType.Since(new XElement(kind, new XAttribute("name", name), new XAttribute("encodingType", encoding)), since);

    private static XElement Value(string kind, string name, string text, int since) =>
        DrawnType.Since(new XElement(kind, new XAttribute("name", name), text), since);

    /// <summary>A version for a value that may be added to an enum or set that is there already.</summary>
    private int LaterOr(int since) => draw.OneIn(5) ? draw.Between(since, schemaVersion) : since;
}
