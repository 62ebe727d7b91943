using System.Text.Json.Nodes;
using static OrderPlatform.Analytics.Tests.GoldenCases;

namespace OrderPlatform.Analytics.Tests;

public sealed class GoldenDrawdownTests
{
    private static readonly Dictionary<string, JsonObject> Cases = Load("drawdown.json").ToDictionary(Id);

    [Test]
    public void A_run_of_28_profits_has_its_known_drawdown()
    {
        JsonObject known = Cases["freqtrade_mdd_28_profits"];
        Drawdown drawdown = FromProfits(known, "profits_by_day").LargestAbsolute;
        JsonNode expected = known["expected"]!;
        Assert.That(drawdown.Amount, Is.EqualTo(Money(expected["max_drawdown_abs"])));
        Assert.That(drawdown.Fraction, Is.EqualTo(Number(expected["max_drawdown_rel_exact_30"])).Within(1e-12));
        Assert.That(drawdown.PeakTimeNanos, Is.EqualTo(expected["peak_index"]!.GetValue<int>()));
        Assert.That(drawdown.TroughTimeNanos, Is.EqualTo(expected["trough_index"]!.GetValue<int>()));
    }

    [Test]
    public void The_start_counts_as_a_peak()
    {
        JsonObject known = Cases["freqtrade_mdd_only_losses"];
        Drawdown drawdown = FromProfits(known, "profits_by_day").LargestAbsolute;
        Assert.That(drawdown.Amount, Is.EqualTo(Money(known["expected"]!["max_drawdown_abs_including_start"])));
        Assert.That(drawdown.Fraction, Is.Null, "a share of a start of zero is undefined");
    }

    [Test]
    public void The_largest_absolute_and_the_largest_relative_drawdown_are_different_events()
    {
        JsonObject known = Cases["freqtrade_mdd_absolute_mode"];
        DrawdownTracker tracker = FromProfits(known, "profits");
        JsonNode expected = known["expected"]!;
        Assert.That(tracker.LargestAbsolute.Amount, Is.EqualTo(Money(expected["abs"])));
        Assert.That(tracker.LargestAbsolute.Fraction, Is.EqualTo(Number(expected["rel"])).Within(1e-12));
        Assert.That(tracker.LargestAbsolute.PeakTimeNanos, Is.EqualTo(expected["peak_index"]!.GetValue<int>()));
        Assert.That(tracker.LargestAbsolute.TroughTimeNanos, Is.EqualTo(expected["trough_index"]!.GetValue<int>()));
        Assert.That(tracker.LargestRelative.Fraction, Is.EqualTo(0.5));
        Assert.That(tracker.LargestRelative.RecoveryTimeNanos, Is.EqualTo(2));
    }

    [TestCase("nautilus_mdd_a")]
    [TestCase("nautilus_mdd_b")]
    [TestCase("nautilus_mdd_c")]
    public void Returns_have_their_known_drawdown(string id)
    {
        DrawdownTracker tracker = TrackReturns(Numbers(Cases[id]["input"]!["returns"]));
        Assert.That(-tracker.LargestRelative.Fraction, Is.EqualTo(Number(Cases[id]["expected"]!["max_drawdown"])).Within(1e-12));
    }

    [Test]
    public void Prices_have_their_known_drawdown()
    {
        JsonObject known = Cases["ffn_aapl_first_10"];
        JsonArray prices = known["input"]!["prices"]!.AsArray();
        DrawdownTracker tracker = new(0, Money(prices[0]));
        for (int i = 1; i < prices.Count; i++)
        {
            tracker.Add(i, Money(prices[i]));
        }

        Assert.That(-tracker.LargestRelative.Fraction, Is.EqualTo(Number(known["expected"]!["max_drawdown_exact_30"])).Within(1e-12));
    }

    [Test]
    public void Every_known_answer_has_its_test() => Assert.That(Cases, Has.Count.EqualTo(7));

    private static DrawdownTracker FromProfits(JsonObject known, string name)
    {
        JsonNode input = known["input"]!;
        return Track(
            input["starting_balance"] is { } start ? Money(start) : default,
            input[name]!.AsArray().Select(Money));
    }
}
