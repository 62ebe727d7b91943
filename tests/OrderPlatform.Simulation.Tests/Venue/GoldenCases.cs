using System.Globalization;
using System.Text.Json;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Says which known answers a test shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShowsAttribute(string file, params string[] ids) : Attribute
{
    public string File { get; } = file;

    public IReadOnlyList<string> Ids { get; } = ids;
}

/// <summary>Reads known answers.</summary>
internal static class GoldenCases
{
    /// <summary>Input and expected result of a case.</summary>
    public static (JsonElement Input, JsonElement Expected) Read(string file, string id)
    {
        JsonElement found = KnownAnswer.Case(file, id);
        return (found.GetProperty("input"), found.GetProperty("expected"));
    }

    public static decimal Number(this JsonElement element) => decimal.Parse(element.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static decimal Number(this JsonElement element, string name) => element.GetProperty(name).Number();

    public static decimal[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.Number())];
}
