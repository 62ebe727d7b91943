using System.Text.Json;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Exits;

[Description("R47, R104, R105, R118, R123, R124, D6, D7")]
internal sealed class ProtectionLevelTests
{
    [Test]
    [Description("seeds_derived.json")]
    public void Deviations_give_the_levels_of_the_documents()
    {
        JsonElement known = KnownAnswer.Case("seeds_derived.json", "seed_tp_sl_sd");
        JsonElement input = known.GetProperty("input");
        decimal entry = input.Decimal("entry");
        Ratio stop = Of(input.Decimal("stop_loss_sd"));
        Ratio target = Of(input.Decimal("take_profit_sd"));
        foreach (ExitMode mode in new[] { ExitMode.StandardDeviation, ExitMode.SignalVolatility })
        {
            Check(known.GetProperty("expected"), mode, stop, target, Dollar(entry), Of(input.Decimal("sd_price") / entry));
        }

        Assert.That(ProtectionDistance.TryBreakEvenWinRate(stop, target, out Ratio rate), Is.True);
        Assert.That(rate, Is.EqualTo(Of(KnownAnswer.AtEightPlaces(known.GetProperty("expected").Decimal("break_even_win_rate")))));
    }

    [Test]
    [Description("seeds_derived.json")]
    public void Fractions_give_the_levels_of_the_documents()
    {
        JsonElement known = KnownAnswer.Case("seeds_derived.json", "seed_tp_sl_pct");
        JsonElement input = known.GetProperty("input");
        Price entry = Dollar(input.Decimal("entry"));
        Check(known.GetProperty("expected"), ExitMode.Fixed, Of(input.Decimal("sl_pct")), Of(input.Decimal("tp_pct")), entry, Ratio.Zero);
    }

    [Test]
    public void Multiples_of_the_true_range_are_distances_in_price()
    {
        Assert.That(
            ProtectionDistance.TryOf(ExitMode.AverageTrueRange, Of(1.5m), Dollar(50_000), Ratio.Zero, Dollar(600), out ProtectionDistance distance), Is.True);
        Assert.That(distance, Is.EqualTo(new ProtectionDistance(Dollar(600), Of(1.5m))));
        Assert.That(Around(true, 50_000, 600, 1.5m, 3, 1), Is.EqualTo(Levels(49_100, 51_800)));
        Assert.That(Around(false, 50_000, 600, 1.5m, 3, 1), Is.EqualTo(Levels(50_900, 48_200)));
    }

    [TestCase(ExitMode.StandardDeviation)]
    [TestCase(ExitMode.SignalVolatility)]
    [TestCase(ExitMode.AverageTrueRange)]
    public void Without_a_known_volatility_there_is_no_distance(ExitMode mode)
    {
        Assert.That(ProtectionDistance.TryOf(mode, Of(1), Dollar(100), Ratio.Zero, Price.Zero, out ProtectionDistance distance), Is.False);
        Assert.That(distance.IsSet, Is.False);
        Assert.That(ProtectionDistance.TryOf(mode, Ratio.Zero, Dollar(100), Ratio.Zero, Price.Zero, out distance), Is.True, "none is asked for");
        Assert.That(distance.IsSet, Is.False);
        Assert.That(ProtectionLevels.Around(true, Dollar(100), distance, distance, Price.Zero), Is.EqualTo(default(ProtectionLevels)));
    }

    [Test]
    public void Rounding_to_the_tick_is_in_favour_of_the_position()
    {
        Assert.That(Around(true, 100, 100, 0.0201m, 0.0507m, 0.5m), Is.EqualTo(Levels(98, 105.5m)), "97.99 and 105.07, both up");
        Assert.That(Around(false, 100, 100, 0.0201m, 0.0507m, 0.5m), Is.EqualTo(Levels(102, 94.5m)), "102.01 and 94.93, both down");
    }

    [Test]
    public void A_stop_nearer_than_a_tick_goes_to_the_first_tick_beyond_the_entry()
    {
        Assert.That(Around(true, 100, 100, 0.0001m, 0.0001m, 0.5m), Is.EqualTo(Levels(99.5m, 100.5m)));
        Assert.That(Around(false, 100, 100, 0.0001m, 0.0001m, 0.5m), Is.EqualTo(Levels(100.5m, 99.5m)));
        Assert.That(Around(true, 100.2m, 100, 0.0001m, 0.0001m, 0.5m), Is.EqualTo(Levels(100, 100.5m)), "an average price is on no tick");
        Assert.That(Around(false, 100.2m, 100, 0.0001m, 0.0001m, 0.5m), Is.EqualTo(Levels(100.5m, 100)));
    }

    [Test]
    public void A_level_that_no_price_can_reach_is_none()
    {
        Assert.That(Around(true, 100, 100, 1, 1, 1), Is.EqualTo(Levels(0, 200)));
        Assert.That(Around(false, 100, 100, 1, 1, 1), Is.EqualTo(Levels(200, 0)));
        Price top = new(Bounds.PriceMax);
        var endless = new ProtectionDistance(top, new Ratio(long.MaxValue));
        Assert.That(ProtectionLevels.Around(true, top, new ProtectionDistance(top, Of(0.5m)), endless, Price.Zero),
            Is.EqualTo(new ProtectionLevels(new Price(Bounds.PriceMax / 2), Price.Zero)));
    }

