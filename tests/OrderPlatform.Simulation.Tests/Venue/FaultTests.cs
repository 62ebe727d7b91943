using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>What goes wrong on the way, and that the venue itself stays right.</summary>
internal sealed class FaultTests
{
    private const long Millisecond = 1_000_000;

    private static readonly MarketEvent TheQuote = Quote(0, 99, 100, 100, 200);

    private static readonly VenueFaults Mixed = new()
    {
        LostAcknowledgement = R(0.1m),
        TimeoutBeforeAcceptance = R(0.1m),
        TimeoutAfterAcceptance = R(0.1m),
        TimeoutOfRequest = R(0.1m),
        TimeoutNanos = 3000,
        DuplicateReport = R(0.2m),
        LateReport = R(0.2m),
        WindowNanos = 2500,
        MissingFill = R(0.2m),
        ThrottleRequests = 4,
        ThrottleWindowNanos = 4000,
    };

    private static VenueRun With(VenueFaults faults) => new VenueRun(DefaultOptions with { Faults = faults }).Give(TheQuote);

    [Test]
    [Description("T2")]
    public void A_lost_acknowledgement_never_comes_and_the_order_is_there()
    {
        VenueRun run = With(new VenueFaults { LostAcknowledgement = R(1) }).Submit(Limit(1, OrderSide.Buy, 5, 98), 1).AdvanceTo(10);
        Assert.That(run.Reports, Is.Empty);
        Assert.That(run.View(1).LeavesQuantity, Is.EqualTo(Q(5)));
        Assert.That(run.Cancel(1, 10).Finish().StoryText(), Is.EqualTo("Cancelled"));
    }

    [Test]
    [Description("T2")]
    public void A_timeout_before_acceptance_is_unknown_and_the_venue_never_knows_the_order()
    {
        VenueRun run = With(new VenueFaults { TimeoutBeforeAcceptance = R(1), TimeoutNanos = 50 });
        Assert.That(run.Venue.Submit(Limit(1, OrderSide.Buy, 5, 98), 1), Is.False);
        run.Finish();
        Assert.That((run.StoryText(), run.Last.TimeNanos, run.Last.ClientOrderId), Is.EqualTo(("Unknown:NoAnswer", 51L, 1UL)));
        Assert.That(run.Venue.TryGetOrder(1, out _), Is.False);
        Assert.That(run.Cancel(1, 60).Finish().Last.Reason, Is.EqualTo(VenueRejectReason.UnknownOrder));
    }

    [Test]
    [Description("T2")]
    public void A_timeout_after_acceptance_is_unknown_too_and_the_order_fills()
    {
        VenueRun run = With(new VenueFaults { TimeoutAfterAcceptance = R(1), TimeoutNanos = 50 });
        Assert.That(run.Venue.Submit(Market(1, OrderSide.Buy, 5), 1), Is.True);
        run.Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Fill Unknown:NoAnswer"));
        Assert.That(run.Last.TimeNanos, Is.EqualTo(52));
    }

    [Test]
    public void A_cancel_that_is_lost_changes_nothing_and_is_unknown()
    {
        VenueRun run = With(new VenueFaults { TimeoutOfRequest = R(1), TimeoutNanos = 50 }).Submit(Limit(1, OrderSide.Buy, 5, 98), 1).Cancel(1, 10).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Unknown:NoAnswer"));
        Assert.That(run.View(1).LeavesQuantity, Is.EqualTo(Q(5)));
    }

    [Test]
    [Description("T4")]
    public void A_missing_fill_shows_in_the_cumulative_quantity_of_later_reports()
    {
        VenueRun run = With(new VenueFaults { MissingFill = R(1) }).Submit(Limit(1, OrderSide.Buy, 250, 100), 1).Cancel(1, 10).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Cancelled"));
        Assert.That(run.Last.CumulativeQuantity, Is.EqualTo(Q(200)));
    }

    [Test]
    [Description("T5")]
    public void A_duplicate_is_the_same_report_later_within_the_window()
    {
        VenueRun run = With(new VenueFaults { DuplicateReport = R(1), WindowNanos = 100 }).Submit(Market(1, OrderSide.Buy, 5), 1).Finish();
        VenueReport[] fills = [.. run.Fills];
        Assert.That(run.Reports, Has.Count.EqualTo(4));
        Assert.That(fills[1] with { TimeNanos = fills[0].TimeNanos, Delivery = ReportDelivery.InTurn }, Is.EqualTo(fills[0]));
        Assert.That(fills[1].TimeNanos, Is.InRange(fills[0].TimeNanos + 1, fills[0].TimeNanos + 100));
    }

    [Test]
    [Description("T5")]
    public void A_late_report_is_overtaken_but_not_by_more_than_the_window()
    {
        string[] stories = [.. Enumerable.Range(0, 30).Select(seed => new VenueRun(DefaultOptions with
        {
            Seed = (ulong)seed,
            Faults = new VenueFaults { LateReport = R(0.5m), WindowNanos = 100 },
        }).Give(TheQuote).Submit(Market(1, OrderSide.Buy, 5), 1).Finish())
            .Select(run => InWindow(run).StoryText()).Distinct().Order()];
        Assert.That(stories, Is.EqualTo(new[] { "Accepted Fill", "Fill Accepted" }));
    }

