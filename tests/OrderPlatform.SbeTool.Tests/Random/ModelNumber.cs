using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>One number between its bytes and its JSON, case by case.</summary>
internal static class ModelNumber
{
    internal static void Write(Span<byte> bytes, PrimitiveType primitive, bool isBigEndian, JsonNode value)
    {
        if (primitive.IsReal)
        {
            WriteReal(bytes, primitive, isBigEndian, Real(primitive, value));
        }
        else
        {
            Write(bytes, primitive, isBigEndian, Integer(primitive, value));
        }
    }

    internal static void Write(Span<byte> bytes, PrimitiveType primitive, bool isBigEndian, WireValue value)
    {
        if (value.IsReal)
        {
            WriteReal(bytes, primitive, isBigEndian, value.Real);
        }
        else
        {
            Write(bytes, primitive, isBigEndian, value.Integer);
        }
    }

    internal static void Write(Span<byte> bytes, PrimitiveType primitive, bool isBigEndian, decimal value)
    {
        ulong bits = value < 0 ? unchecked((ulong)(long)value) : (ulong)value;
        for (int index = 0; index < primitive.SizeBytes; index++)
        {
            int shift = 8 * (isBigEndian ? primitive.SizeBytes - 1 - index : index);
            bytes[index] = (byte)(bits >> shift);
        }
    }

    /// <summary>The value of an integer or char.</summary>
    internal static decimal Read(ReadOnlySpan<byte> bytes, PrimitiveType primitive, bool isBigEndian) => primitive.Name switch
    {
        "int8" => (sbyte)bytes[0],
        "char" or "uint8" => bytes[0],
        "int16" => isBigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "uint16" => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "int32" => isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "uint32" => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "int64" => isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes),
        "uint64" => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        _ => throw new ArgumentException($"{primitive.Name} is no integer", nameof(primitive)),
    };

    internal static JsonNode ReadJson(ReadOnlySpan<byte> bytes, PrimitiveType primitive, bool isBigEndian)
    {
        if (primitive == PrimitiveType.Float)
        {
            return JsonOf((double)(isBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes)), isFloat: true);
        }

        return primitive == PrimitiveType.Double
            ? JsonOf(isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes), isFloat: false)
            : JsonOf(primitive, Read(bytes, primitive, isBigEndian));
    }

    internal static JsonNode JsonOf(PrimitiveType primitive, WireValue value) =>
        value.IsReal ? JsonOf(value.Real, primitive == PrimitiveType.Float) : JsonOf(primitive, value.Integer);

    /// <summary>A number as a node, or a char as a string of one letter.</summary>
    internal static JsonNode JsonOf(PrimitiveType primitive, decimal value) => primitive.IsChar ? ((char)value).ToString() : JsonValue.Create(value);

    internal static decimal Integer(PrimitiveType primitive, JsonNode value) => primitive.IsChar
        ? value.GetValue<string>()[0]
        : decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static JsonNode JsonOf(double value, bool isFloat) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity")
        : value == 0 && double.IsNegative(value) ? "-0.0"
        : isFloat ? JsonValue.Create((float)value)
        : JsonValue.Create(value);

    private static double Real(PrimitiveType primitive, JsonNode value)
    {
        string text = value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        return primitive == PrimitiveType.Float ? float.Parse(text, CultureInfo.InvariantCulture) : double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static void WriteReal(Span<byte> bytes, PrimitiveType primitive, bool isBigEndian, double value)
    {
        // NaN has one pattern on the wire.
        ulong bits = primitive == PrimitiveType.Float
            ? double.IsNaN(value) ? 0x7FC0_0000 : BitConverter.SingleToUInt32Bits((float)value)
            : double.IsNaN(value) ? 0x7FF8_0000_0000_0000 : BitConverter.DoubleToUInt64Bits(value);
        Write(bytes, primitive, isBigEndian, (decimal)bits);
    }
}
