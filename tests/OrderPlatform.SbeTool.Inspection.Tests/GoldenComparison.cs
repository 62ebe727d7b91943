using System.Text.Json;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>
/// Holds the JSON sink's output against the golden form. The golden form spells null values out (65535, "NULL_VALUE"); the sink says
/// null. So a null of the sink must meet one of the values that SBE uses for null, and every other value must be equal.
/// </summary>
internal static class GoldenComparison
{
    private static readonly string[] NullNumbers =
    [
        "255", "65535", "4294967295", "18446744073709551615", "-128", "-32768", "-2147483648", "-9223372036854775808",
        "9223372036854775807", "\"NaN\"", "\"NULL_VALUE\"", "\"\"", "\"\\u0000\"", "null", "[]",
    ];

    /// <summary>The nulls that the message CustomNullScalars defines for itself; elsewhere they are ordinary values.</summary>
    private static readonly string[] CustomNullNumbers =
        ["\"?\"", "-1", "-999", "0", "-9223372036854775807", "9999", "4294967294", "18446744073709551614", "-1.0", "-1E+300", "-1E300", "-1e+300"];

    internal static string? Difference(JsonElement expected, JsonElement actual, string path) => actual.ValueKind switch
    {
        JsonValueKind.Null => IsNullish(expected) || (path.StartsWith("CustomNullScalars.", StringComparison.Ordinal) && CustomNullNumbers.Contains(
            expected.GetRawText())) ? null : $"{path}: null instead of {expected.GetRawText()}",
        JsonValueKind.Object => Object(expected, actual, path),
        JsonValueKind.Array => Array(expected, actual, path),
        JsonValueKind.Number => Same(expected.ValueKind == JsonValueKind.Number && Number(expected) == Number(actual), expected, actual, path),
        _ => Same(expected.ValueKind == JsonValueKind.String && expected.GetString()!.TrimEnd('\0') == actual.GetString()!.TrimEnd('\0'), expected, actual,
            path),
    };

    private static string? Object(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            return $"{path}: an object instead of {expected.GetRawText()}";
        }

        string[] names = [.. expected.EnumerateObject().Select(static item => item.Name).Where(static name => name != "#consumed")];
        string[] actualNames = [.. actual.EnumerateObject().Select(static item => item.Name)];
        return !names.SequenceEqual(actualNames)
            ? $"{path}: {string.Join(',', actualNames)} instead of {string.Join(',', names)}"
            : names.Select(name => Difference(expected.GetProperty(name), actual.GetProperty(name), $"{path}.{name}")).FirstOrDefault(
                static found => found is not null);
    }

    private static string? Array(JsonElement expected, JsonElement actual, string path)
    {
        // The golden form leaves out a set's bits that have no name.
        JsonElement[] items = [.. actual.EnumerateArray().Where(
            static item => item.ValueKind != JsonValueKind.String || !item.GetString()!.StartsWith("bit ", StringComparison.Ordinal))];
        return expected.ValueKind != JsonValueKind.Array || expected.GetArrayLength() != items.Length
            ? $"{path}: {actual.GetRawText()} instead of {expected.GetRawText()}"
            : Enumerable.Range(0, items.Length).Select(index => Difference(expected[index], items[index], $"{path}[{index}]")).FirstOrDefault(
                static found => found is not null);
    }

    private static bool IsNullish(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.Array => expected.EnumerateArray().All(IsNullish),
        JsonValueKind.Object => expected.TryGetProperty("hex", out JsonElement hex) && hex.GetString()!.Length == 0,
        _ => NullNumbers.Contains(expected.GetRawText()),
    };

    /// <summary>Integers by their digits, so that 64 bits count; others as doubles, rounded to what a float says where both are floats.</summary>
    private static string Number(JsonElement value) =>
        value.TryGetInt64(out long signed) ? signed.ToString() : value.TryGetUInt64(out ulong unsigned) ? unsigned.ToString() : ((float)value.GetDouble())
            .ToString() + "|" + Rounded(value.GetDouble());

    private static string Rounded(double value) => value.ToString("G6");

    private static string? Same(bool isSame, JsonElement expected, JsonElement actual, string path) =>
        isSame ? null : $"{path}: {actual.GetRawText()} instead of {expected.GetRawText()}";
}