    [Test]
    public void What_is_not_set_is_no_level()
    {
        Assert.That(Around(true, 100, 100, 0.02m, 0, 1), Is.EqualTo(Levels(98, 0)));
        Assert.That(Around(true, 100, 100, 0, 0.02m, 1), Is.EqualTo(Levels(0, 102)));
        Assert.That(ProtectionDistance.TryBreakEvenWinRate(Of(1), Ratio.Zero, out _), Is.False);
        Assert.That(ProtectionDistance.TryBreakEvenWinRate(Ratio.Zero, Of(1), out _), Is.False);
        Assert.That(default(ProtectionLevels).Touched(true, Range(1, 1_000)), Is.EqualTo(ExitReason.None));
        Assert.That(default(ProtectionLevels).StopDistance(Dollar(100)), Is.EqualTo(Ratio.Zero));
    }

    [TestCase(true, 99, 101, ExitReason.None)]
    [TestCase(true, 98, 101, ExitReason.StopLoss)]
    [TestCase(true, 90, 91, ExitReason.StopLoss, Description = "a gap through the stop")]
    [TestCase(true, 99, 105, ExitReason.TakeProfit)]
    [TestCase(true, 98, 105, ExitReason.StopLoss, Description = "both in one bar: the worse is assumed")]
    [TestCase(false, 99, 101, ExitReason.None)]
    [TestCase(false, 99, 102, ExitReason.StopLoss)]
    [TestCase(false, 95, 101, ExitReason.TakeProfit)]
    [TestCase(false, 95, 102, ExitReason.StopLoss)]
    public void A_range_touches_a_level_at_it_or_past_it(bool isLong, decimal low, decimal high, ExitReason reason) =>
        Assert.That((isLong ? Levels(98, 105) : Levels(102, 95)).Touched(isLong, Range(low, high)), Is.EqualTo(reason));

    [Test]
    public void The_distance_of_the_stop_is_a_fraction_of_the_entry_rounded_up()
    {
        Assert.That(Levels(49_000, 0).StopDistance(Dollar(50_000)), Is.EqualTo(Of(0.02m)));
        Assert.That(Levels(51_000, 0).StopDistance(Dollar(50_000)), Is.EqualTo(Of(0.02m)));
        Assert.That(Levels(2, 0).StopDistance(Dollar(3)), Is.EqualTo(Of(0.33333334m)));
        Assert.That(Levels(2, 0).StopDistance(Price.Zero), Is.EqualTo(Ratio.Zero));
        Assert.That(new ProtectionLevels(new Price(Bounds.PriceMax), default).StopDistance(new Price(1)), Is.EqualTo(new Ratio(long.MaxValue)));
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261126,17")]
    public void Levels_are_on_ticks_and_off_the_exact_ones_by_less_than_a_tick(bool isLong, uint entry, uint unit, ushort stop, ushort target, byte tick)
    {
        Price at = new(10_000 + entry);
        Price one = new(1 + unit);
        var away = new ProtectionDistance(one, new Ratio(stop * 10_000L));
        var aim = new ProtectionDistance(one, new Ratio(target * 10_000L));
        long step = Math.Max((byte)1, tick);
        ProtectionLevels levels = ProtectionLevels.Around(isLong, at, away, aim, new Price(tick));
        int sign = isLong ? 1 : -1;
        decimal exactStop = at.Raw - (sign * one.Raw * stop / 10_000m);
        decimal exactTarget = at.Raw + (sign * one.Raw * target / 10_000m);

        Assert.That((levels.Stop.Raw % step, levels.Target.Raw % step), Is.EqualTo((0, 0)));
        if (!levels.Stop.IsZero)
        {
            Assert.That(sign * (at.Raw - levels.Stop.Raw), Is.GreaterThan(0), "beyond the entry");
            Assert.That(sign * (levels.Stop.Raw - exactStop), Is.GreaterThan(-step).And.LessThan(step));
            Assert.That(sign * (at.Raw - levels.Stop.Raw) <= step || sign * (levels.Stop.Raw - exactStop) >= 0, Is.True, "no more loss than asked");
        }

        if (!levels.Target.IsZero)
        {
            Assert.That(sign * (levels.Target.Raw - exactTarget), Is.InRange(0, step - 0.00000001m), "no less profit than asked");
        }
    }

    private static void Check(JsonElement expected, ExitMode mode, Ratio stopLoss, Ratio takeProfit, Price entry, Ratio volatility)
    {
        Assert.That(ProtectionDistance.TryOf(mode, stopLoss, entry, volatility, Price.Zero, out ProtectionDistance stop), Is.True);
        Assert.That(ProtectionDistance.TryOf(mode, takeProfit, entry, volatility, Price.Zero, out ProtectionDistance target), Is.True);
        foreach (bool isLong in new[] { true, false })
        {
            JsonElement side = expected.GetProperty(isLong ? "long" : "short");
            Assert.That(ProtectionLevels.Around(isLong, entry, stop, target, Dollar(0.01m)), Is.EqualTo(Levels(side.Decimal("sl"), side.Decimal("tp"))));
        }
    }

    private static ProtectionLevels Around(bool isLong, decimal entry, decimal unit, decimal stop, decimal target, decimal tick) =>
        ProtectionLevels.Around(
            isLong, Dollar(entry), new ProtectionDistance(Dollar(unit), Of(stop)), new ProtectionDistance(Dollar(unit), Of(target)), Dollar(tick));

    private static ProtectionLevels Levels(decimal stop, decimal target) => new(Dollar(stop), Dollar(target));

    private static PriceRange Range(decimal low, decimal high) => new(Dollar(low), Dollar(high));

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));

    private static Ratio Of(decimal value) => new((long)(value * FixedPoint.One));
}
