using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>Leverage, concentration, loss per trade, open orders, message rate, own orders: at their bounds and one step beyond (R107, R108, R120).</summary>
internal sealed class CapitalCheckTests
{
    private const decimal Step = 0.001m;

    [Test]
    [Description("R107: max_leverage 3.0")]
    public void Exposure_may_be_three_times_the_equity_and_no_more([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumLeverage = 3 });
        Sent order = engine.Submit(Side.Buy, 1_000).One<Sent>();
        engine.Fill(order.Id, 1_000, 100);
        engine.Submit(Side.Buy, 1_000, limit: 100).One<Sent>();
        Refused refused = engine.Submit(Side.Buy, 1_000 + Step, limit: 100).One<Refused>();
        Assert.That((refused.Check, refused.Reason, refused.Limit), Is.EqualTo((CheckKind.Leverage, ReasonCode.LeverageLimit, 3m)));
        Assert.That(refused.Value, Is.EqualTo(3.000001m));
        Assert.That(engine.Submit(Side.Buy, 1_000, limit: 100).One<ChecksMade>().Of(CheckKind.Leverage),
            Is.EqualTo(new Checked(CheckKind.Leverage, scope, true, 3, 3)));
    }

    [Test]
    [Description("R120 ConcentrationCheck: over all strategies of the client")]
    public void An_instruments_share_of_equity_counts_all_strategies_of_the_client([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(null);
        engine.Send(new StrategyRecord { Id = 2 }.Encode());
        engine.Send(new LimitsRecord { Scope = scope, Id = scope == Scope.Client ? 1u : 2u, MaximumConcentration = 0.5m }.Encode());
        engine.Hold(200, 100);
        engine.Submit(Side.Buy, 100, limit: 100).One<Sent>();
        Assert.That(engine.Submit(Side.Buy, 200, strategy: 2).One<ChecksMade>().Of(CheckKind.Concentration),
            Is.EqualTo(new Checked(CheckKind.Concentration, scope, true, 0.5m, 0.5m)));
        Refused refused = engine.Submit(Side.Buy, Step, strategy: 2).One<Refused>();
        Assert.That((refused.Check, refused.Reason, refused.Value), Is.EqualTo((CheckKind.Concentration, ReasonCode.ConcentrationLimit, 0.500001m)));
    }

    [TestCase(0.02, 500, true)]
    [TestCase(0.02, 500.001, false)]
    [TestCase(0, 10, true)]
    [TestCase(0, 10.001, false)]
    [Description("R120 MaxLossCheck: quantity x distance to the stop; without a stop the whole value can be lost")]
    public void An_order_may_lose_the_limit_at_its_stop_and_no_more(double stop, double quantity, bool accepted)
    {
        var engine = new EngineHarness(new StrategyRecord { StopLoss = stop == 0 ? null : (decimal)stop });
        engine.Trade(100);
        engine.Send(new LimitsRecord { MaximumLossPerTrade = 1_000 }.Encode());
        Reply reply = engine.Submit(Side.Buy, (decimal)quantity);
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(accepted ? 1 : 0));
        decimal loss = (decimal)quantity * 100 * (stop == 0 ? 1 : (decimal)stop);
        Assert.That(reply.One<ChecksMade>().Of(CheckKind.LossPerTrade), Is.EqualTo(new Checked(CheckKind.LossPerTrade, Scope.Strategy, accepted, loss, 1_000)));
    }

    [Test]
    [Description("R108")]
    public void Open_orders_may_reach_the_limit_and_no_more([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumOpenOrders = 2 });
        ulong first = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        engine.Submit(Side.Buy, 1, limit: 90).One<Sent>();
        Assert.That(engine.Submit(Side.Buy, 1, limit: 90).One<Refused>(),
            Is.EqualTo(new Refused(CheckKind.OpenOrders, ReasonCode.OpenOrderLimit, 1, 3, 2, Side.Buy)));
        engine.News(first, ExecutionKind.Cancelled);
        Assert.That(engine.Submit(Side.Buy, 1, limit: 90).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    [Description("R108: ten orders a second; D16: what reduces always goes out")]
    public void Requests_in_the_window_may_reach_the_limit_and_what_reduces_still_goes_out([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(null);
        engine.Hold(5, 100);
        engine.Send(new LimitsRecord { Scope = scope, MaximumMessages = 2, MessageWindowNanos = 10 * EngineHarness.SecondNanos }.Encode());
        ulong resting = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        long began = engine.NowNanos;
        engine.Cancel(resting).One<CancelSent>();
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>(), Is.EqualTo(new Refused(CheckKind.MessageRate, ReasonCode.MessageRateLimit, 1, 3, 2, Side.Buy)));
        Assert.That(engine.Submit(Side.Sell, 5).Of<Sent>(), Has.Length.EqualTo(1), "D16");
        engine.NowNanos = began + (9 * EngineHarness.SecondNanos);
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1), "a new window begins ten seconds after the first request of the one before");
    }

    [TestCase(Side.Sell, 90, false)]
    [TestCase(Side.Sell, 90.01, true)]
    [TestCase(Side.Buy, 90, true)]
    [Description("self-trade prevention before sending: stp_faq.md, EXPIRE_TAKER")]
    public void An_order_that_would_meet_the_clients_own_is_not_sent(Side side, double price, bool accepted)
    {
        EngineHarness engine = With(null);
        engine.Send(RiskInputs.Client(1, SelfTradePrevention.ExpireTaker));
        engine.Send(new StrategyRecord { Id = 2 }.Encode());
        engine.Submit(Side.Buy, 1, limit: 90).One<Sent>();
        Reply reply = engine.Submit(side, 1, limit: (decimal)price, strategy: 2);
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(accepted ? 1 : 0));
        Assert.That(reply.One<ChecksMade>().Of(CheckKind.SelfTrade),
            Is.EqualTo(new Checked(CheckKind.SelfTrade, Scope.Client, accepted, (decimal)price, accepted ? 0 : 90)));
    }

    [Test]
    public void A_market_order_meets_whatever_rests_and_an_ended_order_rests_no_more()
    {
        EngineHarness engine = With(null);
        engine.Send(RiskInputs.Client(1, SelfTradePrevention.ExpireBoth));
        ulong resting = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        Assert.That(engine.Submit(Side.Sell, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.SelfTrade));
        engine.News(resting, ExecutionKind.Cancelled);
        Assert.That(engine.Submit(Side.Sell, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    private static EngineHarness With(LimitsRecord? limits)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        if (limits is not null)
        {
            engine.Send(limits.Encode());
        }

        return engine;
    }
}
