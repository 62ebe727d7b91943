using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Strategies;

namespace OrderPlatform.Runtime.Tests;

/// <summary>The feed puts setup, market data and signals into one order of time.</summary>
[TestFixture]
internal sealed class FeedTests
{
    private const long Minute = 60_000_000_000;

    [Test]
    public void Signals_of_a_file_enter_between_the_bars_that_surround_them_and_time_never_goes_back()
    {
        MarketEvent[] bars = [.. Enumerable.Range(1, 4).Select(static i => Bar(i))];
        string csv = "time,direction,confidence\n" + string.Join('\n', new[] { 1, 61, 90, 119, 120, 121, 300, 900 }.Select(static s => $"{s * 1_000_000_000L + 1_000_000_000_000_000_000},1,0.7"));
        MarketEvent[] shifted = [.. bars.Select(static b => Shift(b))];
        using SignalFile signals = SignalFile.Read(new StringReader(csv), "signals.csv");
        using InputFeed feed = new Scenario { Source = () => new ListSource(shifted) }.OpenFeed(signals);
        var seen = new List<string>();
        long last = long.MinValue;
        while (feed.MoveNext())
        {
            FeedItem item = feed.Current;
            Assert.That(item.TimeNanos, Is.GreaterThanOrEqualTo(last));
            last = item.TimeNanos;
            if (BarDecoder.TryWrap(item.Message, out BarDecoder bar))
            {
                seen.Add($"{bar.Phase}@{(item.TimeNanos - 1_000_000_000_000_000_000) / 1_000_000_000}");
                Assert.That(item.HasVenueEvent, Is.EqualTo(bar.Phase == BarPhase.Opened));
            }
            else if (SignalDecoder.TryWrap(item.Message, out _))
            {
                seen.Add($"signal@{(item.TimeNanos - 1_000_000_000_000_000_000) / 1_000_000_000}");
            }
        }

        Assert.That(seen, Is.EqualTo(new[]
        {
            "signal@60", "Opened@60", "signal@61", "signal@90", "signal@119", "Closed@120",
            "Opened@120", "signal@120", "signal@121", "Closed@180", "Opened@180", "Closed@240", "Opened@240", "Closed@300", "signal@300", "signal@900",
        }));
    }

    [Test]
    public void More_signals_in_a_bar_than_there_is_room_for_are_late_but_not_lost()
    {
        string csv = "time,direction\n" + string.Join('\n', Enumerable.Range(0, 40).Select(static i => $"{1_000_000_000_000_000_000L + Minute + i},0"));
        using SignalFile signals = SignalFile.Read(new StringReader(csv), "signals.csv");
        MarketEvent[] bars = [Shift(Bar(1)), Shift(Bar(2))];
        using InputFeed feed = new Scenario { Source = () => new ListSource(bars) }.OpenFeed(signals);
        int count = 0;
        while (feed.MoveNext())
        {
            count += SignalDecoder.TryWrap(feed.Current.Message, out _) ? 1 : 0;
        }

        Assert.That(count, Is.EqualTo(40));
    }

    [Test]
    public void A_source_without_events_is_refused_with_a_remedy() =>
        Assert.That(() => new Scenario { Source = static () => new ListSource([]) }.OpenFeed(), Throws.TypeOf<MarketDataException>().With.Message.Contains("no market data"));

    private static MarketEvent Bar(int number)
    {
        var price = new Price(100 * FixedPoint.One);
        return MarketEvent.Bar(number * Minute, (number + 1) * Minute, price, price, price, price, new Quantity(FixedPoint.One));
    }

    private static MarketEvent Shift(in MarketEvent bar) => bar with { TimeNanos = bar.TimeNanos + 1_000_000_000_000_000_000, OpenTimeNanos = bar.OpenTimeNanos + 1_000_000_000_000_000_000 };
}
