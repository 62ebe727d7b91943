using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Trees as text in which equal values are equal: 0 and 0.0, 1e3 and 1000 are.</summary>
internal static class TreeText
{
    internal static string Of(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject tree => $"{{{string.Join(", ", tree.Select(static pair => $"{pair.Key}: {Of(pair.Value)}"))}}}",
        JsonArray items => $"[{string.Join(", ", items.Select(Of))}]",
        _ when node.GetValueKind() == JsonValueKind.Number => Number(node.ToJsonString()),
        _ => node.ToJsonString(),
    };

    /// <summary>Integers keep all their digits; reals are written in the shortest form of a double.</summary>
    private static string Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal integer)
        ? integer.ToString(CultureInfo.InvariantCulture)
        : double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}
