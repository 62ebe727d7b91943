using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Exits;

/// <summary>Exits of every mode through the engine, each change of a protection with its record (R47, R103 to R105, R118, R123 to R127, D6, T15).</summary>
internal sealed class ExitModeTests
{
    private const long Hour = 3_600 * EngineHarness.SecondNanos;

    [Test]
    [Description("R104, R105, D6 sd: closes 100, 102, 100 deviate by 2.800697 %")]
    public void Deviations_of_the_closes_at_the_entry_make_the_levels([Values(1, -1)] int side)
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 2, TakeProfit = 1 },
            new ExitRulesRecord { Stop = ExitMode.StandardDeviation, Target = ExitMode.StandardDeviation });
        Bars(engine);
        Protected made = Enter(engine, side, 100).One<Protected>();
        Assert.That((made.Quantity, made.Volatility), Is.EqualTo((side * 1m, (decimal?)0.02800697m)));
        Assert.That((made.Stop, made.Target), Is.EqualTo(side > 0 ? ((decimal?)94.4m, (decimal?)102.81m) : (105.6m, 97.19m)), "to the tick, in favour of the position");
        engine.Bar(100, 101, 99, 100.5m);
        Assert.That((Scaled.Of(engine.Protection.StopPrice.Raw), engine.Protection.Volatility.Raw), Is.EqualTo((made.Stop!.Value, 2_800_697L)), "the entry's stays");
        Assert.That(engine.Trade(side > 0 ? 94.41m : 105.59m).Has0<Sent>(), Is.True);
        Leaves(engine, engine.Trade(made.Stop.Value), ExitReason.StopLoss);
    }

    [Test]
    [Description("R118, R124, D6 atr: true ranges 2, 4, 5 average 3.66666667")]
    public void Multiples_of_the_average_true_range_make_the_levels()
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 1.5m, TakeProfit = 3 },
            new ExitRulesRecord { Stop = ExitMode.AverageTrueRange, Target = ExitMode.AverageTrueRange });
        engine.Bar(100, 101, 99, 100);
        engine.Bar(100, 104, 100, 103);
        engine.Bar(103, 103, 98, 99);
        Protected made = Enter(engine, 1, 100).One<Protected>();
        Assert.That((made.Stop, made.Target, made.Volatility), Is.EqualTo(((decimal?)94.5m, (decimal?)111.01m, (decimal?)0.03666667m)));
    }

    [Test]
    [Description("D6: volatility may come with the signal; it is the entry's until the round ends")]
    public void The_volatility_of_the_signal_makes_the_levels()
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 1, TakeProfit = 1 },
            new ExitRulesRecord { Stop = ExitMode.SignalVolatility, Target = ExitMode.SignalVolatility });
        engine.Trade(100);
        engine.Signal(new SignalRecord());
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo((FilterKind.Size, ReasonCode.NoHistory)), "no level, no entry");
        ulong entry = engine.Signal(new SignalRecord { Volatility = 0.03m }).One<Sent>().Id;
        Assert.That(engine.Fill(entry, 1, 100).One<Protected>(), Is.EqualTo(new Protected(1, 97, 103, null, 0.03m, null)));
        ulong reversal = engine.Signal(new SignalRecord { Direction = Direction.Short, Volatility = 0.05m }).One<Sent>().Id;
        Assert.That(engine.Fill(reversal, 0.5m, 100).One<Protected>(), Is.EqualTo(new Protected(0.5m, 97, 103, null, 0.03m, null)));
        Assert.That(engine.Fill(reversal, 1.5m, 100).One<Protected>(), Is.EqualTo(new Protected(-1, 105, 95, null, 0.05m, null)), "crossing zero begins a round");
    }

    [Test]
    [Description("D6: without an activation it trails from the entry on")]
    public void A_trailing_stop_follows_the_best_price([Values(1, -1)] int side)
    {
        EngineHarness engine = With(new StrategyRecord(), new ExitRulesRecord { TrailingOffset = 0.01m });
        Assert.That(Enter(engine, side, 100).One<Protected>().Trailing, Is.EqualTo(side > 0 ? 99m : 101m));
        Assert.That(engine.Trade(100 + (side * 10)).One<Protected>().Trailing, Is.EqualTo(side > 0 ? 108.9m : 90.9m));
        Assert.That(engine.Trade(100 + (side * 9.5m)).All, Is.Empty, "it does not go back");
        Leaves(engine, engine.Trade(side > 0 ? 108.9m : 90.9m), ExitReason.TrailingStop);
    }

    [Test]
    public void A_trailing_stop_waits_for_its_profit()
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 0.05m }, new ExitRulesRecord { TrailingOffset = 0.01m, TrailingActivation = 0.02m });
        Assert.That(Enter(engine, 1, 100).One<Protected>(), Is.EqualTo(new Protected(1, 95, null, null, null, null)));
        Assert.That(engine.Trade(101.99m).All, Is.Empty);
        Assert.That(engine.Trade(102).One<Protected>().Trailing, Is.EqualTo(100.98m));
        Leaves(engine, engine.Trade(90), ExitReason.TrailingStop);
    }

    [Test]
    [Description("R125: held for as long as it may, to the nanosecond; the market order leaves with the timer, before any price")]
    public void A_position_leaves_after_its_longest_time()
    {
        EngineHarness engine = With(new StrategyRecord(), new ExitRulesRecord { MaximumHoldNanos = 24 * Hour });
        Reply filled = Enter(engine, 1, 100);
        long due = engine.NowNanos + (24 * Hour);
        Assert.That(filled.One<Protected>(), Is.EqualTo(new Protected(1, null, null, null, null, due)));
        Assert.That(engine.SendAt(due - 1, InputBytes.Tick(due - 1)).All, Is.Empty);
        Reply leaves = engine.SendAt(due, InputBytes.Tick(due));
        Leaves(engine, leaves, ExitReason.TimeExit, due + EngineHarness.SecondNanos);
        Assert.That(engine.State.Timers.Count, Is.Zero);
    }

    [Test]
    public void A_time_exit_that_the_venue_rejected_is_tried_again_at_the_next_price()
    {
        EngineHarness engine = With(new StrategyRecord(), new ExitRulesRecord { MaximumHoldNanos = Hour });
        Enter(engine, 1, 100);
        long due = engine.NowNanos + Hour;
        ulong exit = engine.SendAt(due, InputBytes.Tick(due)).One<Sent>().Id;
        engine.NowNanos = due;
        engine.News(exit, ExecutionKind.Rejected);
        Assert.That(engine.Trade(100).Of<Sent>(), Has.Length.LessThanOrEqualTo(1));
        Assert.That(engine.State.Orders.Rows.Length, Is.GreaterThan(2), "another order");
    }

    [Test]
    public void A_round_that_ends_early_takes_its_time_exit_with_it()
    {
        EngineHarness engine = With(new StrategyRecord(), new ExitRulesRecord { MaximumHoldNanos = Hour });
        Enter(engine, 1, 100);
        ulong exit = engine.Signal(Direction.Neutral).One<Sent>().Id;
        Assert.That(engine.Fill(exit, 1, 100).One<Protected>(), Is.EqualTo(new Protected(0, null, null, null, null, null)), "flat: nothing protects");
        Assert.That(engine.State.Timers.Count, Is.Zero);
    }

    [TestCase(1, 105, 106)]
    [TestCase(1, 104, 110)]
    [TestCase(1, 105, 105)]
    [TestCase(-1, 94, 95)]
    [TestCase(-1, 90, 96)]
    [Description("A long position leaves at the bid and a short one at the ask, for its target too")]
    public void A_quote_reaches_a_target_where_the_position_would_leave(int side, double bid, double ask)
    {
        EngineHarness engine = With(new StrategyRecord { TakeProfit = 0.05m }, new ExitRulesRecord());
        Enter(engine, side, 100);
        bool reached = side > 0 ? bid >= 105 : ask <= 95;
        Assert.That(engine.Quote((decimal)bid, (decimal)ask).Of<Sent>(), Has.Length.EqualTo(reached ? 1 : 0));
    }

    [Test]
    [Description("T15: a position whose level cannot be made is alarmed at once and each minute, with its age, until it can")]
    public void A_position_without_its_level_is_alarmed_until_it_has_one()
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 1 }, new ExitRulesRecord { Stop = ExitMode.StandardDeviation });
        engine.Trade(100);
        Reply held = engine.Hold(2, 100);
        Alert alarm = held.One<Alert>();
        Assert.That((alarm.Severity, alarm.Reason, alarm.Expected, alarm.Actual), Is.EqualTo((Severity.Critical, ReasonCode.Unprotected, Scaled.Raw(2), 0L)));
        long since = engine.NowNanos;
        engine.NowNanos += 59 * EngineHarness.SecondNanos;
        Alert again = engine.Send(InputBytes.Tick(0)).One<Alert>();
        Assert.That((again.Reason, again.Actual), Is.EqualTo((ReasonCode.Unprotected, engine.NowNanos - since)));
        engine.Bar(100, 100, 100, 100);
        engine.Bar(100, 102, 100, 102);
        Protected made = engine.Bar(102, 102, 100, 100).One<Protected>();
        Assert.That(made.Stop, Is.EqualTo(97.2m));
        Assert.That(engine.State.Timers.Count, Is.Zero, "no more alarms");
    }

    [Test]
    [Description("A rule that changes at run time protects what is held already")]
    public void New_rules_move_the_levels_of_what_is_held()
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 0.02m }, new ExitRulesRecord());
        Enter(engine, 1, 100);
        Protected moved = engine.Send(new StrategyRecord { StopLoss = 0.03m, TakeProfit = 0.1m }.Encode()).One<Protected>();
        Assert.That((moved.Stop, moved.Target), Is.EqualTo(((decimal?)97m, (decimal?)110m)));
        Assert.That(engine.Send(new StrategyRecord().Encode()).One<Protected>(), Is.EqualTo(new Protected(0, null, null, null, null, null)));
        Assert.That(engine.Trade(1).Has0<Sent>(), Is.True);
    }

    [Test]
    [Description("One exit reason a trade: what was touched first keeps the name")]
    public void The_reason_of_a_trade_is_that_of_the_exit_that_left_first()
    {
        EngineHarness engine = With(new StrategyRecord { StopLoss = 0.02m, TakeProfit = 0.02m }, new ExitRulesRecord { MaximumHoldNanos = Hour });
        Enter(engine, 1, 100);
        ulong exit = engine.Trade(102).One<Sent>().Id;
        engine.Trade(90);
        engine.NowNanos += 2 * Hour;
        engine.Trade(90);
        Assert.That(engine.Fill(exit, 1, 90).One<TradeNews>().Exit, Is.EqualTo(ExitReason.TakeProfit));
    }

    private static void Leaves(EngineHarness engine, Reply reply, ExitReason reason, long? at = null)
    {
        Sent exit = reply.One<Sent>();
        Assert.That((exit.Type, exit.Quantity), Is.EqualTo((OrderType.Market, 1m)));
        engine.NowNanos = at ?? engine.NowNanos;
        Assert.That(engine.Fill(exit.Id, 1, 100).One<TradeNews>().Exit, Is.EqualTo(reason));
    }

    private static void Bars(EngineHarness engine)
    {
        engine.Bar(100, 100, 100, 100);
        engine.Bar(100, 102, 100, 102);
        engine.Bar(102, 102, 100, 100);
    }

    private static Reply Enter(EngineHarness engine, int side, decimal price)
    {
        engine.Trade(price);
        Sent entry = engine.Signal(side > 0 ? Direction.Long : Direction.Short).One<Sent>();
        return engine.Fill(entry.Id, 1, price);
    }

    private static EngineHarness With(StrategyRecord strategy, ExitRulesRecord exits)
    {
        var engine = new EngineHarness();
        engine.Send(exits.Encode());
        engine.Send(strategy.Encode());
        return engine;
    }
}
