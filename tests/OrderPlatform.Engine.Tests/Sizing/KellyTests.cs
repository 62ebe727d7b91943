using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Sizing;

[Description("R116, R128, D4; kelly_sizing.json")]
internal sealed class KellyTests
{
    private const string File = "kelly_sizing.json";

    private static readonly string[] Ratios = ["kelly_0.5_2", "kelly_0.4_2", "kelly_0.6_1", "kelly_negative_edge_is_zero_size"];

    [Test]
    public void Every_known_answer_is_tested() =>
        Assert.That(KnownAnswer.Cases(File).Select(static item => item.GetProperty("id").GetString()), Is.EquivalentTo(Ratios.Append("seed_kelly_default")));

    [TestCaseSource(nameof(Ratios))]
    public void The_fraction_is_the_published_one(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        decimal expected = known.GetProperty("expected").Decimal("f_star");
        Ratio p = Of(known.GetProperty("input").Decimal("win_probability"));
        Ratio odds = Of(known.GetProperty("input").Decimal("win_loss_ratio"));

        Assert.That(KellyFraction.TryEdge(p, odds, Of(1), out Ratio edge), Is.True);
        Assert.That(edge, Is.EqualTo(Of(expected)));
        Assert.That(KellyFraction.Of(p, odds, Of(1)), Is.EqualTo(Of(Math.Max(0, expected))), "a negative edge is no trade, never the other side");
    }

    [Test]
    public void The_default_of_the_documents_gives_all_of_its_numbers()
    {
        JsonElement known = KnownAnswer.Case(File, "seed_kelly_default");
        JsonElement input = known.GetProperty("input");
        JsonElement expected = known.GetProperty("expected");
        Ratio fraction = KellyFraction.Of(Of(input.Decimal("win_probability")), Of(input.Decimal("avg_win")), Of(input.Decimal("avg_loss")));
        Assert.That(fraction, Is.EqualTo(Of(expected.Decimal("f_star"))));

        Ratio multiplier = Of(input.Decimal("fraction"));
        Money equity = Dollars(input.Decimal("portfolio"));
        var bounds = new SizeBounds(Of(input.Decimal("cvar_limit_pct")), Of(input.Decimal("max_position_pct")));
        SizingResult withoutStop = NotionalSize.Kelly(multiplier, fraction, equity, Ratio.Zero, bounds);
        Assert.That(withoutStop.Wish, Is.EqualTo(Dollars(expected.Decimal("quarter_kelly_value"))));
        Assert.That(withoutStop.RiskBound, Is.EqualTo(Dollars(expected.Decimal("cvar_limit_value"))));
        Assert.That(withoutStop.PositionBound, Is.EqualTo(Dollars(expected.Decimal("max_position_value"))));
        Assert.That(withoutStop.Notional, Is.EqualTo(Dollars(expected.Decimal("min_of_three_values"))));
        Assert.That(withoutStop.DecidedBy, Is.EqualTo(SizingBound.RiskPerTrade));

        SizingResult withStop = NotionalSize.Kelly(multiplier, fraction, equity, Of(0.02m), bounds);
        Assert.That(withStop, Is.EqualTo(new SizingResult(Dollars(12_260), Dollars(12_260), Dollars(100_000), Dollars(50_000), SizingBound.Kelly)),
            expected.GetProperty("alternative_if_2pct_is_loss_at_stop").GetString());
    }

    [TestCase("0.6", "0", "0.02", TestName = "No_expected_return_is_no_edge")]
    [TestCase("0.6", "-0.01", "0.02", TestName = "A_negative_expected_return_is_no_edge")]
    [TestCase("0.6", "0.05", "0", TestName = "No_risk_score_is_no_edge")]
    [TestCase("0.6", "0.05", "-0.02", TestName = "A_negative_risk_score_is_no_edge")]
    [TestCase("1.00000001", "0.05", "0.02", TestName = "More_than_certain_is_no_edge")]
    [TestCase("-0.00000001", "0.05", "0.02", TestName = "Less_than_impossible_is_no_edge")]
    public void What_is_no_bet_has_no_size(string p, string win, string loss)
    {
        Assert.That(KellyFraction.TryEdge(Parsed(p), Parsed(win), Parsed(loss), out Ratio edge), Is.False);
        Assert.That(edge, Is.EqualTo(Ratio.Zero));
        Assert.That(KellyFraction.Of(Parsed(p), Parsed(win), Parsed(loss)), Is.EqualTo(Ratio.Zero));
    }

    [Test]
    public void A_certain_win_takes_all_and_a_hopeless_bet_nothing()
    {
        Assert.That(KellyFraction.Of(Of(1), new Ratio(1), new Ratio(Bounds.RatioMax)), Is.EqualTo(Of(1)));
        Assert.That(KellyFraction.Of(Of(0.5m), new Ratio(1), new Ratio(long.MaxValue)), Is.EqualTo(Ratio.Zero), "the loss does not fit: no edge");
        Assert.That(KellyFraction.TryEdge(Of(0.5m), new Ratio(1), new Ratio(long.MaxValue), out _), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,1")]
    public void The_fraction_is_never_above_the_exact_one_and_at_most_one_unit_below(uint probability, uint win, uint loss)
    {
        Ratio p = new(probability % (FixedPoint.One + 1));
        Ratio w = new(1 + (win % FixedPoint.One));
        Ratio l = new(1 + (loss % FixedPoint.One));
        decimal exact = ((decimal)p.Raw / FixedPoint.One) - ((1 - ((decimal)p.Raw / FixedPoint.One)) * l.Raw / w.Raw);

        Assert.That(KellyFraction.TryEdge(p, w, l, out Ratio edge), Is.True);
        Assert.That((decimal)edge.Raw / FixedPoint.One, Is.LessThanOrEqualTo(exact).And.GreaterThan(exact - 0.00000001m));
        Assert.That(KellyFraction.Of(p, w, l).Raw, Is.InRange(0, p.Raw));
    }

    private static Ratio Of(decimal value) => new((long)(value * FixedPoint.One));

    private static Money Dollars(decimal value) => new((long)(value * FixedPoint.One));

    private static Ratio Parsed(string text) => Of(KnownAnswer.Parse(text));
}
