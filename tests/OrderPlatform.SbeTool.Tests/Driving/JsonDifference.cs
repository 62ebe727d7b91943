using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Where two value trees differ. Integers count digit by digit, reals by value; the order of names does not count.</summary>
internal static class JsonDifference
{
    /// <summary>The first difference with its path, or nothing.</summary>
    internal static string? Of(JsonNode? expected, JsonNode? actual, string path = "$") => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => OfObjects(left, right, path),
        (JsonArray left, JsonArray right) => left.Count != right.Count
            ? $"{path}: {left.Count} elements expected, {right.Count} found"
            : left.Select((item, index) => Of(item, right[index], $"{path}[{index}]")).FirstOrDefault(static difference => difference is not null),
        _ => AreEqual(expected, actual) ? null : $"{path}: {Text(expected)} expected, {Text(actual)} found",
    };

    private static string? OfObjects(JsonObject expected, JsonObject actual, string path)
    {
        string[] missing = [.. expected.Select(static pair => pair.Key).Except(actual.Select(static pair => pair.Key))];
        string[] unexpected = [.. actual.Select(static pair => pair.Key).Except(expected.Select(static pair => pair.Key))];
        return missing.Length + unexpected.Length > 0
            ? $"{path}: missing [{string.Join(' ', missing)}], not expected [{string.Join(' ', unexpected)}]"
            : expected.Select(pair => Of(pair.Value, actual[pair.Key], $"{path}.{pair.Key}")).FirstOrDefault(static difference => difference is not null);
    }

    private static bool AreEqual(JsonNode? expected, JsonNode? actual)
    {
        if (expected is null || actual is null || expected.GetValueKind() != actual.GetValueKind())
        {
            return expected is null && actual is null;
        }

        (string left, string right) = (expected.ToJsonString(), actual.ToJsonString());
        return expected.GetValueKind() switch
        {
            JsonValueKind.String => expected.GetValue<string>() == actual.GetValue<string>(),
            JsonValueKind.Number => left == right || (!(IsInteger(left) && IsInteger(right)) && Real(left).Equals(Real(right))),
            _ => left == right,
        };
    }

    private static bool IsInteger(string number) => number.All(static letter => char.IsAsciiDigit(letter) || letter == '-');

    private static double Real(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
