using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

// FsCheck supplies the arguments of properties; the analyzer knows only NUnit's sources.
#pragma warning disable NUnit1027

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>What holds for every script of market data and requests. A failing seed and style is the bug report.</summary>
internal sealed class VenuePropertyTests
{
    private const int Cases = 150;

    private static readonly SimulatedVenueOptions Plain = DefaultOptions with
    {
        OrderLatency = LatencyOptions.LogNormal(300, 500),
        ReportLatency = LatencyOptions.Constant(0),
        MaxQuoteAgeNanos = 2500,
        Instruments = [DefaultInstrument with { AssumedQueueAhead = Q(5) }],
    };

    private static readonly SimulatedVenueOptions Rich = Plain with
    {
        ReportLatency = LatencyOptions.Normal(400, 400),
        FillProbability = R(0.7m),
        FillRatio = R(0.6m),
        Participation = R(0.5m),
        Slippage = SlippageModel.Hybrid(SlippageModel.Volume(R(0.01m)), SlippageModel.HalfSpread(2)),
        TakerFee = R(0.0007m),
        MakerFee = R(-0.0001m),
    };

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,1")]
    public void Cumulative_and_leaves_always_add_up_and_nothing_follows_the_end_of_an_order(ulong seed, MarketStyle style, bool rich)
    {
        RandomTrading trading = new(seed, style);
        VenueRun run = trading.Run((rich ? Rich : Plain) with { Seed = seed });
        foreach (IGrouping<ulong, VenueReport> order in run.Reports.Where(r => r.VenueOrderId != 0).GroupBy(r => r.VenueOrderId))
        {
            Quantity quantity = trading.Requests.Single(r => r.Command.Kind == 'S' && r.Command.Order.ClientOrderId == order.First().ClientOrderId)
                .Command.Order.Quantity;
            AssertLife([.. order], quantity, $"seed {seed}, {style}");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,3")]
    public void A_fill_is_at_least_a_nanosecond_after_its_order_was_sent(ulong seed, MarketStyle style)
    {
        RandomTrading trading = new(seed, style);
        VenueRun run = trading.Run(Plain with { Seed = seed });
        foreach (VenueReport fill in run.Fills)
        {
            long sentAt = trading.Requests.Single(r => r.Command.Kind == 'S' && r.Command.Order.ClientOrderId == fill.ClientOrderId).SentAt;
            Assert.That(fill.TimeNanos, Is.GreaterThan(sentAt), $"seed {seed}, {style}");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,5")]
    public void Without_slippage_a_fill_is_within_the_bar_that_covers_its_instant_and_within_its_volume(ulong seed, bool adverse, bool touch)
    {
        RandomTrading trading = new(seed, MarketStyle.Bars);
        BarPathRule rule = adverse ? BarPathRule.AdverseExtremeFirst : BarPathRule.NearestExtremeFirst;
        VenueRun run = trading.Run(Plain with { Seed = seed, BarPath = rule, TouchFills = touch });
        var taken = new Dictionary<long, long>();
        foreach (VenueReport fill in run.Fills)
        {
            MarketEvent bar = trading.MarketEvents.Single(b => b.OpenTimeNanos <= fill.TimeNanos && fill.TimeNanos < b.TimeNanos);
            Assert.That(fill.LastPrice, Is.InRange(bar.Low, bar.UpperPrice), $"seed {seed}");
            taken[bar.OpenTimeNanos] = taken.GetValueOrDefault(bar.OpenTimeNanos) + fill.LastQuantity.Raw;
            Assert.That(taken[bar.OpenTimeNanos], Is.LessThanOrEqualTo(bar.Quantity.Raw), $"seed {seed}");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,7")]
    public void No_fill_is_worse_than_the_limit(ulong seed, MarketStyle style)
    {
        foreach (VenueReport fill in new RandomTrading(seed, style).Run(Rich with { Seed = seed }).Fills.Where(f => !f.LimitPrice.IsZero))
        {
            long advantage = (fill.LimitPrice.Raw - fill.LastPrice.Raw) * (fill.Side == OrderSide.Buy ? 1 : -1);
            Assert.That(advantage, Is.GreaterThanOrEqualTo(0), $"seed {seed}, {style}: {fill}");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,9")]
    public void Cutting_off_the_future_of_the_market_changes_no_earlier_report(ulong seed, MarketStyle style, byte cutStep)
    {
        RandomTrading trading = new(seed, style);
        long cut = cutStep % 60 * RandomTrading.StepNanos;
        VenueRun whole = trading.Run(Rich with { Seed = seed });
        VenueRun truncated = trading.Run(Rich with { Seed = seed }, cut);
        Assert.That(
            truncated.Reports.Where(r => r.TimeNanos < cut), Is.EqualTo(whole.Reports.Where(r => r.TimeNanos < cut)), $"seed {seed}, {style}, cut {cut}");
    }

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,11")]
    public void The_same_seed_gives_the_same_reports_whatever_other_instruments_there_are(ulong seed, MarketStyle style)
    {
        RandomTrading trading = new(seed, style);
        VenueInstrument own = Rich.Instruments[0];
        VenueInstrument[] others = [new() { InstrumentId = 99, Tick = P(5), MaximumQuantity = Q(1) }, own, new() { InstrumentId = 1, Step = Q(3) }];
        List<VenueReport> alone = trading.Run(Rich with { Seed = seed }).Reports;
        Assert.That(trading.Run(Rich with { Seed = seed }).Reports, Is.EqualTo(alone), $"seed {seed}, {style}");
        Assert.That(trading.Run(Rich with { Seed = seed, Instruments = others }).Reports, Is.EqualTo(alone), $"seed {seed}, {style}");
    }

    [FsCheck.NUnit.Property(MaxTest = Cases, Replay = "20261121,13")]
    public void With_all_kinds_of_orders_lives_are_sound_positions_are_the_sum_of_fills_and_a_seed_gives_one_result(ulong seed, MarketStyle style, bool own)
    {
        string place = $"seed {seed}, {style}, {own}";
        SimulatedVenueOptions options = Rich with
        {
            Seed = seed,
            MatchOwnOrders = own,
            Instruments = [Rich.Instruments[0] with { PriceProtectionTicks = 200 }],
            Slippage = SlippageModel.None,
        };
        VenueOrder Change(VenueOrder order) => RandomTrading.WithAllTerms(order, seed);
        RandomTrading trading = new(seed, style);
        VenueRun run = trading.Run(options, Change);
        Assert.That(new RandomTrading(seed, style).Run(options, Change).Reports, Is.EqualTo(run.Reports), place);
        Dictionary<ulong, VenueOrder> sent = trading.Requests.Where(r => r.Command.Kind == 'S').Select(r => r.Command.Order)
            .ToDictionary(order => order.ClientOrderId);
        var positions = new Dictionary<uint, long>();
        foreach (VenueReport fill in run.Fills)
        {
            VenueOrder order = sent[fill.ClientOrderId];
            long before = positions.GetValueOrDefault(order.AccountId);
            long after = before + (fill.LastQuantity.Raw * (fill.Side == OrderSide.Buy ? 1 : -1));
            Assert.That(order.ReduceOnly && Math.Abs(after) > Math.Abs(before), Is.False, $"{place}: {fill}");
            Assert.That(order.ReduceOnly && before != 0 && Math.Sign(after) == -Math.Sign(before), Is.False, $"{place}: {fill}");
            Assert.That(order.PostOnly && !fill.IsMaker, Is.False, $"{place}: {fill}");
            positions[order.AccountId] = after;
        }

        foreach ((uint account, long quantity) in positions)
        {
            Assert.That(run.Venue.PositionOf(account, Instrument).Raw, Is.EqualTo(quantity), place);
        }

        foreach (IGrouping<ulong, VenueReport> order in run.Reports.Where(r => r.VenueOrderId != 0).GroupBy(r => r.VenueOrderId))
        {
            AssertLife([.. order], sent[order.First().ClientOrderId].Quantity, place);
        }
    }

    [Test]
    public void The_reports_of_a_fixed_script_never_change([Values] MarketStyle style)
    {
        VenueRun run = new RandomTrading(20261121, style, 2000).Run(Rich);
        ulong digest = 14695981039346656037;
        foreach (VenueReport r in run.Reports)
        {
            foreach (long value in new[]
            {
                (long)r.Kind, (long)r.Reason, (long)r.ClientOrderId, (long)r.VenueOrderId, (long)r.TradeId, r.InstrumentId, (long)r.Side, r.IsMaker ? 1 : 0,
                r.LastQuantity.Raw, r.LastPrice.Raw, r.Fee.Raw, r.CumulativeQuantity.Raw, r.LeavesQuantity.Raw, r.LimitPrice.Raw, r.TimeNanos,
            })
            {
                digest = (digest ^ (ulong)value) * 1099511628211;
            }
        }

        ulong pinned = style switch
        {
            MarketStyle.Bars => 0x0E7DA60F9623FC33,
            MarketStyle.Trades => 0x22B54443F95128F5,
            _ => 0xEC5B62FA00C0A03B,
        };
        Assert.That(run.Fills.Count(), Is.GreaterThan(500), "the script really trades");
        Assert.That($"{digest:X16}", Is.EqualTo($"{pinned:X16}"), "a change of behaviour: if it is wanted, pin the new digest and say why");
    }

    private static void AssertLife(VenueReport[] reports, Quantity quantity, string place)
    {
        Quantity cumulative = Quantity.Zero;
        bool hasEnded = false;
        foreach (VenueReport report in reports)
        {
            Assert.That(hasEnded, Is.False, place);
            Quantity prevented = report.PreventedQuantity;
            bool isAmend = report is { Kind: VenueReportKind.Amended, Reason: VenueRejectReason.None };
            quantity = isAmend ? report.CumulativeQuantity + prevented + report.LeavesQuantity : quantity;
            cumulative += report.LastQuantity;
            bool isEnd = report.Kind is VenueReportKind.Cancelled or VenueReportKind.Expired;
            Assert.That(report.CumulativeQuantity, Is.EqualTo(cumulative), place);
            Assert.That(report.LeavesQuantity, Is.EqualTo(isEnd ? Quantity.Zero : quantity - cumulative - prevented), place);
            Assert.That(report.Kind == VenueReportKind.Fill, Is.EqualTo(report.LastQuantity > Quantity.Zero), place);
            hasEnded = isEnd || report.LeavesQuantity.IsZero;
        }
    }
}
