using System.Text;
using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Random numbers, chars and texts for a layout; the values at the edges come often.</summary>
internal sealed class RandomScalars(Random random)
{
    private static readonly double[] RealEdges =
        [0, -0.0, 1, -1, double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    /// <summary>
    /// One value of a primitive: an edge of the type, or any bit pattern. A required one may have the bits of null, for nothing forbids it on the wire.
    /// </summary>
    internal JsonNode Number(ScalarLayout scalar)
    {
        PrimitiveType primitive = scalar.Primitive;
        if (primitive.IsReal)
            return Real(scalar);

        decimal value = random.Next(8) switch
        {
            0 => 0,
            1 => scalar.Min.Integer,
            2 => scalar.Max.Integer,
            3 => scalar.Null.Integer,
            4 => primitive.Lowest,
            5 => primitive.Highest,
            _ => AnyBits(primitive),
        };
        return primitive.IsChar ? WireJson.OfLetter((byte)value) : value < 0 ? WireJson.Of((long)value) : WireJson.Of((ulong)value);
    }

    /// <summary>Bytes from a lowest value upwards; often none, often as many as may be.</summary>
    internal JsonNode Bytes(int lengthMax, byte lowest) =>
        WireJson.OfBytes([.. Enumerable.Range(0, Length(lengthMax)).Select(_ => (byte)random.Next(lowest, 0x100))]);

    /// <summary>Text without NUL that fills at most this many bytes; often none, often all of them.</summary>
    internal string Text(string encoding, int lengthBytesMax)
    {
        var text = new StringBuilder();
        for (int rest = Length(lengthBytesMax); rest > 0;)
        {
            Rune letter = Letter(TextEncodings.Find(encoding)!, rest);
            text.Append(letter.ToString());
            rest -= TextEncodings.Find(encoding) == "Utf8" ? letter.Utf8SequenceLength : 1;
        }

        return text.ToString();
    }

    private int Length(int max) => random.Next(4) switch { 0 => 0, 1 => max, _ => random.Next(max + 1) };

    private Rune Letter(string encoding, int rest) => encoding switch
    {
        "Latin1" => new Rune(random.Next(1, 0x100)),
        "Utf8" when rest >= 4 && random.Next(4) == 0 => new Rune(random.Next(0x10000, 0x10FFFF)),
        "Utf8" when rest >= 3 && random.Next(4) == 0 => new Rune(random.Next(0x800, 0xD800)),
        "Utf8" when rest >= 2 && random.Next(4) == 0 => new Rune(random.Next(0x80, 0x800)),
        _ => new Rune(random.Next(1, 0x80)),
    };

    private JsonNode Real(ScalarLayout scalar)
    {
        double value = random.Next(4) switch
        {
            0 => scalar.Null.Real,
            1 => random.Next(2) == 0 ? scalar.Min.Real : scalar.Max.Real,
            2 => RealEdges[random.Next(RealEdges.Length)],
            _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        };
        return scalar.Primitive == PrimitiveType.Float ? WireJson.Of((float)value) : WireJson.Of(value);
    }

    private decimal AnyBits(PrimitiveType primitive)
    {
        long bits = random.NextInt64(long.MinValue, long.MaxValue);
        return primitive.Name switch
        {
            "int8" => (sbyte)bits,
            "int16" => (short)bits,
            "int32" => (int)bits,
            "int64" => bits,
            "uint16" => (ushort)bits,
            "uint32" => (uint)bits,
            "uint64" => (ulong)bits,
            _ => (byte)bits,
        };
    }
}
