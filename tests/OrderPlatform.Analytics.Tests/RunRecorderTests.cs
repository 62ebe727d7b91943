using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using static OrderPlatform.Analytics.Tests.Recording;

namespace OrderPlatform.Analytics.Tests;

internal sealed class RunRecorderTests
{
    private const uint Spot = 11;
    private const uint Linear = 12;
    private const uint Inverse = 13;

    [Test]
    [Description("R93, R95, R98")]
    public void An_order_has_its_names_prices_times_and_costs()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        long decided = recording.NowNanos - (5 * Second);
        recording.Order(9, Spot, OrderStatus.PendingNew, quantity: 3, decision: 99, arrival: 100, parent: 4, decidedAt: decided);
        recording.Wait(1);
        recording.Order(9, Spot, OrderStatus.Working, quantity: 3, decision: 99, arrival: 100, parent: 4, decidedAt: decided);
        recording.Wait(1);
        recording.Order(9, Spot, OrderStatus.PartiallyFilled, quantity: 3, filled: 1, last: 1, price: 101, fee: 1, decision: 99, arrival: 100);
        recording.Position(Spot, 1, 101, 898, fees: 1);
        recording.Wait(1);
        recording.Order(9, Spot, OrderStatus.Filled, quantity: 3, filled: 3, last: 2, price: 104, fee: 2, decision: 99, arrival: 100);
        recording.Position(Spot, 3, 309, 688, fees: 3);
        OrderRecord order = recording.Complete().Orders.Single();
        long sent = decided + (5 * Second);
        Assert.That((order.Client, order.Strategy, order.Venue, order.Instrument, order.ParentId),
            Is.EqualTo(("atlas", "momentum", "binance", "BTC-USDT", 4UL)));
        Assert.That((order.DecidedAtNanos, order.SentAtNanos, order.AnsweredAtNanos), Is.EqualTo((decided, (long?)sent, (long?)(sent + Second))));
        Assert.That((order.FirstFillNanos, order.LastFillNanos), Is.EqualTo(((long?)(sent + (2 * Second)), (long?)(sent + (3 * Second)))));
        Assert.That((order.Value, order.AveragePrice, order.Fees), Is.EqualTo((SampleRun.Units(309), new Price(Raw(103)), SampleRun.Units(3))));
        Assert.That(order.DecisionCost, Is.EqualTo(new ExecutionCost(1, SampleRun.Units(12), SampleRun.Units(297))));
        Assert.That(order.ArrivalCost, Is.EqualTo(new ExecutionCost(1, SampleRun.Units(9), SampleRun.Units(300))));
    }

    [Test]
    [Description("R93, R95")]
    public void An_order_that_the_engine_holds_is_sent_later_and_its_wait_begins_there()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        recording.Order(9, Spot, OrderStatus.Held);
        recording.Wait(100);
        recording.Order(9, Spot, OrderStatus.PendingNew, arrival: 100);
        recording.Wait(2);
        recording.Order(9, Spot, OrderStatus.Rejected, arrival: 100);
        RunRecord run = recording.Complete();
        Assert.That(OrderStatistics.From(run.Orders).Answer!.Value.MeanNanos, Is.EqualTo(2 * Second));
        Assert.That(run.AnswerLatencyNanos!.GetMaxValue(), Is.EqualTo(run.AnswerLatencyNanos.HighestEquivalentValue(2 * Second)));
        Assert.That(run.OrdersSent, Is.EqualTo(1));
    }

    [Test]
    [Description("R95, D20, T7")]
    public void A_fee_in_another_currency_is_what_the_position_says_it_was_worth()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        recording.Order(1, Spot, OrderStatus.Filled, filled: 2, last: 2, price: 100, fee: 1, currency: FeeCurrency.Base);
        recording.Position(Spot, 1, 100, 800, fees: 100);
        recording.Order(2, Spot, OrderStatus.Filled, filled: 1, last: 1, price: 100, fee: 7, currency: FeeCurrency.Other);
        recording.Position(Spot, 2, 200, 700, fees: 100);
        RunRecord run = recording.Complete();
        Assert.That(run.Fills.Select(static f => f.Fee), Is.EqualTo(new[] { SampleRun.Units(100), Money.Zero }));
        Assert.That(run.Orders.Select(static o => o.Fees), Is.EqualTo(new[] { SampleRun.Units(100), Money.Zero }));
        Assert.That(run.Fees, Is.EqualTo(SampleRun.Units(100)));
    }

    [Test]
    [Description("R98")]
    public void A_refusal_by_the_risk_checks_has_its_names_and_may_have_no_side()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        recording.Refusal(Spot, Side.Sell, CheckKind.DailyLoss, ReasonCode.DailyLossLimit);
        recording.Refusal(99, null, CheckKind.ReferenceData, ReasonCode.UnknownInstrument);
        RunRecord run = recording.Complete();
        Assert.That(run.Refusals[0], Is.EqualTo(new RiskRefusal(recording.NowNanos, "atlas", "momentum", "binance", "BTC-USDT", "sell", "DailyLoss",
            "DailyLossLimit")));
        Assert.That((run.Refusals[1].Venue, run.Refusals[1].Instrument, run.Refusals[1].Side), Is.EqualTo(("", "#99", "")));
        Assert.That(run.RiskRejections.Values.Sum(), Is.EqualTo(2));
    }

    [Test]
    [Description("R98: risk-check pass/fail rate")]
    public void Every_check_is_counted_by_what_it_said()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        recording.Checks((CheckKind.Balance, true), (CheckKind.DailyLoss, true));
        recording.Checks((CheckKind.Balance, true), (CheckKind.DailyLoss, false));
        recording.Checks();
        RunRecord run = recording.Complete();
        Assert.That(run.Checks, Is.EquivalentTo(new Dictionary<string, CheckCount> { ["Balance"] = new(2, 0), ["DailyLoss"] = new(1, 1) }));
        Assert.That((run.Checks["DailyLoss"].PassRate, default(CheckCount).PassRate), Is.EqualTo(((double?)0.5, (double?)null)));
    }

    [Test]
    [Description("R99: signal quality")]
    public void Confidence_and_momentum_are_means_of_the_signals_that_have_them()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        Assert.That((recording.Recorder.Record.SignalQuality.MeanConfidence, recording.Recorder.Record.SignalQuality.MeanMomentum),
            Is.EqualTo(((double?)null, (double?)null)));
        recording.Decision(new Ratio(60_000_000), new Ratio(-2_000_000));
        recording.Decision(new Ratio(80_000_000), null);
        recording.Decision(null, null);
        SignalQuality quality = recording.Complete().SignalQuality;
        Assert.That(quality.MeanConfidence, Is.EqualTo(0.7).Within(1e-15));
        Assert.That(quality.MeanMomentum, Is.EqualTo(-0.02).Within(1e-15));
    }

    [Test]
    [Description("R93")]
    public void A_trade_has_its_venue_excursions_slippage_and_funding()
    {
        Recording recording = Begin((Linear, "BTC-PERP", InstrumentKind.Linear, 1));
        recording.Trade(Linear, adverse: -30, favourable: 50, slippage: 2, funding: -3, realised: 40, fees: 4);
        TradeRecord trade = recording.Complete().Trades.Single();
        Assert.That(trade.Venue, Is.EqualTo("binance"));
        Assert.That((trade.AdverseExcursion, trade.FavourableExcursion, trade.Slippage),
            Is.EqualTo(((Money?)SampleRun.Units(-30), (Money?)SampleRun.Units(50), (Money?)SampleRun.Units(2))));
        Assert.That((trade.EndDrawdown, trade.NetPnl), Is.EqualTo(((Money?)SampleRun.Units(10), SampleRun.Units(33))),
            "40 less 4 of fees and 3 of funding paid");
    }

    [Test]
    [Description("R99")]
    public void Spot_is_worth_its_value_and_contracts_their_profit()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1), (Linear, "BTC-PERP", InstrumentKind.Linear, 2),
            (Inverse, "BTC-USD", InstrumentKind.Inverse, 100));
        recording.Position(Spot, 2, 200, 800);
        recording.Position(Linear, 3, 600, 800);
        recording.Position(Inverse, 4, -4, 800);
        recording.Mark(Spot, 110);
        recording.Mark(Linear, 105);
        recording.Mark(Inverse, 200);
        RunRecord run = recording.Complete();

        // 800 cash, 2 × 110 of spot, 3 × 2 × 105 - 600 of linear, -4 × 100 / 200 + 4 of inverse.
        Assert.That(run.FinalEquity, Is.EqualTo(SampleRun.Units(800 + 220 + 30 + 2)));
        Assert.That(run.UnrealisedPnl, Is.EqualTo(SampleRun.Units(20 + 30 + 2)));
        Assert.That((run.NetPnl, run.OtherChange), Is.EqualTo((SampleRun.Units(52), Money.Zero)));
    }

    [Test]
    [Description("R99, R102")]
    public void Two_legs_and_two_accounts_are_positions_of_their_own()
    {
        Recording recording = Begin((Linear, "BTC-PERP", InstrumentKind.Linear, 1));
        recording.AddAccount(6, 500);
        recording.Position(Linear, 1, 100, 1_000, leg: PositionLeg.Long);
        recording.Position(Linear, -1, -100, 1_000, leg: PositionLeg.Short);
        recording.Position(Linear, 2, 200, 500, account: 6);
        recording.Mark(Linear, 110);
        RunRecord run = recording.Complete();
        Assert.That(run.OpenPositions.Select(static p => p.Quantity.Raw), Is.EqualTo(new[] { Raw(1), Raw(-1), Raw(2) }));
        Assert.That((run.InitialEquity, run.FinalEquity), Is.EqualTo((SampleRun.Units(1_500), SampleRun.Units(1_520))));
    }

    [Test]
    [Description("R99: an account in another currency")]
    public void An_account_in_another_currency_is_converted_at_its_mark()
    {
        Recording recording = Begin((Spot, "EUR-USDT", InstrumentKind.Spot, 1));
        recording.AddAccount(6, 100, conversion: Spot);
        recording.Mark(Spot, 2);
        recording.Mark(Spot, 3);
        RunRecord run = recording.Complete();
        Assert.That((run.InitialEquity, run.FinalEquity), Is.EqualTo((SampleRun.Units(1_200), SampleRun.Units(1_300))));
        Assert.That(run.OtherChange, Is.EqualTo(SampleRun.Units(100)), "what the currency made is no profit of trading");
    }

    [Test]
    public void Deposits_and_funding_are_told_apart_from_profit()
    {
        Recording recording = Begin((Linear, "BTC-PERP", InstrumentKind.Linear, 1));
        recording.Mark(Linear, 100);
        recording.Cash(CashKind.Deposit, 300, 1_300);
        recording.Cash(CashKind.Withdrawal, -100, 1_200);
        recording.Cash(CashKind.Interest, 5, 1_205);
        recording.Position(Linear, 1, 100, 1_195, funding: -10);
        recording.Wait(60);
        recording.Mark(Linear, 120);
        RunRecord run = recording.Complete();
        Assert.That((run.Deposits, run.Funding, run.OtherChange), Is.EqualTo((SampleRun.Units(200), SampleRun.Units(-10), SampleRun.Units(5))));
        Assert.That(run.NetPnl, Is.EqualTo(SampleRun.Units(10)));
        Assert.That(run.TotalReturn, Is.EqualTo(0.015).Within(1e-15));
        Assert.That(run.Equity[^1].Deposits, Is.EqualTo(SampleRun.Units(200)));
        Assert.That(ReturnStatistics.From(run).TotalReturn, Is.EqualTo(run.TotalReturn).Within(1e-15));
    }

    [Test]
    [Description("R89 to R92")]
    public void What_a_seed_brings_along_is_no_result_of_the_run()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
        recording.Seed();
        recording.Position(Spot, 2, 200, 800, realised: 70, fees: 9);
        recording.Report();
        recording.Order(1, Spot, OrderStatus.Filled, Side.Sell, filled: 1, last: 1, price: 130, fee: 1);
        recording.Position(Spot, 1, 100, 929, realised: 100, fees: 10);
        recording.Mark(Spot, 100);
        RunRecord run = recording.Complete();
        Assert.That((run.RealisedPnl, run.Fees), Is.EqualTo((SampleRun.Units(30), SampleRun.Units(1))));
        Assert.That((run.Fills[0].RealisedPnl, run.Fills[0].Fee), Is.EqualTo((SampleRun.Units(30), SampleRun.Units(1))));
        Assert.That(run.OtherChange, Is.EqualTo(Money.Zero));
    }

    [Test]
    [Description("R89")]
    public void With_several_instruments_one_price_is_drawn_and_exposure_counts_all()
    {
        Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1), (Linear, "ETH-PERP", InstrumentKind.Linear, 1));
        recording.Mark(Spot, 100);
        recording.Position(Linear, 1, 7, 1_000);
        for (int i = 0; i < 4; i++)
        {
            recording.Wait(60);
            recording.Mark(Linear, 7);
        }

        RunRecord run = recording.Complete();
        Assert.That(run.PriceInstrument, Is.EqualTo("BTC-USDT"));
        Assert.That(run.Prices.Select(static p => p.Price.Raw), Is.All.EqualTo(Raw(100)));
        Assert.That(ReturnStatistics.From(run).Exposure, Is.EqualTo(0.75), "held from the second of five points");
    }

    [Test]
    [Description("T19: statistics are projections of the journal")]
    public void The_same_inputs_and_outputs_give_the_same_record()
    {
        string[] texts = [.. Enumerable.Range(0, 2).Select(static _ =>
        {
            Recording recording = Begin((Spot, "BTC-USDT", InstrumentKind.Spot, 1));
            recording.Mark(Spot, 100);
            recording.Order(1, Spot, OrderStatus.Filled, filled: 1, last: 1, price: 100, fee: 1, decision: 99, arrival: 100);
            recording.Position(Spot, 1, 100, 899, fees: 1);
            recording.Wait(86_400 * 3);
            recording.Mark(Spot, 120);
            return string.Join('\n', ConsoleReportTests.Lines(recording.Complete()));
        })];
        Assert.That(texts[1], Is.EqualTo(texts[0]));
        Assert.That(texts[0], Does.Contain("slippage         +101.01 bps from the decision, 0.00 bps from sending   fees +100.00 bps"));
    }
}
