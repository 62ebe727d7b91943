using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Sizing;

[Description("R46, R103, R117, D4")]
internal sealed class NotionalSizeTests
{
    private static readonly Money Equity = Dollars(100_000);

    private static readonly SizeBounds Bounds = new(Of(0.02m), Of(0.5m));

    [Test]
    public void A_fixed_notional_is_taken_as_it_is_within_the_bounds() =>
        Assert.That(NotionalSize.Fixed(Dollars(10_000), Equity, Of(0.05m), Bounds),
            Is.EqualTo(new SizingResult(Dollars(10_000), Dollars(10_000), Dollars(40_000), Dollars(50_000), SizingBound.Fixed)));

    [Test]
    public void An_equity_fraction_above_the_largest_position_is_cut_to_it() =>
        Assert.That(NotionalSize.EquityFraction(Of(0.75m), Equity, Of(0.02m), Bounds),
            Is.EqualTo(new SizingResult(Dollars(50_000), Dollars(75_000), Dollars(100_000), Dollars(50_000), SizingBound.PositionFraction)));

    [Test]
    public void A_wide_stop_makes_a_small_position() =>
        Assert.That(NotionalSize.EquityFraction(Of(0.4m), Equity, Of(0.1m), Bounds),
            Is.EqualTo(new SizingResult(Dollars(20_000), Dollars(40_000), Dollars(20_000), Dollars(50_000), SizingBound.RiskPerTrade)));

    [TestCase("0.01", "0.02", 50_000)]
    [TestCase("0.01", "0.04", 25_000)]
    [TestCase("0.01", "0.03", 33_333.33333333)]
    [TestCase("0.01", "0.005", 200_000)]
    [TestCase("0.01", "0", 0)]
    [TestCase("0", "0.02", 0)]
    public void A_volatility_target_is_divided_by_the_volatility_and_rounded_down(string target, string volatility, decimal notional)
    {
        SizingResult result = NotionalSize.VolatilityTarget(Of(KnownAnswer.Parse(target)), Of(KnownAnswer.Parse(volatility)), Equity, Ratio.Zero, default);
        Assert.That(result.Notional, Is.EqualTo(Dollars(notional)));
        Assert.That(result.DecidedBy, Is.EqualTo(SizingBound.VolatilityTarget));
        Assert.That(result.RiskBound, Is.EqualTo(SizingResult.Unbounded), "not set");
    }

    [Test]
    public void A_calm_market_does_not_make_a_position_above_the_bounds() =>
        Assert.That(NotionalSize.VolatilityTarget(Of(0.01m), Of(0.00000001m), Equity, Of(0.02m), Bounds).Notional, Is.EqualTo(Dollars(50_000)));

    [Test]
    public void Without_equity_whatever_depends_on_it_is_nothing()
    {
        foreach (Money none in new[] { Money.Zero, Dollars(-5), new Money(long.MinValue) })
        {
            Assert.That(NotionalSize.EquityFraction(Of(0.1m), none, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
            Assert.That(NotionalSize.VolatilityTarget(Of(0.1m), Of(0.1m), none, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
            Assert.That(NotionalSize.Kelly(Of(1), Of(1), none, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
            Assert.That(NotionalSize.Fixed(Dollars(10), none, Ratio.Zero, Bounds).Notional, Is.EqualTo(Money.Zero));
        }
    }

    [Test]
    public void Numbers_out_of_range_give_no_size_and_no_fault()
    {
        Assert.That(NotionalSize.Kelly(new Ratio(NotionalSize.MultiplierMax.Raw + 1), Of(1), Equity, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
        Assert.That(NotionalSize.Kelly(Of(-1), Of(1), Equity, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
        Assert.That(NotionalSize.Kelly(Of(1), new Ratio(FixedPoint.One + 1), Equity, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
        Assert.That(NotionalSize.Fixed(Dollars(-10), Equity, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
        Assert.That(NotionalSize.EquityFraction(Of(-1), Equity, Ratio.Zero, default).Notional, Is.EqualTo(Money.Zero));
    }

    [Test]
    [Description("D19: an overflow is a rejection, never a wrap")]
    public void A_number_that_does_not_fit_never_becomes_a_size()
    {
        SizingResult result = NotionalSize.Kelly(NotionalSize.MultiplierMax, Of(1), new Money(long.MaxValue), Ratio.Zero, default);
        Assert.That(result.DecidedBy, Is.EqualTo(SizingBound.None));
        Assert.That(result.Notional, Is.EqualTo(Money.Zero));

        SizingResult bounded = NotionalSize.Kelly(NotionalSize.MultiplierMax, Of(1), new Money(long.MaxValue), Ratio.Zero, Bounds);
        Assert.That(bounded.DecidedBy, Is.EqualTo(SizingBound.RiskPerTrade), "a wish without end is bounded by what is set");
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,3")]
    public void The_size_is_the_least_of_three_and_the_named_one(uint equity, ushort multiplier, ushort fraction, ushort stop, ushort risk, ushort position)
    {
        Ratio kelly = new(fraction * 1_000L);
        var bounds = new SizeBounds(new Ratio(risk * 1_000L), new Ratio(position * 1_000L));
        SizingResult result = NotionalSize.Kelly(new Ratio(multiplier * 1_000L), kelly, new Money(equity * 10_000L), new Ratio(stop * 1_000L), bounds);
        decimal own = equity * 10_000m;
        decimal wish = decimal.Floor(own * multiplier * fraction / 10_000_000_000m);
        decimal atRisk = risk == 0 ? long.MaxValue : decimal.Floor(own * risk / (stop == 0 ? 100_000m : stop));
        decimal most = position == 0 ? long.MaxValue : decimal.Floor(own * position / 100_000m);

        Assert.That(result.Wish.Raw, Is.EqualTo((long)wish));
        Assert.That(result.RiskBound.Raw, Is.EqualTo((long)atRisk));
        Assert.That(result.PositionBound.Raw, Is.EqualTo((long)most));
        Assert.That(result.Notional.Raw, Is.EqualTo((long)Math.Min(wish, Math.Min(atRisk, most))));
        Money decided = result.DecidedBy switch
        {
            SizingBound.Kelly => result.Wish,
            SizingBound.RiskPerTrade => result.RiskBound,
            SizingBound.PositionFraction => result.PositionBound,
            _ => new Money(-1),
        };
        Assert.That(result.Notional, Is.EqualTo(decided));
    }

    private static Ratio Of(decimal value) => new((long)(value * FixedPoint.One));

    private static Money Dollars(decimal value) => new((long)(value * FixedPoint.One));
}