    [Test]
    [Description("T11")]
    public void Requests_above_the_limit_of_a_window_are_throttled_until_it_ends()
    {
        VenueRun run = With(new VenueFaults { ThrottleRequests = 2, ThrottleWindowNanos = Millisecond });
        for (ulong id = 1; id <= 3; id++)
        {
            run.Submit(Limit(id, OrderSide.Buy, 5, 98), 100 + (long)id);
        }

        run.Cancel(1, 200).AdvanceTo(Millisecond - 2).Submit(Limit(3, OrderSide.Buy, 5, 98), Millisecond - 1).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Accepted Throttled:TooManyRequests Throttled:TooManyRequests Accepted"));
        Assert.That(run.Reports[2].RetryAfterNanos, Is.EqualTo(Millisecond - 104));
        Assert.That(run.Last.ClientOrderId, Is.EqualTo(3), "its id was free");
    }

    [Test]
    [Description("T3")]
    public void In_an_outage_orders_go_on_filling_and_nobody_is_told()
    {
        VenueRun run = With(new VenueFaults { OutageFromNanos = 10, OutageUntilNanos = 1000, TimeoutNanos = 50 }).Submit(Limit(1, OrderSide.Buy, 60, 99.5m), 1);
        for (int i = 0; i < 6; i++)
        {
            run.Give(Quote(100 + i, 99, 10, 99.5m, 10 + i));
        }

        run.Submit(Limit(2, OrderSide.Buy, 5, 98), 500).Give(Quote(2000, 99, 10, 101, 10)).Finish();
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Disconnected Connected Unknown:NoAnswer"));
        Assert.That(run.Reports.Skip(1).Select(r => r.TimeNanos), Is.EqualTo(new[] { 10L, 1000L, 1000L }));
        Assert.That(run.Last.ClientOrderId, Is.EqualTo(2));
        Assert.That(run.Venue.PositionOf(0, Instrument), Is.EqualTo(Q(60)));
    }

    [Test]
    [Description("T2, T4, T5, T9")]
    public void Whatever_goes_wrong_the_truth_is_a_sound_life_of_every_order_and_the_same_for_the_same_seed([Range(1, 20)] int seed)
    {
        string place = $"seed {seed}";
        var options = DefaultOptions with { Seed = (ulong)seed, Faults = Mixed, ReportLatency = LatencyOptions.LogNormal(300, 400) };
        List<VenueReport> all = Truth(new RandomTrading((ulong)seed, MarketStyle.QuotesAndTrades), options);
        Assert.That(Truth(new RandomTrading((ulong)seed, MarketStyle.QuotesAndTrades), options), Is.EqualTo(all), place);
        Assert.That(all.Select(r => r.Delivery).Distinct().Count(), Is.EqualTo(3), place);
        VenueReport[] truth = [.. all.Where(r => r.Delivery != ReportDelivery.Apart)];
        foreach (IGrouping<ulong, VenueReport> order in truth.Where(r => r.VenueOrderId != 0).GroupBy(r => r.VenueOrderId))
        {
            long cumulative = 0;
            foreach (VenueReport report in order)
            {
                cumulative += report.LastQuantity.Raw;
                Assert.That(report.CumulativeQuantity.Raw, Is.EqualTo(cumulative), place);
            }
        }

        ulong[] trades = [.. truth.Where(r => r.Kind == VenueReportKind.Fill).Select(r => r.TradeId)];
        Assert.That(trades, Is.Unique, place);
        foreach (VenueReport apart in all.Where(r => r.Delivery == ReportDelivery.Apart && r.Kind != VenueReportKind.Unknown))
        {
            Assert.That(truth.Any(r => r with { TimeNanos = 0, Delivery = 0 } == apart with { TimeNanos = 0, Delivery = 0 }), $"{place}: {apart}");
        }
    }

    [Test]
    public void Faults_that_never_happen_change_no_report([Values] MarketStyle style)
    {
        var trading = new RandomTrading(7, style);
        Assert.That(trading.Run(DefaultOptions with { Faults = new VenueFaults() }).Reports, Is.EqualTo(trading.Run(DefaultOptions).Reports));
    }

    private static VenueRun InWindow(VenueRun run)
    {
        Assert.That(run.Reports.Select(r => r.TimeNanos), Is.All.InRange(2L, 102L));
        return run;
    }

    private static List<VenueReport> Truth(RandomTrading trading, SimulatedVenueOptions options)
    {
        var venue = new SimulatedVenue(options);
        var reports = new List<VenueReport>();
        var steps = trading.Requests.Select(r => (Time: r.SentAt, Market: (MarketEvent?)null, Request: (ScriptedRequest?)r.Command))
            .Concat(trading.MarketEvents.Select(e => (Time: RandomTrading.StartOf(e), Market: (MarketEvent?)e, Request: (ScriptedRequest?)null)))
            .OrderBy(step => step.Time).ToList();
        foreach ((long time, MarketEvent? market, ScriptedRequest? request) in steps)
        {
            Drain(venue, time, reports);
            if (market is { } e)
            {
                venue.OnMarketEvent(Instrument, in e);
            }
            else
            {
                request!.Value.SendTo(venue, time);
            }
        }

        Drain(venue, long.MaxValue, reports);
        return reports;
    }

    private static void Drain(SimulatedVenue venue, long until, List<VenueReport> reports)
    {
        while (venue.TryAdvanceToTruth(until, out VenueReport report))
        {
            reports.Add(report);
        }
    }
}
