using System.Globalization;
using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Draws <c>type</c> elements: numbers, text, arrays, constants.</summary>
internal sealed class ScalarDraw(Draw draw)
{
    internal static readonly PrimitiveType[] Integers =
    [
        PrimitiveType.Int8, PrimitiveType.Int16, PrimitiveType.Int32, PrimitiveType.Int64,
        PrimitiveType.UInt8, PrimitiveType.UInt16, PrimitiveType.UInt32, PrimitiveType.UInt64,
    ];

    internal static readonly PrimitiveType[] Primitives = [.. Integers, PrimitiveType.Char, PrimitiveType.Float, PrimitiveType.Double];

    private static readonly string[] Encodings = ["US-ASCII", "ASCII", "ISO-8859-1", "latin1", "UTF-8", " utf8 ", "windows-1252"];
    private static readonly string[] Reals = ["0", "-0.0", "1.5", "-2.25E10", "1E-30", "Infinity", "-Infinity", "NaN"];
    private static readonly string[] Texts = ["Z", "ab", "a \"quoted\" \\ text", "{0}", "~!@#$%^&*()<>", " blanks "];

    internal DrawnType Any(string name, int since) => draw.Below(10) switch
    {
        0 or 1 => Text(name, since),
        2 or 3 => Array(name, since),
        4 => Constant(name, since),
        _ => Number(name, since, draw.Of(Primitives)),
    };

    /// <summary>One value, maybe with a null value and a range.</summary>
    internal DrawnType Number(string name, int since, PrimitiveType primitive)
    {
        XElement element = Type(name, since, primitive);
        if (draw.OneIn(2))
        {
            Null(element, primitive);
        }

        if (draw.OneIn(3))
        {
            Range(element, primitive);
        }

        return new DrawnType(element, primitive.SizeBytes, since, Primitive: primitive);
    }

    /// <summary>A char array, or one char that says that its length is 1.</summary>
    private DrawnType Text(string name, int since)
    {
        int length = draw.Between(1, 40);
        XElement element = Type(name, since, PrimitiveType.Char);
        element.SetAttributeValue("length", length);
        if (draw.OneIn(2))
        {
            element.SetAttributeValue("characterEncoding", draw.Of(Encodings));
        }

        if (draw.OneIn(4))
        {
            element.SetAttributeValue("presence", "optional");
        }

        return new DrawnType(element, length, since);
    }

    private DrawnType Array(string name, int since)
    {
        PrimitiveType primitive = draw.Of(Primitives.Where(static candidate => !candidate.IsChar).ToArray());
        int length = draw.Between(2, 7);
        XElement element = Type(name, since, primitive);
        element.SetAttributeValue("length", length);
        if (draw.OneIn(3))
        {
            Null(element, primitive);
        }

        return new DrawnType(element, primitive.SizeBytes * length, since);
    }

    private DrawnType Constant(string name, int since)
    {
        PrimitiveType primitive = draw.Of(Primitives);
        XElement element = Type(name, since, primitive);
        element.SetAttributeValue("presence", "constant");
        element.Value = primitive.IsChar ? draw.Of(Texts) : primitive.IsReal ? draw.Of(Reals) : Digits(draw.Integer(primitive));
        if (primitive.IsChar && draw.OneIn(4))
        {
            element.Value = "p\u00e9\u20ac";
            element.SetAttributeValue("characterEncoding", "UTF-8");
        }

        if (primitive.IsChar && draw.OneIn(2))
        {
            element.SetAttributeValue("length", System.Text.Encoding.UTF8.GetByteCount(element.Value) + draw.Below(3));
        }

        return new DrawnType(element, 0, since, IsConstant: true);
    }

    /// <summary>A constant that is a value of an enum.</summary>
    internal DrawnType ConstantOf(string name, DrawnType enumeration)
    {
        XElement element = Type(name, 0, enumeration.Primitive!);
        element.SetAttributeValue("presence", "constant");
        element.SetAttributeValue("valueRef", $"{enumeration.Name}.{enumeration.ValueName}");
        return new DrawnType(element, 0, 0, IsConstant: true);
    }

    private void Null(XElement element, PrimitiveType primitive)
    {
        // A required type may state a null value too: it counts where a field makes the type optional.
        element.SetAttributeValue("presence", draw.OneIn(4) ? "required" : "optional");
        if (!draw.OneIn(4))
        {
            element.SetAttributeValue("nullValue", primitive.IsChar ? "N" : primitive.IsReal ? draw.Of(Reals) : Digits(draw.Integer(primitive)));
        }
    }

    private void Range(XElement element, PrimitiveType primitive)
    {
        if (primitive.IsReal || primitive.IsChar)
        {
            element.SetAttributeValue("minValue", primitive.IsReal ? "-1.5" : "A");
            element.SetAttributeValue("maxValue", primitive.IsReal ? "3E5" : "z");
            return;
        }

        decimal max = draw.Integer(primitive);
        element.SetAttributeValue("minValue", Digits(draw.Integer(primitive.Lowest, max)));
        element.SetAttributeValue("maxValue", Digits(max));
    }

    private static XElement Type(string name, int since, PrimitiveType primitive) =>
        DrawnType.Since(new XElement("type", new XAttribute("name", name), new XAttribute("primitiveType", primitive.Name)), since);

    internal static string Digits(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
