using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Engine.Volatility;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.MarketHistory;

/// <summary>What the engine remembers of an instrument's prices and volumes.</summary>
internal sealed class HistoryTests
{
    private const long Hour = 3_600 * EngineHarness.SecondNanos;

    [Test]
    [Description("R43, D6: closes and ranges of closed bars only")]
    public void Closed_bars_and_nothing_else_make_closes_and_ranges()
    {
        var engine = new EngineHarness();
        engine.BarOpened(100);
        engine.Trade(101);
        engine.Quote(99, 102);
        Assert.That((History(engine).Closes.Count, History(engine).Ranges.Count), Is.EqualTo((0, 0)));
        engine.Bar(100, 105, 95, 101);
        engine.Bar(101, 102, 99, 100);
        Assert.That((History(engine).Closes.Count, History(engine).Ranges.Count), Is.EqualTo((2, 2)));
        Assert.That(History(engine).Ranges.TryAverage(2, out Price range), Is.True);
        Assert.That(Scaled.Of(range.Raw), Is.EqualTo(6.5m), "10 and 3");
        Assert.That(Scaled.Of(History(engine).Minutes.LastPrice.Raw), Is.EqualTo(100m), "every price makes minutes");
    }

    [Test]
    [Description("R76: volume of public trades by the hour; bars repeat it, and count only where no trades come")]
    public void Volume_is_counted_once()
    {
        var engine = new EngineHarness();
        engine.Send(Bar(5 * Hour, 6 * Hour, 7));
        engine.Send(Bar(0, 24 * Hour, 100));
        Assert.That((Volume(engine, 5), Volume(engine, 0), Traded(engine)), Is.EqualTo((7m, 0m, 107m)), "a day's bar tells nothing of hours");
        engine.SendAt(engine.NowNanos = EngineHarness.StartNanos + (3 * Hour), TradeOf(2));
        engine.Send(Bar(5 * Hour, 6 * Hour, 7));
        Assert.That((Volume(engine, 3), Volume(engine, 5), Traded(engine)), Is.EqualTo((2m, 7m, 109m)));
        engine.Send(InputBytes.Bar(1, BarPhase.Closed, 1, 1, 1, 1));
        Assert.That(Traded(engine), Is.EqualTo(109m));
    }

    [Test]
    public void Volume_is_held_at_the_largest_number()
    {
        var engine = new EngineHarness();
        for (int i = 0; i < 20; i++)
        {
            engine.Send(TradeOf(10_000_000_000m));
        }

        Assert.That((engine.State.Instruments[0].Traded.Raw, History(engine).Volumes[0]), Is.EqualTo((long.MaxValue, long.MaxValue)));
    }

    [Test]
    public void The_busiest_hour_has_the_largest_weight()
    {
        HourVolumes volumes = default;
        volumes.Add(0, new Quantity(400_000_000));
        for (int hour = 1; hour < HourWeights.Hours; hour++)
        {
            Assert.That(volumes.TryWeights(out _), Is.False, $"hour {hour} was not seen yet");
            volumes.Add((hour + 24) * Hour, new Quantity(hour == 1 ? 100_000_000 : 1));
        }

        Assert.That(volumes.TryWeights(out HourWeights weights), Is.True);
        Assert.That((weights[0], weights[1], weights[2], weights.IsValid), Is.EqualTo(((long)HourWeights.WeightMax, HourWeights.WeightMax / 4L, 1L, true)));
    }

    [Test]
    [Description("D6: the average of the ranges that are kept is Wilder's")]
    public void Ranges_average_as_wilders_average_does([Values(1, 3, 14, 64)] int period)
    {
        var random = new Random(period);
        RangeHistory ranges = default;
        var wilder = new AverageTrueRange(period);
        for (int bar = 0; bar < RangeHistory.RangesMax; bar++)
        {
            Assert.That(ranges.TryAverage(period, out _), Is.EqualTo(bar >= period));
            long low = random.Next(90, 100) * FixedPoint.One;
            long high = low + (random.Next(0, 500) * (FixedPoint.One / 100));
            var close = new Price(low + ((high - low) / 2));
            Assert.That(ranges.Add(new Price(high), new Price(low), close), Is.True);
            wilder.Add(new Price(high), new Price(low), close);
        }

        wilder.TryValue(out Price expected);
        Assert.That(ranges.TryAverage(period, out Price actual), Is.True);
        Assert.That(actual, Is.EqualTo(expected), $"seed {period}");
        Assert.That(ranges.Add(new Price(5), new Price(6), new Price(5)), Is.False, "no bar");
    }

    [Test]
    public void The_newest_ranges_push_the_oldest_out()
    {
        RangeHistory ranges = default;
        for (int bar = 0; bar < RangeHistory.RangesMax + 5; bar++)
        {
            ranges.Add(new Price(110 + bar), new Price(100 + bar), new Price(105 + bar));
        }

        Assert.That((ranges.Count, ranges.Next), Is.EqualTo((RangeHistory.RangesMax, 5)));
        Assert.That(ranges.TryAverage(64, out Price range), Is.True);
        Assert.That(range.Raw, Is.EqualTo(10));
    }

    [Test]
    [Description("D6: a strategy's window is the newest closes of the instrument's")]
    public void A_shorter_window_is_the_newest_closes()
    {
        var random = new Random(5);
        var all = new CloseWindow(CloseWindow.ClosesMax);
        var own = new CloseWindow(20);
        for (int bar = 0; bar < 200; bar++)
        {
            var close = new Price(random.Next(9_000, 11_000) * FixedPoint.One);
            all.Add(close);
            own.Add(close);
            bool isKnown = own.TryStandardDeviation(out Ratio expected);
            Assert.That((all.TryStandardDeviation(20, out Ratio actual), actual), Is.EqualTo((isKnown, expected)), $"bar {bar}");
        }
    }

    private static InstrumentHistory History(EngineHarness engine) => engine.State.Histories[0];

    private static decimal Volume(EngineHarness engine, int hour) => Scaled.Of(History(engine).Volumes[hour]);

    private static decimal Traded(EngineHarness engine) => Scaled.Of(engine.State.Instruments[0].Traded.Raw);

    private static byte[] Bar(long from, long to, decimal volume) =>
        InputBytes.Bar(1, BarPhase.Closed, FixedPoint.One, FixedPoint.One, FixedPoint.One, FixedPoint.One, from, to, Scaled.Raw(volume));

    private static byte[] TradeOf(decimal quantity) => InputBytes.Trade(1, FixedPoint.One, Scaled.Raw(quantity));
}
