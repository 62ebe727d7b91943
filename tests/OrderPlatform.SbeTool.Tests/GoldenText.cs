using System.Globalization;
using System.Text;
using System.Text.Json;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The dump that a decoder must print, made from the golden JSON and the layout instead of from bytes.</summary>
internal static class GoldenText
{
    internal static string Of(MessageLayout message, JsonElement decoded) => $"[{message.Label.Name}]{Prefix(Block(message.Block, decoded))}";

    private static string Prefix(string text) => text.Length == 0 ? "" : " " + text;

    private static string Block(BlockLayout block, JsonElement decoded)
    {
        IEnumerable<string> fields = block.Fields.Select(member => Member(member, decoded));
        IEnumerable<string> groups = block.Groups.Select(group =>
            $"{group.Label.Name}=[{string.Concat(decoded.GetProperty(group.Label.Name).EnumerateArray().Select(entry => $"({Block(group.Block, entry)})"))}]");
        IEnumerable<string> data = block.Data.Select(item => $"{item.Label.Name}={Data(decoded.GetProperty(item.Label.Name))}");
        return string.Join(' ', fields.Concat(groups).Concat(data));
    }

    private static string Member(MemberLayout member, JsonElement decoded) => $"{member.Label.Name}={Value(member, decoded.GetProperty(member.Label.Name))}";

    private static string Value(MemberLayout member, JsonElement value) => member.Type switch
    {
        ScalarLayout { IsText: true } when member.Constant is not null => $"'{value.GetString()!.TrimEnd('\0')}'",
        ScalarLayout { IsText: true } => $"'{value.GetString()}'",
        ScalarLayout { IsArray: true } scalar => $"[{string.Join(',', value.EnumerateArray().Select(item => Number(scalar.Primitive, item)))}]",
        ScalarLayout scalar => IsNull(member, scalar, value) ? "null" : Number(scalar.Primitive, value),
        EnumLayout => Enum(member, value),
        SetLayout => Set(value),
        CompositeLayout composite => $"({string.Join(' ', composite.Members.Select(inner => Member(inner, value)))})",
        _ => throw new NotSupportedException(member.Type.ToString()),
    };

    private static bool IsNull(MemberLayout member, ScalarLayout scalar, JsonElement value) =>
        member.Null is { } nullValue
        && (scalar.Primitive.IsReal
            ? Real(value).Equals(nullValue.Real)
            : Number(scalar.Primitive, value) == nullValue.Integer.ToString(CultureInfo.InvariantCulture));

    private static string Enum(MemberLayout member, JsonElement value)
    {
        string name = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return name == "NULL_VALUE" && member.Null is not null ? "null" : name;
    }

    private static string Set(JsonElement value)
    {
        string names = string.Join(", ", value.EnumerateArray().Select(static name => name.GetString()));
        return names.Length == 0 ? "0" : names;
    }

    private static string Number(PrimitiveType primitive, JsonElement value) =>
        primitive.IsChar ? ((int)value.GetString()![0]).ToString(CultureInfo.InvariantCulture)
        : primitive == PrimitiveType.Float ? ((float)Real(value)).ToString(CultureInfo.InvariantCulture)
        : primitive == PrimitiveType.Double ? Real(value).ToString(CultureInfo.InvariantCulture)
        : value.GetRawText();

    private static double Real(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            "-0.0" => -0.0,
            string text => double.Parse(text, CultureInfo.InvariantCulture),
            null => double.NaN,
        };

    private static string Data(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return $"<{value.GetProperty("hex").GetString()!.Length / 2} bytes>";
        }

        var text = new StringBuilder("'");
        foreach (char character in value.GetString()!)
        {
            text.Append(char.IsControl(character) ? '.' : character);
        }

        return text.Append('\'').ToString();
    }
}
