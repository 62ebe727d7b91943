using System.Text.Json;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Engine.Tests.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>
/// What prices and fills alone break (R114, R119, R127, T16): the state changes at once, what would open is cancelled, and positions close if so configured.
/// </summary>
internal sealed class MonitorTests
{
    [Test]
    [Description("D1; seeds_derived seed_daily_loss_two_units: the quote limit trips first")]
    public void Of_two_daily_limits_the_smaller_one_acts_and_reducing_orders_are_still_allowed([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        JsonElement known = KnownAnswer.Case("seeds_derived.json", "seed_daily_loss_two_units").GetProperty("input");
        decimal most = known.Decimal("max_daily_loss_quote");
        decimal soFar = known.Decimal("loss_so_far");
        decimal then = soFar + known.Decimal("new_loss");
        var engine = new EngineHarness(account: new AccountRecord { Cash = known.Decimal("equity_at_day_start") });
        engine.Trade(1_000);
        engine.Send(new LimitsRecord { Scope = scope, MaximumDailyLoss = most, MaximumDailyLossFraction = known.Decimal("max_daily_loss_fraction") }.Encode());
        engine.Hold(10, 1_000);
        Assert.That(engine.Trade(1_000 - (soFar / 10)).Has0<StateNews>(), Is.True);
        StateNews news = engine.Trade(1_000 - (then / 10)).One<StateNews>();
        Assert.That(news, Is.EqualTo(new StateNews(scope, 1, TradingState.Reducing, ReasonCode.DailyLossLimit, then, most)), "the quote limit at 1000.01");
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.DailyLossLimit));
        Assert.That(engine.Submit(Side.Sell, 10).Of<Sent>(), Has.Length.EqualTo(1), "T16");
    }

    [Test]
    [Description("R114: max_daily_loss 0.1 of the day's opening equity")]
    public void A_fraction_of_the_opening_equity_is_a_limit_from_the_first_day_on([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = Holding(new LimitsRecord { Scope = scope, MaximumDailyLossFraction = 0.05m });
        engine.Trade(500.01m);
        StateNews news = engine.Trade(500).One<StateNews>();
        Assert.That((news.Value, news.Limit), Is.EqualTo((5_000m, 5_000m)));
    }

    [Test]
    public void A_breach_is_sticky_until_the_day_ends_though_the_loss_is_won_back([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = Holding(new LimitsRecord { Scope = scope, MaximumDailyLoss = 1_000 });
        engine.Trade(900);
        engine.Trade(1_000);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>(), Is.EqualTo(new Refused(CheckKind.TradingState, ReasonCode.Reducing, 1, 1, 0, Side.Buy)));
        engine.NowNanos = EngineHarness.StartNanos + EngineHarness.DayNanos - EngineHarness.SecondNanos;
        Reply reply = engine.Submit(Side.Buy, 1);
        Assert.That(reply.One<StateNews>().State, Is.EqualTo(TradingState.Active));
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R114: a loss in another currency grows with that currency, and the next price of the position shows it though it is the same price")]
    public void A_currency_that_moves_brings_a_loss_to_the_limit_at_the_next_price_of_the_position()
    {
        var engine = new EngineHarness();
        engine.Send(new InstrumentRecord { Id = 2 }.Encode());
        engine.Trade(1, instrument: 2);
        engine.Send(new AccountRecord { Conversion = 2 }.Encode());
        engine.Trade(1_000);
        engine.Send(new LimitsRecord { Scope = Scope.Client, MaximumDailyLoss = 600 }.Encode());
        engine.Hold(10, 1_000);
        Assert.That(engine.Trade(950).Has0<StateNews>(), Is.True);
        Assert.That(engine.Trade(2, instrument: 2).Has0<StateNews>(), Is.True);
        StateNews news = engine.Trade(950).One<StateNews>();
        Assert.That((news.Reason, news.Value, news.Limit), Is.EqualTo((ReasonCode.DailyLossLimit, 1_000m, 600m)));
    }

    [Test]
    public void A_breach_survives_a_restart()
    {
        EngineHarness engine = Holding(new LimitsRecord { MaximumDailyLoss = 1_000, ReduceOnBreach = true });
        engine.Trade(900);
        var restored = BusinessLogicProcessor.Restore(Captured.Of(engine.Engine), engine.State.Limits);
        Assert.That((restored.State.Strategies[0].State, restored.State.Strategies[0].StateReason, restored.State.Strategies[0].IsWatched),
            Is.EqualTo((TradingState.Reducing, ReasonCode.DailyLossLimit, true)));
        Assert.That(restored.DigestText(), Is.EqualTo(engine.Engine.DigestText()));
    }

    [Test]
    [Description("T16: a trip cancels what increases and leaves what reduces; R119: manual alert")]
    public void A_breach_cancels_what_would_open_and_tells_a_person()
    {
        EngineHarness engine = Holding(new LimitsRecord { MaximumDailyLoss = 1_000 });
        ulong opens = engine.Submit(Side.Buy, 1, limit: 500).One<Sent>().Id;
        engine.Submit(Side.Sell, 1, limit: 1_500).One<Sent>();
        Reply reply = engine.Trade(900);
        Assert.That(reply.One<CancelSent>().Id, Is.EqualTo(opens));
        Assert.That(reply.One<Alert>().Reason, Is.EqualTo(ReasonCode.RiskBreach));
        Assert.That(reply.Has0<Sent>(), Is.True, "no reduction without being asked for");
        Assert.That(engine.Trade(890).Has0<Alert>(), Is.True, "once");
    }

    [Test]
    [Description("R119, R127: automatic position reduction; the exit reason is the breach")]
    public void With_reduction_the_position_is_closed_at_the_market([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = Holding(new LimitsRecord { Scope = scope, MaximumDailyLoss = 1_000, ReduceOnBreach = true });
        Reply reply = engine.Trade(900);
        Sent close = reply.One<Sent>();
        Assert.That((close.Side, close.Type, close.Quantity), Is.EqualTo((Side.Sell, OrderType.Market, 10m)));
        Assert.That(reply.Of<Alert>().Select(alert => alert.Reason), Is.EqualTo(new[] { ReasonCode.RiskBreach, ReasonCode.AutomaticReduction }));
        Assert.That(engine.Trade(880).Has0<Sent>(), Is.True, "it leaves already");
        Assert.That(engine.Fill(close.Id, 10, 880).One<TradeNews>().Exit, Is.EqualTo(ExitReason.RiskBreach));
    }

    [Test]
    [Description("T16, T17: a fill that the breach could not stop any more is closed as well")]
    public void What_fills_after_the_breach_is_closed_too()
    {
        EngineHarness engine = Holding(new LimitsRecord { MaximumDailyLoss = 1_000, ReduceOnBreach = true });
        ulong late = engine.Submit(Side.Buy, 2, limit: 950).One<Sent>().Id;
        ulong close = engine.Trade(900).One<Sent>().Id;
        engine.Fill(close, 10, 900);
        Sent second = engine.Fill(late, 2, 950).One<Sent>();
        Assert.That((second.Side, second.Quantity), Is.EqualTo((Side.Sell, 2m)));
    }

    [Test]
    public void A_fill_alone_can_break_a_limit()
    {
        EngineHarness engine = Holding(new LimitsRecord { MaximumDailyLoss = 1_000 });
        ulong sell = engine.Submit(Side.Sell, 10).One<Sent>().Id;
        Assert.That(engine.Fill(sell, 10, 900).One<StateNews>().Value, Is.EqualTo(1_000m));
    }

    [Test]
    [Description("drawdown from the highest result; a person resumes it, and it counts anew")]
    public void A_drawdown_ends_only_when_a_person_resumes([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = Holding(new LimitsRecord { Scope = scope, MaximumDrawdown = 1_000 });
        engine.Trade(1_200);
        Assert.That(engine.Trade(1_100.01m).Has0<StateNews>(), Is.True);
        Assert.That(engine.Trade(1_100).One<StateNews>(), Is.EqualTo(new StateNews(scope, 1, TradingState.Reducing, ReasonCode.DrawdownLimit, 1_000, 1_000)));
        engine.NowNanos += EngineHarness.DayNanos;
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.DrawdownLimit), "a new day changes nothing");
        engine.Command(OperatorAction.Resume, scope, 1);
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Trade(1_000.01m).Has0<StateNews>(), Is.True, "counted from the result at the resume");
        Assert.That(engine.Trade(1_000).One<StateNews>().Reason, Is.EqualTo(ReasonCode.DrawdownLimit));
    }

    [Test]
    public void A_drawdown_can_be_a_fraction_of_the_equity_at_the_highest_result([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = Holding(new LimitsRecord { Scope = scope, MaximumDrawdownFraction = 0.05m });
        engine.Trade(11_000);
        StateNews news = engine.Trade(10_000).One<StateNews>();
        Assert.That((news.Value, news.Limit), Is.EqualTo((10_000m, 10_000m)), "200,000 at the top");
    }

    [Test]
    [Description("R107 continuous: prices alone raise the leverage")]
    public void Leverage_that_prices_raise_above_the_limit_is_a_breach([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        var engine = new EngineHarness(account: new AccountRecord { Cash = 10_000 });
        engine.Trade(1_000);
        engine.Hold(20, 1_000);
        engine.Send(new LimitsRecord { Scope = scope, MaximumLeverage = 3, ReduceOnBreach = true }.Encode());
        Assert.That(engine.Trade(750).Has0<StateNews>(), Is.True, "15,000 over 5,000");
        Reply reply = engine.Trade(749);
        Assert.That(reply.One<StateNews>().Reason, Is.EqualTo(ReasonCode.LeverageLimit));
        Assert.That(reply.One<Sent>().Quantity, Is.EqualTo(20m));
    }

    [Test]
    public void Concentration_closes_the_instrument_that_breaks_it_and_no_other()
    {
        var engine = new EngineHarness();
        engine.Send(new InstrumentRecord { Id = 2 }.Encode());
        engine.Trade(100);
        engine.Trade(100, instrument: 2);
        engine.Fill(engine.Submit(Side.Buy, 100).One<Sent>().Id, 100, 100);
        Sent other = engine.Submit(Side.Buy, 100, instrument: 2).One<Sent>();
        engine.Fill(other.Id, 100, 100);
        engine.Send(new LimitsRecord { Scope = Scope.Client, MaximumConcentration = 0.5m, ReduceOnBreach = true }.Encode());
        Reply reply = engine.Trade(1_000);
        Assert.That(reply.One<StateNews>().Reason, Is.EqualTo(ReasonCode.ConcentrationLimit));
        Assert.That(reply.One<Sent>().Instrument, Is.EqualTo(1u));
    }

    [Test]
    [Description("D1: a deposit is no profit, and fractions are of what there is")]
    public void A_withdrawal_counts_as_if_it_had_gone_before_the_day()
    {
        EngineHarness engine = Holding(new LimitsRecord { MaximumDailyLossFraction = 0.05m });
        engine.Send(RiskInputs.Withdrawal(1, 50_000));
        Assert.That(engine.Trade(750).One<StateNews>().Limit, Is.EqualTo(2_500m));
    }

    [Test]
    public void A_halt_is_stronger_than_a_breach_and_a_resume_does_not_hide_one()
    {
        EngineHarness engine = Holding(new LimitsRecord { MaximumDailyLoss = 1_000 });
        engine.Command(OperatorAction.Halt, Scope.Strategy, 1);
        Assert.That(engine.Trade(900).Has0<StateNews>(), Is.True);
        engine.Command(OperatorAction.Resume, Scope.Strategy, 1);
        Assert.That(engine.Trade(899).One<StateNews>().State, Is.EqualTo(TradingState.Reducing));
    }

    private static EngineHarness Holding(LimitsRecord limits)
    {
        var engine = new EngineHarness();
        engine.Trade(1_000);
        engine.Send(limits.Encode());
        engine.Hold(10, 1_000);
        return engine;
    }
}
