using System.Globalization;
using System.Text;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>C# literals of schema values.</summary>
internal static class Literals
{
    internal static string Of(PrimitiveType primitive, WireValue value)
    {
        if (value.IsReal)
        {
            return OfReal(primitive, value.Real);
        }

        string digits = value.Integer.ToString(CultureInfo.InvariantCulture);
        return primitive.Name switch
        {
            "int64" when value.Integer == long.MinValue => "long.MinValue",
            "int32" when value.Integer == int.MinValue => "int.MinValue",
            "int64" => digits + "L",
            "uint64" => digits + "UL",
            "uint32" => digits + "U",
            _ => digits,
        };
    }

    /// <summary>The literal of a member's null value, or nothing.</summary>
    internal static string? NullOf(MemberLayout member) => member.Null is not { } value
        ? null
        : member.Type switch
        {
            ScalarLayout scalar => Of(scalar.Primitive, value),
            EnumLayout enumeration => $"{CSharpNames.ValueType(enumeration)}.{EnumBinder.NullName}",
            _ => null,
        };

    /// <summary>An expression for the bytes of a text: a literal where it is UTF-8, which ASCII is too.</summary>
    internal static string OfText(string text, IReadOnlyList<byte> bytes) => bytes.SequenceEqual(Encoding.UTF8.GetBytes(text))
        ? $"\"{string.Concat(text.Select(Escaped))}\"u8"
        : $"new byte[] {{ {string.Join(", ", bytes)} }}";

    private static string Escaped(char character) =>
        character is '"' or '\\' || character < ' ' || character > '~' ? $"\\u{(int)character:X4}" : character.ToString();

    private static string OfReal(PrimitiveType primitive, double value)
    {
        string type = primitive.CSharpName;
        if (double.IsNaN(value))
        {
            return $"{type}.NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? $"{type}.PositiveInfinity" : $"{type}.NegativeInfinity";
        }

        return primitive == PrimitiveType.Float
            ? ((float)value).ToString("R", CultureInfo.InvariantCulture) + "F"
            : value.ToString("R", CultureInfo.InvariantCulture) + "D";
    }
}
