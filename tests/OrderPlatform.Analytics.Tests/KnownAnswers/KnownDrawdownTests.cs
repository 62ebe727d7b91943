using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using static OrderPlatform.Analytics.Tests.KnownSeries;

namespace OrderPlatform.Analytics.Tests;

internal sealed class KnownDrawdownTests
{
    private const string File = "drawdown.json";

    private static readonly Dictionary<string, Action<JsonElement>> Tests = new()
    {
        ["freqtrade_mdd_28_profits"] = OfProfits,
        ["freqtrade_mdd_only_losses"] = FromTheStart,
        ["freqtrade_mdd_absolute_mode"] = OfTwoKinds,
        ["nautilus_mdd_a"] = OfReturns,
        ["nautilus_mdd_b"] = OfReturns,
        ["nautilus_mdd_c"] = OfReturns,
        ["ffn_aapl_first_10"] = OfPrices,
    };

    private static IEnumerable<TestCaseData> Known => Cases(File);

    [Description("R94, R96, R102")]
    [TestCaseSource(nameof(Known))]
    public void A_known_answer_is_reproduced(JsonElement known) => Tests[Id(known)](known);

    [Test]
    public void Every_case_of_the_file_has_its_test() => Assert.That(Tests.Keys, Is.EquivalentTo(Ids(File)));

    private static void OfProfits(JsonElement known)
    {
        Drawdown drawdown = FromProfits(known, "profits_by_day").LargestAbsolute;
        JsonElement expected = known.GetProperty("expected");
        Assert.That(drawdown.Amount, Is.EqualTo(expected.Money("max_drawdown_abs")));
        Assert.That(ExactFraction(drawdown), Is.EqualTo(expected.Decimal("max_drawdown_rel_exact_30")).Within(1e-27m));
        Assert.That(drawdown.Fraction, Is.EqualTo((double)ExactFraction(drawdown)).Within(1e-15));
        Assert.That(drawdown.PeakTimeNanos, Is.EqualTo(expected.GetProperty("peak_index").GetInt32()));
        Assert.That(drawdown.TroughTimeNanos, Is.EqualTo(expected.GetProperty("trough_index").GetInt32()));
    }

    // The start counts as a peak.
    private static void FromTheStart(JsonElement known)
    {
        Drawdown drawdown = FromProfits(known, "profits_by_day").LargestAbsolute;
        JsonElement expected = known.GetProperty("expected");
        Assert.That(drawdown.Amount, Is.EqualTo(expected.Money("max_drawdown_abs_including_start")));
        Assert.That(drawdown.Fraction, Is.Null, "a share of a start of zero is undefined");

        // What the source publishes begins at the equity after the first loss.
        Money[] losses = known.GetProperty("input").Amounts("profits_by_day");
        Assert.That(Track(losses[0], losses[1..]).LargestAbsolute.Amount, Is.EqualTo(expected.Money("published_by_source")));
    }

    // The largest absolute and the largest relative drawdown are different events.
    private static void OfTwoKinds(JsonElement known)
    {
        DrawdownTracker tracker = FromProfits(known, "profits");
        JsonElement expected = known.GetProperty("expected");
        Assert.That(tracker.LargestAbsolute.Amount, Is.EqualTo(expected.Money("abs")));
        Assert.That(ExactFraction(tracker.LargestAbsolute), Is.EqualTo(expected.Decimal("rel")).Within(1e-27m));
        Assert.That(tracker.LargestAbsolute.PeakTimeNanos, Is.EqualTo(expected.GetProperty("peak_index").GetInt32()));
        Assert.That(tracker.LargestAbsolute.TroughTimeNanos, Is.EqualTo(expected.GetProperty("trough_index").GetInt32()));
        Assert.That(tracker.LargestRelative.Fraction, Is.EqualTo(0.5));
        Assert.That(tracker.LargestRelative.RecoveryTimeNanos, Is.EqualTo(2));
    }

    private static void OfReturns(JsonElement known)
    {
        DrawdownTracker tracker = TrackReturns(known.GetProperty("input").Numbers("returns"));
        Assert.That(-ExactFraction(tracker.LargestRelative), Is.EqualTo(known.GetProperty("expected").Decimal("max_drawdown")));
    }

    private static void OfPrices(JsonElement known)
    {
        Money[] prices = known.GetProperty("input").Amounts("prices");
        DrawdownTracker tracker = new(0, prices[0]);
        for (int i = 1; i < prices.Length; i++)
        {
            tracker.Add(i, prices[i]);
        }

        Assert.That(-ExactFraction(tracker.LargestRelative), Is.EqualTo(known.GetProperty("expected").Decimal("max_drawdown_exact_30")).Within(1e-27m));
    }

    private static decimal ExactFraction(in Drawdown drawdown) => Exact(drawdown.Amount) / Exact(drawdown.PeakEquity);

    private static DrawdownTracker FromProfits(JsonElement known, string name)
    {
        JsonElement input = known.GetProperty("input");
        return Track(Money(input.OptionalDecimal("starting_balance") ?? 0), input.Amounts(name));
    }
}
