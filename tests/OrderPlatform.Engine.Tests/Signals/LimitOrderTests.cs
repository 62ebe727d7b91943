using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

public class LimitOrderTests
{
    [TestCase(Direction.Long, 100, 0.001, 99.9)]
    [TestCase(Direction.Short, 100, 0.001, 100.1)]
    [TestCase(Direction.Long, 99.99, 0.001, 99.89)]
    [TestCase(Direction.Short, 99.99, 0.001, 100.09)]
    [TestCase(Direction.Long, 100, 0, 100)]
    [TestCase(Direction.Short, 100, 0, 100)]
    public void A_limit_rests_a_fraction_away_and_rounds_away_from_the_market(Direction direction, double mark, double offset, double price)
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit, LimitOffset = (decimal)offset });
        engine.Trade((decimal)mark);
        Sent order = engine.Signal(direction).One<Sent>();
        Assert.That((order.Type, order.Price), Is.EqualTo((OrderType.Limit, (decimal?)price)));
        Assert.That(Scaled.Of(engine.Account.Reserved.Raw), Is.EqualTo((decimal)price), "the limit reserves");
    }

    [Test]
    public void A_limit_below_one_tick_is_one_tick()
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit, LimitOffset = 0.9m });
        engine.Trade(0.05m);
        engine.Hold(-2, 0.05m);
        Assert.That(engine.Signal(Direction.Neutral).One<Sent>().Price, Is.EqualTo(0.01m), "never an order at price zero");
    }

    [Test]
    public void An_equity_fraction_is_sized_at_the_limit()
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit, LimitOffset = 0.5m, EquityFraction = 0.01m });
        engine.Trade(100);
        Assert.That(engine.Signal(Direction.Long).One<Sent>().Quantity, Is.EqualTo(20m));
    }
}
