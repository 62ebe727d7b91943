using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Contract;

/// <summary>What every venue's connector has to do (R132, T1 to T5). A later venue derives from it and gives its rig.</summary>
internal abstract class ExecutionConnectorContract
{
    private const long One = 100_000_000;

    private protected abstract VenueRig Create(VenueTrait trait);

    [Test]
    public void An_order_is_acknowledged_once_with_both_ids()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 90));
        List<ExecutionReportView> reports = Reports(rig.Settle());
        Assert.That(reports.Select(static report => (report.Order, report.Kind)), Is.EqualTo(((ulong, ExecutionKind)[])[(1, ExecutionKind.Accepted)]));
        Assert.That((reports[0].VenueOrder != 0, reports[0].Leaves), Is.EqualTo((true, One)));
    }

    [Test]
    public void Partial_fills_add_up_and_each_has_a_trade_of_its_own()
    {
        using VenueRig rig = WithMarket(VenueTrait.PartialFills);
        Send(rig, Say.Order(1, rig.NowNanos, 100, quantity: 2 * One));
        List<ExecutionReportView> reports = Reports(rig.Settle());
        for (int trade = 0; trade < 40; trade++)
        {
            rig.Trade(99);
            reports.AddRange(Reports(rig.Settle()));
        }

        List<ExecutionReportView> fills = [.. reports.Where(static report => report.Kind == ExecutionKind.Fill)];
        Assert.That(fills, Has.Count.GreaterThan(2));
        long sum = 0;
        foreach (ExecutionReportView fill in fills)
        {
            sum += fill.Quantity;
            Assert.That((fill.Cumulative, fill.Leaves), Is.EqualTo((sum, (2 * One) - sum)));
        }

        Assert.That(fills.Select(static fill => fill.Trade), Is.Unique);
        Assert.That(sum, Is.EqualTo(2 * One));
    }

    [Test]
    public void What_breaks_a_rule_is_rejected_with_the_reason_and_nothing_else_comes_of_it()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 90, quantity: 1));
        List<ExecutionReportView> reports = Reports(rig.Settle());
        Assert.That(
            reports.Select(static report => (report.Order, report.Kind, report.Reason)),
            Is.EqualTo(((ulong, ExecutionKind, ReasonCode)[])[(1, ExecutionKind.Rejected, ReasonCode.QuantityNotOnStep)]));
        rig.Trade(80);
        Assert.That(rig.Settle(), Is.Empty);
    }

    [Test]
    public void An_order_that_is_sent_twice_is_there_once_and_the_second_is_refused()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        byte[] order = Say.Order(1, rig.NowNanos, 95);
        Send(rig, order);
        Send(rig, order);
        rig.Trade(94);
        List<ExecutionReportView> reports = Reports(rig.Settle());
        Assert.That(reports.Count(static report => report.Kind == ExecutionKind.Accepted), Is.EqualTo(1));
        Assert.That(reports.Single(static report => report.Kind == ExecutionKind.Rejected).Reason, Is.EqualTo(ReasonCode.DuplicateRequest));
        Assert.That(reports.Where(static report => report.Kind == ExecutionKind.Fill).Sum(static report => report.Quantity), Is.LessThanOrEqualTo(One));
    }

    [Test]
    public void A_cancel_ends_an_order_and_one_of_an_unknown_order_is_refused()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 90));
        rig.Settle();
        Send(rig, Say.Cancel(1, rig.NowNanos));
        Send(rig, Say.Cancel(77, rig.NowNanos));
        List<ExecutionReportView> reports = Reports(rig.Settle());
        Assert.That(
            reports.Select(static report => (report.Order, report.Kind)),
            Is.EquivalentTo(((ulong, ExecutionKind)[])[(1, ExecutionKind.Cancelled), (77, ExecutionKind.CancelRejected)]));
        rig.Trade(80);
        Assert.That(rig.Settle(), Is.Empty, "a cancelled order is never filled");
    }

    [Test]
    public void A_cancel_that_races_a_fill_loses_or_wins_and_the_quantities_say_which([Values] bool cancelIsFirst)
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 95));
        List<ExecutionReportView> reports = Reports(rig.Settle());
        if (cancelIsFirst)
        {
            Send(rig, Say.Cancel(1, rig.NowNanos));
            rig.Trade(94);
        }
        else
        {
            rig.Trade(94);
            Send(rig, Say.Cancel(1, rig.NowNanos));
        }

        reports.AddRange(Reports(rig.Settle()));
        long filled = reports.Where(static report => report.Kind == ExecutionKind.Fill).Sum(static report => report.Quantity);
        Assert.That(filled, Is.EqualTo(cancelIsFirst ? 0 : One));
        Assert.That(reports.Count(static report => report.Kind == ExecutionKind.Cancelled), Is.EqualTo(cancelIsFirst ? 1 : 0));
        Assert.That(reports.Count(static report => report.Kind == ExecutionKind.CancelRejected), Is.EqualTo(cancelIsFirst ? 0 : 1));
    }

    [Test]
    public void An_amend_changes_price_and_quantity_and_one_that_breaks_a_rule_changes_nothing()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 90));
        rig.Settle();
        Send(rig, Say.Amend(1, rig.NowNanos, 91, 3 * One));
        ExecutionReportView amended = Reports(rig.Settle()).Single();
        Assert.That((amended.Kind, amended.Leaves, amended.Price), Is.EqualTo((ExecutionKind.Amended, 3 * One, 91 * One)));
        Send(rig, Say.Amend(1, rig.NowNanos, 91, 1));
        Assert.That(Reports(rig.Settle()).Single().Kind, Is.EqualTo(ExecutionKind.AmendRejected));
        Assert.That(Answer(rig, 1).Price, Is.EqualTo(91 * One));
    }

    [Test]
    public void Whoever_asks_is_told_what_the_venue_knows_with_the_missed_reports_before_it()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 95));
        Send(rig, Say.Order(2, rig.NowNanos, 80));
        rig.Settle();
        rig.Trade(94);
        rig.Settle();
        Assert.That(Answer(rig, 2).State, Is.EqualTo(VenueOrderState.Working));
        Assert.That(Answer(rig, 99).State, Is.EqualTo(VenueOrderState.NotKnown));
        Assert.That(rig.Connector.TryAsk(Say.Ask(1)), Is.True);
        List<Told> told = rig.Settle(rig.NowNanos);
        Assert.That(Reports(told).Where(static report => report.Kind == ExecutionKind.Fill).Sum(static report => report.Quantity), Is.EqualTo(One));
        Assert.That(OrderStatusReportDecoder.TryWrap(told[^1].Message, out OrderStatusReportDecoder status), Is.True, "the answer comes last");
        Assert.That((status.State, status.CumulativeQuantity), Is.EqualTo((VenueOrderState.Ended, One)));
        Assert.That(told.Select(static one => one.News.Ordinal), Is.All.Zero, "answers are not among what the venue tells unasked");
    }

    [Test]
    public void An_outcome_that_is_not_known_is_told_as_such_and_the_venue_knows_the_truth([Values] bool reachedTheVenue)
    {
        using VenueRig rig = WithMarket(reachedTheVenue ? VenueTrait.LosesAnswers : VenueTrait.LosesOrders);
        Send(rig, Say.Order(1, rig.NowNanos, 90));
        ExecutionReportView report = Reports(rig.Settle()).Single();
        Assert.That((report.Kind, report.Reason), Is.EqualTo((ExecutionKind.Unknown, ReasonCode.OutcomeUnknown)));
        Assert.That(Answer(rig, 1).State, Is.EqualTo(reachedTheVenue ? VenueOrderState.Working : VenueOrderState.NotKnown));
    }

    [Test]
    public void A_report_that_comes_twice_is_the_same_trade()
    {
        using VenueRig rig = WithMarket(VenueTrait.RepeatsReports);
        Send(rig, Say.Order(1, rig.NowNanos, 95));
        rig.Settle();
        rig.Trade(94);
        List<ExecutionReportView> fills = [.. Reports(rig.Settle()).Where(static report => report.Kind == ExecutionKind.Fill)];
        Assert.That(fills, Has.Count.EqualTo(2));
        Assert.That(fills[0] with { }, Is.EqualTo(fills[1]), "by its trade id, and all else");
    }

    [Test]
    public void An_outage_is_told_at_both_ends_and_what_happened_meanwhile_to_whoever_asks()
    {
        using VenueRig rig = WithMarket(VenueTrait.Outage);
        Send(rig, Say.Order(1, rig.NowNanos, 95));
        List<Told> told = rig.Settle(VenueRig.OutageFromNanos + 1);
        rig.Trade(94);
        told.AddRange(rig.Settle(VenueRig.OutageUntilNanos));
        List<YesNo> connected = [];
        foreach (Told one in told)
        {
            if (VenueStatusDecoder.TryWrap(one.Message, out VenueStatusDecoder status))
            {
                connected.Add(status.Connected);
            }
        }

        Assert.That(connected, Is.EqualTo((YesNo[])[YesNo.No, YesNo.Yes]));
        Assert.That(Reports(told).Any(static report => report.Kind == ExecutionKind.Fill), Is.False, "nobody was told");
        Assert.That(rig.Connector.TryAsk(Say.Ask(1)), Is.True);
        Assert.That(Reports(rig.Settle(rig.NowNanos)).Single(static report => report.Kind == ExecutionKind.Fill).Quantity, Is.EqualTo(One));
    }

    [Test]
    public void Ordinals_have_no_gap_and_go_on_over_a_restart_which_tells_again_what_was_not_kept([Range(0, 3)] int kept)
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        for (ulong order = 1; order <= 3; order++)
        {
            Send(rig, Say.Order(order, rig.NowNanos, 90));
        }

        List<Told> told = rig.Settle();
        Assert.That(told.Select(static one => one.News.Ordinal), Is.EqualTo((ulong[])[1, 2, 3]));
        rig.Restart((ulong)kept);
        Send(rig, Say.Cancel(1, rig.NowNanos));
        List<Told> after = rig.Settle();
        Assert.That(after.Select(static one => one.News.Ordinal), Is.EqualTo(Enumerable.Range(kept + 1, 4 - kept).Select(static number => (ulong)number)));
        Assert.That(after.Take(3 - kept).Select(static one => one.Message), Is.EqualTo(told.Skip(kept).Select(static one => one.Message)));
    }

    [Test]
    public void After_a_restart_the_fate_of_the_last_request_is_told_truly_or_not_at_all([Values] bool wasSent)
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Send(rig, Say.Order(1, rig.NowNanos, 90));
        byte[] last = Say.Order(2, rig.NowNanos, 90);
        if (wasSent)
        {
            Send(rig, last);
            rig.Restart(0);
        }
        else
        {
            rig.RestartBeforeSending(last, 0);
        }

        Assert.That(rig.Connector.FateOf(last), Is.Not.EqualTo(wasSent ? RequestFate.NotSent : RequestFate.Sent));
        Assert.That(Reports(rig.Settle()).Count(static report => report.Order == 2), Is.EqualTo(wasSent ? 1 : 0));
    }

    [Test]
    public void A_journal_that_knows_more_than_the_venue_has_told_is_another_venues()
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        Assert.That(() => rig.Restart(17), Throws.ArgumentException.With.Message.Contains("17"));
    }

    [Test]
    public void Clocks_that_differ_neither_lose_nor_reorder_anything([Values(-3_600, -1, 1, 600)] int skewSeconds)
    {
        using VenueRig rig = WithMarket(VenueTrait.Plain);
        rig.Trade(100);
        long decidedNanos = Math.Max(1, rig.NowNanos + (skewSeconds * Say.Second));
        Send(rig, Say.Order(1, decidedNanos, 90));
        Send(rig, Say.Cancel(1, decidedNanos));
        List<Told> told = rig.Settle();
        Assert.That(Reports(told).Select(static report => report.Kind), Is.EqualTo((ExecutionKind[])[ExecutionKind.Accepted, ExecutionKind.Cancelled]));
        Assert.That(told.Select(static one => one.News.TimeNanos), Is.Ordered);
    }

    private static List<ExecutionReportView> Reports(List<Told> told)
    {
        List<ExecutionReportView> reports = [];
        foreach (Told one in told)
        {
            if (ExecutionReportDecoder.TryWrap(one.Message, out ExecutionReportDecoder report))
            {
                reports.Add(new ExecutionReportView(report));
            }
        }

        return reports;
    }

    private static void Send(VenueRig rig, byte[] request) => Assert.That(rig.Connector.TrySend(request), Is.True);

    private static (VenueOrderState State, long? Price) Answer(VenueRig rig, ulong order)
    {
        Assert.That(rig.Connector.TryAsk(Say.Ask(order, One)), Is.True);
        foreach (Told one in rig.Settle(rig.NowNanos))
        {
            if (OrderStatusReportDecoder.TryWrap(one.Message, out OrderStatusReportDecoder status) && status.ClientOrderId == order)
            {
                return (status.State, status.TryGetPrice(out long price) ? price : null);
            }
        }

        throw new AssertionException($"no answer about order {order}");
    }

    private VenueRig WithMarket(VenueTrait trait)
    {
        VenueRig rig = Create(trait);
        rig.Trade(100);
        rig.Settle(rig.NowNanos);
        return rig;
    }
}

/// <summary>The simulated venue keeps the contract.</summary>
[TestFixture]
internal sealed class SimulatedConnectorContract : ExecutionConnectorContract
{
    private protected override VenueRig Create(VenueTrait trait) => new SimulatedRig(trait);
}
