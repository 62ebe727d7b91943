using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>Each limit exactly at its bound and one unit beyond, for a client and for a strategy (D2, R106 to R121).</summary>
public class OrderLimitTests
{
    private const decimal Step = 0.001m;

    [Test]
    public void The_largest_order_quantity_passes_and_a_step_more_does_not([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumOrderQuantity = 10 });
        AssertBound(engine, 10, 10 + Step, CheckKind.OrderQuantity, ReasonCode.QuantityAboveMaximum, 10 + Step, 10);
    }

    [Test]
    public void The_smallest_order_quantity_passes_and_a_step_less_does_not([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MinimumOrderQuantity = 2 });
        AssertBound(engine, 2, 2 - Step, CheckKind.OrderQuantity, ReasonCode.QuantityBelowMinimum, 2 - Step, 2);
    }

    [Test]
    public void The_largest_order_value_passes_and_a_step_more_does_not([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumOrderNotional = 1_000 });
        AssertBound(engine, 10, 10 + Step, CheckKind.OrderNotional, ReasonCode.NotionalAboveMaximum, 1_000.1m, 1_000);
    }

    [Test]
    public void The_largest_position_counts_what_is_held_and_what_is_ordered([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumPositionQuantity = 10 });
        engine.Hold(4, 100);
        engine.Submit(Side.Buy, 3, limit: 90).One<Sent>();
        AssertBound(engine, 3, Step, CheckKind.PositionQuantity, ReasonCode.PositionQuantityLimit, 10 + Step, 10);
    }

    [Test]
    public void The_largest_position_value_passes_and_a_step_more_does_not([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumPositionNotional = 1_000 });
        engine.Hold(4, 100);
        AssertBound(engine, 6, Step, CheckKind.PositionNotional, ReasonCode.PositionNotionalLimit, 1_000.1m, 1_000);
    }

    [Test]
    public void The_largest_fraction_of_equity_passes_and_a_step_more_does_not([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = With(new LimitsRecord { Scope = scope, MaximumPositionFraction = 0.5m });
        AssertBound(engine, 500, Step, CheckKind.PositionFraction, ReasonCode.PositionFractionLimit, 50_000.1m, 50_000);
    }

    [Test]
    public void The_venues_minimum_and_maximum_quantity_hold_at_their_bounds()
    {
        EngineHarness small = With(null, new InstrumentRecord { MinimumQuantity = 0.5m });
        AssertBound(small, 0.5m, 0.5m - Step, CheckKind.VenueRules, ReasonCode.QuantityBelowMinimum, 0.5m - Step, 0.5m);
        EngineHarness large = With(null, new InstrumentRecord { MaximumQuantity = 5 });
        AssertBound(large, 5, 5 + Step, CheckKind.VenueRules, ReasonCode.QuantityAboveMaximum, 5 + Step, 5);
    }

    [Test]
    public void The_venues_minimum_value_holds_at_its_bound()
    {
        EngineHarness engine = With(null, new InstrumentRecord { MinimumNotional = 50 });
        AssertBound(engine, 0.5m, 0.5m - Step, CheckKind.VenueRules, ReasonCode.NotionalBelowMinimum, 49.9m, 50);
    }

    [Test]
    public void A_quantity_off_the_step_and_a_price_off_the_tick_are_refused()
    {
        EngineHarness engine = With(null);
        Assert.That(engine.Submit(Side.Buy, 1.0005m).One<Refused>().Reason, Is.EqualTo(ReasonCode.QuantityNotOnStep));
        Assert.That(engine.Submit(Side.Buy, 1, limit: 100.005m).One<Refused>().Reason, Is.EqualTo(ReasonCode.PriceNotOnTick));
    }

    [Test]
    public void What_reduces_passes_every_limit_but_the_venues_rules()
    {
        EngineHarness engine = With(null);
        engine.Hold(8, 100);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 1, MaximumOrderNotional = 1, MaximumPositionQuantity = 1 }.Encode());
        engine.Send(new LimitsRecord { Scope = Scope.Client, MinimumOrderQuantity = 9, MaximumPositionFraction = 0, MaximumDailyLoss = 0 }.Encode());
        engine.Send(new AccountRecord { Leverage = 0 }.Encode());
        engine.Command(OperatorAction.Halt);
        Assert.That(engine.Submit(Side.Sell, 8).One<Sent>().Quantity, Is.EqualTo(8m), "D16, T16");
    }

    [Test]
    public void What_two_orders_would_close_together_is_closed_once()
    {
        EngineHarness engine = With(null);
        engine.Hold(8, 100);
        engine.Submit(Side.Sell, 5, limit: 100).One<Sent>();
        engine.Command(OperatorAction.Halt);
        Assert.That(engine.Submit(Side.Sell, 3, limit: 100).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(engine.Submit(Side.Sell, Step, limit: 100).One<Refused>().Reason, Is.EqualTo(ReasonCode.Halted), "a third one would open a short position");
    }

    private static EngineHarness With(LimitsRecord? limits, InstrumentRecord? instrument = null)
    {
        var engine = new EngineHarness(instrument: instrument);
        engine.Trade(100);
        if (limits is not null)
        {
            Assert.That(engine.Send(limits.Encode()).All, Is.Empty);
        }

        return engine;
    }

    /// <summary>The order within is sent and filled; then the one beyond is refused with its numbers.</summary>
    private static void AssertBound(EngineHarness engine, decimal within, decimal beyond, CheckKind check, ReasonCode reason, decimal value, decimal limit)
    {
        Sent passed = engine.Submit(Side.Buy, within).One<Sent>();
        engine.Fill(passed.Id, within, 100);
        Reply reply = engine.Submit(Side.Buy, beyond);
        Assert.That(reply.One<Refused>(), Is.EqualTo(new Refused(check, reason, beyond, value, limit, Side.Buy)));
        Assert.That(reply.Has0<Sent>(), Is.True);
    }
}
