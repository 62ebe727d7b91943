using System.Globalization;
using System.Text.Json;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

/// <summary>What the worked examples of statistics have in common: how their numbers become ours.</summary>
internal static class KnownSeries
{
    public static IEnumerable<TestCaseData> Cases(string file) => KnownAnswer.Cases(file).Select(one => new TestCaseData(one).SetArgDisplayNames(Id(one)));

    public static string[] Ids(string file) => [.. KnownAnswer.Cases(file).Select(Id)];

    public static string Id(JsonElement known) => known.GetProperty("id").GetString()!;

    public static JsonElement? Optional(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static double Number(JsonElement element) => double.Parse(element.ToString(), CultureInfo.InvariantCulture);

    public static double Number(this JsonElement element, string name) => Number(element.GetProperty(name));

    public static double[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(Number)];

    public static long Raw(decimal value) => (long)(KnownAnswer.AtEightPlaces(value) * FixedPoint.One);

    public static Money Money(decimal value) => new(Raw(value));

    public static Money Money(this JsonElement element, string name) => Money(element.Decimal(name));

    public static Money[] Amounts(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(static one => Money(KnownAnswer.Parse(one.GetString()!)))];

    /// <summary>The exact value of a scaled number.</summary>
    public static decimal Exact(Money value) => value.Raw / 100_000_000m;

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
