using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class VenueContractTests
{
    private static IEnumerable<TestCaseData> Malformed()
    {
        yield return Case(Bar(10, 10, 100, 112, 92, 104), "the bar opens at 10 ns, not before its close");
        yield return Case(Bar(5, 10, 100, 99, 92, 95), "open 100 or close 95 is outside low 92 to high 99");
        yield return Case(Bar(5, 10, 100, 112, 92, 91), "close 91 is outside");
        yield return Case(Bar(5, 10, 100, 112, 0, 104), "the bar's low is 0");
        yield return Case(Bar(5, 10, 100, 112, 92, 104, -1), "the bar's volume is -1");
        yield return Case(Trade(5, 0, 1), "trade of 1 at 0");
        yield return Case(Trade(5, 1, -1), "trade of -1 at 1");
        yield return Case(Trade(long.MaxValue, 1, 1), "its time is outside 0 to");
        yield return Case(Quote(5, -1, 1, 2, 1), "quote 1 at -1");
        yield return Case(new MarketEvent { TimeNanos = 5 }, "kind 0 does not exist");
    }

    [TestCaseSource(nameof(Malformed))]
    public void A_malformed_market_event_is_refused_with_its_fault_and_changes_nothing(MarketEvent e, string message)
    {
        VenueRun run = new VenueRun().Submit(Market(1, OrderSide.Buy, 1), 0).AdvanceTo(1);
        Assert.That(() => run.Venue.OnMarketEvent(Instrument, in e), Throws.TypeOf<MarketDataException>().With.Message.Contains(message));
        Assert.That(run.Give(Quote(10, 99, 1, 101, 1)).Finish().FillText(), Is.EqualTo("1@101 t10"));
    }

    [Test]
    public void A_bar_that_overlaps_or_repeats_the_one_before_is_refused()
    {
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104));
        Assert.That(() => run.Give(Bar(0, 1200, 100, 112, 92, 104)), Throws.TypeOf<MarketDataException>().With.Message.Contains("overlaps"));
    }

    [Test]
    public void Bars_and_trades_of_one_instrument_do_not_mix()
    {
        VenueRun bars = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104));
        Assert.That(() => bars.Give(Trade(1300, 100, 1)), Throws.TypeOf<MarketDataException>().With.Message.Contains("after bars"));
        VenueRun trades = new VenueRun().Give(Trade(0, 100, 1));
        Assert.That(() => trades.Give(Bar(10, 1200, 100, 112, 92, 104)), Throws.TypeOf<MarketDataException>().With.Message.Contains("after trades or quotes"));
    }

    [Test]
    public void An_instrument_that_the_venue_does_not_have_is_refused() =>
        Assert.That(() => new VenueRun().Give(Trade(0, 100, 1), 99), Throws.TypeOf<MarketDataException>().With.Message.Contains("instrument 99 is not one"));

    [Test]
    public void A_market_event_before_the_venues_time_is_refused()
    {
        VenueRun run = new VenueRun().Give(Trade(100, 100, 1));
        Assert.That(() => run.Give(Trade(99, 100, 1)), Throws.TypeOf<MarketDataException>().With.Message.Contains("sort the sources by time"));
    }

    [Test]
    public void A_market_event_while_earlier_actions_are_due_is_refused()
    {
        VenueRun run = new VenueRun().Submit(Market(1, OrderSide.Buy, 1), 0);
        MarketEvent e = Trade(5, 100, 1);
        Assert.That(() => run.Venue.OnMarketEvent(Instrument, in e), Throws.InvalidOperationException.With.Message.Contains("TryAdvance"));
    }

    [Test]
    public void A_request_from_the_past_is_refused()
    {
        VenueRun run = new VenueRun().Give(Trade(100, 100, 1));
        Assert.That(() => run.Venue.Cancel(1, 99), Throws.InvalidOperationException.With.Message.Contains("sent at 99 ns, but the venue is already at 100 ns"));
    }

    [Test]
    public void More_reports_than_the_bound_throw_and_name_the_option()
    {
        VenueRun run = new(DefaultOptions with { MaxReportsInFlight = 1, ReportLatency = LatencyOptions.Constant(1000) });
        run.Submit(Market(1, OrderSide.Buy, 1), 0).Submit(Market(2, OrderSide.Buy, 1), 0);
        Assert.That(run.Finish, Throws.InvalidOperationException.With.Message.Contains("MaxReportsInFlight"));
    }

    [Test]
    public void The_next_event_is_the_earlier_of_action_and_report_and_nothing_is_never()
    {
        SimulatedVenue venue = new(DefaultOptions with { OrderLatency = LatencyOptions.Constant(10), ReportLatency = LatencyOptions.Constant(100) });
        Assert.That(venue.NextEventTimeNanos, Is.EqualTo(long.MaxValue));
        venue.Submit(Market(1, OrderSide.Buy, 1), 5);
        Assert.That(venue.NextEventTimeNanos, Is.EqualTo(15));
        Assert.That(venue.TryAdvance(50, out _), Is.False);
        Assert.That(venue.NextEventTimeNanos, Is.EqualTo(115));
        Assert.That(venue.TryAdvance(114, out _), Is.False);
        Assert.That(venue.TryAdvance(115, out VenueReport report), Is.True);
        Assert.That(report.TimeNanos, Is.EqualTo(115));
    }

    [Test]
    public void The_venue_never_runs_past_a_report_to_which_the_sender_may_still_answer()
    {
        // A limit would fill at t301; its acceptance is known at t1, and the answer to it, a cancel, arrives at t2.
        VenueRun run = new VenueRun().Give(Bar(0, 1200, 100, 112, 92, 104)).Submit(Limit(1, OrderSide.Buy, 1, 94), 0);
        Assert.That(run.Venue.TryAdvance(long.MaxValue, out VenueReport accepted), Is.True);
        run.Venue.Cancel(1, accepted.TimeNanos);
        Assert.That(run.Finish().StoryText(), Is.EqualTo("Cancelled"));
    }

    private static TestCaseData Case(MarketEvent e, string message) => new TestCaseData(e, message).SetArgDisplayNames(message);
}
