using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Legs of accounts in hedging mode.</summary>
[Description("R83, R85, R87")]
internal sealed class HedgingTests
{
    private static MoneyEngine Hedging(TradingMode trading = TradingMode.LongShort) => new(mode: PositionMode.Hedging, trading: trading);

    [Test]
    public void A_long_and_a_short_leg_stand_side_by_side()
    {
        MoneyEngine engine = Hedging();
        engine.Trade(3, 100, leg: PositionLeg.Long);
        PositionNews news = engine.Trade(-2, 110, leg: PositionLeg.Short).One<PositionNews>();
        Assert.That((news.Leg, news.Quantity, news.Average), Is.EqualTo((PositionLeg.Short, -2m, 110m)));
        Assert.That(Held(engine), Is.EqualTo((3m, -2m)), "nothing was netted");
        TradeNews trade = engine.Trade(2, 105, leg: PositionLeg.Short).One<TradeNews>();
        Assert.That((trade.Leg, trade.Direction, trade.Realised), Is.EqualTo((PositionLeg.Short, Direction.Short, 10m)));
        Assert.That(Held(engine), Is.EqualTo((3m, 0m)));
    }

    [Test]
    public void Who_names_no_leg_opens_the_one_of_the_side_and_reduces_the_other()
    {
        MoneyEngine engine = Hedging();
        engine.Trade(3, 100);
        engine.Trade(-2, 110);
        Assert.That(Held(engine), Is.EqualTo((3m, -2m)));
        engine.Trade(-1, 100, reduceOnly: true);
        engine.Trade(2, 100, reduceOnly: true);
        Assert.That(Held(engine), Is.EqualTo((2m, 0m)));
    }

    [Test]
    public void An_order_never_takes_a_leg_through_zero()
    {
        MoneyEngine engine = Hedging();
        engine.Trade(3, 100);
        Refused refused = engine.Submit(Side.Sell, 4, 1, PositionLeg.Long).One<Refused>();
        Assert.That(refused.Reason, Is.EqualTo(ReasonCode.NotReducing));
        Assert.That(engine.Submit(Side.Buy, 1, 1, PositionLeg.Short).One<Refused>().Reason, Is.EqualTo(ReasonCode.NotReducing));
        Assert.That(engine.Submit(Side.Sell, 3, 1, PositionLeg.Long).One<Sent>().Quantity, Is.EqualTo(3m));
    }

    [Test]
    public void A_netting_account_has_no_legs()
    {
        var engine = new MoneyEngine();
        Assert.That(engine.Submit(Side.Buy, 1, 1, PositionLeg.Long).One<Refused>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        engine.Trade(3, 100, leg: PositionLeg.Net);
        engine.Trade(-5, 100);
        Assert.That(Of(engine.Position().Quantity.Raw), Is.EqualTo(-2m));
        Assert.That(engine.State.Positions.TryFindOrAdd(engine.State, 1, 1, PositionLeg.Short, out _), Is.EqualTo(ReasonCode.InvalidValue));
    }

    [Test]
    public void A_signal_opens_its_leg_and_closes_the_other()
    {
        MoneyEngine engine = Hedging();
        engine.Mark(100);
        Execute(engine, Direction.Long, 100);
        Assert.That(Held(engine), Is.EqualTo((1m, 0m)));
        Execute(engine, Direction.Short, 110);
        Assert.That(Held(engine), Is.EqualTo((0m, -1m)));
        Execute(engine, Direction.Neutral, 100);
        Assert.That(Held(engine), Is.EqualTo((0m, 0m)));
        Assert.That(engine.Cash, Is.EqualTo(1_000_020m), "ten with each leg");
    }

    [Test]
    public void A_sell_signal_of_a_strategy_that_is_never_short_closes_the_long_leg()
    {
        MoneyEngine engine = Hedging(TradingMode.LongOnly);
        engine.Mark(100);
        Execute(engine, Direction.Long, 100);
        Execute(engine, Direction.Short, 100);
        Assert.That(Held(engine), Is.EqualTo((0m, 0m)));
        Assert.That(engine.State.Positions.TryFind(1, 1, PositionLeg.Short, out _), Is.False);
    }

    [Test]
    public void Seeds_have_legs()
    {
        MoneyEngine engine = Hedging();
        Assert.That(Seed(engine, 2, PositionLeg.Long).One<PositionNews>().Leg, Is.EqualTo(PositionLeg.Long));
        Assert.That(Seed(engine, -3, null).One<PositionNews>().Leg, Is.EqualTo(PositionLeg.Short), "of its sign where it says none");
        Assert.That(Held(engine), Is.EqualTo((2m, -3m)));
        Assert.That(Seed(Hedging(), -3, PositionLeg.Long).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "a long leg is not short");
        Assert.That(Seed(new MoneyEngine(), 3, PositionLeg.Long).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "netting");
    }

    private static Reply Seed(MoneyEngine engine, decimal quantity, PositionLeg? leg)
    {
        byte[] bytes = InputBytes.Seed(MoneyEngine.Id, MoneyEngine.Id, Raw(quantity), Raw(100), Raw(7), Raw(2));
        PositionSeedEncoder e = PositionSeedEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = MoneyEngine.Id;
        e.InstrumentId = MoneyEngine.Id;
        e.Quantity = Raw(quantity);
        e.AveragePrice = Raw(100);
        e.RealisedPnl = Raw(7);
        e.Fees = Raw(2);
        e.Leg = leg ?? PositionLeg.NULL_VALUE;
        return engine.Send(bytes);
    }

    private static void Execute(MoneyEngine engine, Direction direction, decimal price)
    {
        foreach (Sent order in engine.Base.Signal(direction, strategy: MoneyEngine.Id, instrument: MoneyEngine.Id).Of<Sent>())
        {
            engine.Fill(order.Id, order.Quantity, price);
        }
    }

    private static (decimal Long, decimal Short) Held(MoneyEngine engine) => (Held(engine, PositionLeg.Long), Held(engine, PositionLeg.Short));

    private static decimal Held(MoneyEngine engine, PositionLeg leg) =>
        engine.State.Positions.TryFind(1, 1, leg, out int row) ? Of(engine.State.Positions[row].Quantity.Raw) : 0;
}
