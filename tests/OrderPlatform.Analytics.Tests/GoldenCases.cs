using System.Globalization;
using System.Text.Json.Nodes;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

/// <summary>The known answers in <c>golden/</c>: input, expected numbers as decimal texts, and where they come from.</summary>
internal static class GoldenCases
{
    public static JsonObject[] Load(string name)
    {
        string path = Path.Combine(TestContext.CurrentContext.TestDirectory, "golden", name);
        JsonNode root = JsonNode.Parse(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} is empty");
        return [.. root["cases"]!.AsArray().Select(c => c!.AsObject())];
    }

    public static IEnumerable<TestCaseData> Named(string name, Func<JsonObject, bool> isWanted) =>
        Load(name).Where(isWanted).Select(c => new TestCaseData(c).SetArgDisplayNames(Id(c)));

    public static string Id(JsonObject known) => known["id"]!.GetValue<string>();

    public static string[] ExpectedKeys(JsonObject known) => [.. known["expected"]!.AsObject().Select(p => p.Key)];

    public static double Number(JsonNode? node) => double.Parse(node!.ToString(), CultureInfo.InvariantCulture);

    public static double[] Numbers(JsonNode? node) => [.. node!.AsArray().Select(Number)];

    public static Money Money(JsonNode? node) =>
        FixedPointText.TryParse(node!.ToString(), out long raw) ? new Money(raw) : throw new FormatException($"{node} is not a decimal");

    /// <summary>Steps an equity through changes, at times 0, 1, 2, …; the start lies at -1.</summary>
    public static DrawdownTracker Track(Money start, IEnumerable<Money> changes)
    {
        DrawdownTracker tracker = new(-1, start);
        Money equity = start;
        int index = 0;
        foreach (Money change in changes)
        {
            equity += change;
            tracker.Add(index++, equity);
        }

        return tracker;
    }

    /// <summary>As <see cref="Track"/>, from a million, through returns given as fractions.</summary>
    public static DrawdownTracker TrackReturns(IEnumerable<double> returns)
    {
        DrawdownTracker tracker = new(-1, SampleRun.Units(1_000_000));
        double equity = 1_000_000;
        int index = 0;
        foreach (double value in returns)
        {
            equity *= 1 + value;
            tracker.Add(index++, new Money((long)Math.Round(equity * FixedPoint.One)));
        }

        return tracker;
    }
}
