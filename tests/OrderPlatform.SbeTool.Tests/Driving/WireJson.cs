using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Values of the wire as JSON and back, in the form of the golden vectors. Generated drivers call this, so it is public.</summary>
public static class WireJson
{
    private const string NullText = "NULL";

    /// <summary>Whether the input says something about this name.</summary>
    public static bool TryGet(JsonObject input, string name, [NotNullWhen(true)] out JsonNode? node) =>
        input.TryGetPropertyValue(name, out node) && node is not null;

    /// <summary>The entries of a group; none if the input does not name it.</summary>
    public static JsonArray Entries(JsonObject input, string name) => TryGet(input, name, out JsonNode? node) ? node.AsArray() : [];

    /// <summary>Whether the input asks for the null value.</summary>
    public static bool IsNull(JsonNode node) => node is JsonValue value && value.TryGetValue(out string? text) && text == NullText;

    /// <summary>A number of the input; the null value if it asks for that.</summary>
    public static T Number<T>(JsonNode node, T nullValue)
        where T : struct, INumber<T> => IsNull(node) ? nullValue : T.Parse(NumberText(node), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The numbers of an array; null values if the input asks for that.</summary>
    public static T[] Numbers<T>(JsonNode node, int count, T nullValue)
        where T : struct, INumber<T> => IsNull(node) ? [.. Enumerable.Repeat(nullValue, count)] : [.. node.AsArray().Select(item => Number(item!, nullValue))];

    /// <summary>A char of the input: one letter, or its code.</summary>
    public static byte Letter(JsonNode node, byte nullValue) =>
        IsNull(node) ? nullValue : node is JsonValue value && value.TryGetValue(out string? text) ? Encoding.Latin1.GetBytes(text)[0] : Number<byte>(node, 0);

    /// <summary>Text of the input, or nothing where the input has none, or bytes, or a number.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Bytes of the input, given as hex; none where the input has none.</summary>
    public static byte[] Bytes(JsonNode? node) => node is JsonObject value ? Convert.FromHexString(value["hex"]!.GetValue<string>()) : [];

    /// <summary>An integer that was read.</summary>
    public static JsonNode Of(long value) => JsonValue.Create(value);

    /// <summary>An integer that was read.</summary>
    public static JsonNode Of(ulong value) => JsonValue.Create(value);

    /// <summary>A real that was read, with as many digits as make it exact.</summary>
    public static JsonNode Of(float value) => Special(value) ?? JsonValue.Create(value);

    /// <summary>A real that was read, with as many digits as make it exact.</summary>
    public static JsonNode Of(double value) => Special(value) ?? JsonValue.Create(value);

    /// <summary>A char that was read.</summary>
    public static JsonNode OfLetter(byte value) => JsonValue.Create(((char)value).ToString());

    /// <summary>Text that was read.</summary>
    public static JsonNode OfText(ReadOnlySpan<byte> value, bool isUtf8) => JsonValue.Create((isUtf8 ? Encoding.UTF8 : Encoding.Latin1).GetString(value));

    /// <summary>Constant text, padded with NUL.</summary>
    public static JsonNode OfConstant(JsonNode text, int paddingLength) => JsonValue.Create(text.GetValue<string>() + new string('\0', paddingLength));

    /// <summary>Raw data that was read.</summary>
    public static JsonNode OfBytes(ReadOnlySpan<byte> value) => new JsonObject { ["hex"] = Convert.ToHexStringLower(value) };

    private static string NumberText(JsonNode node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node.ToJsonString();

    private static JsonValue? Special(double value) =>
        double.IsNaN(value) ? JsonValue.Create("NaN")
        : double.IsInfinity(value) ? JsonValue.Create(value > 0 ? "Infinity" : "-Infinity")
        : value == 0 && double.IsNegative(value) ? JsonValue.Create("-0.0")
        : null;
}
