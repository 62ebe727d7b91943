using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

public class BalanceTests
{
    private const decimal Step = 0.001m;

    [TestCase(1, 1_000)]
    [TestCase(3, 3_000)]
    [TestCase(0.5, 500)]
    public void Exposure_may_reach_equity_times_leverage_and_no_more(double leverage, int most)
    {
        EngineHarness engine = With((decimal)leverage);
        decimal refused = (most / 100m) + Step;
        Assert.That(engine.Submit(Side.Buy, refused).One<Refused>(),
            Is.EqualTo(new Refused(CheckKind.Balance, ReasonCode.InsufficientBalance, refused, most + 0.1m, most, Side.Buy)));
        Assert.That(engine.Submit(Side.Sell, most / 100m).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void The_fee_of_taking_is_part_of_the_price()
    {
        EngineHarness engine = With(1, takerFee: 0.001m);
        Assert.That(engine.Submit(Side.Buy, 10).One<Refused>().Value, Is.EqualTo(1_001m));
        Assert.That(engine.Submit(Side.Buy, 9.99m).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void What_open_orders_reserve_is_not_given_twice()
    {
        EngineHarness engine = With(1);
        ulong first = engine.Submit(Side.Buy, 6, limit: 100).One<Sent>().Id;
        Assert.That(engine.Submit(Side.Buy, 5, limit: 100).One<Refused>().Reason, Is.EqualTo(ReasonCode.InsufficientBalance));
        engine.News(first, ExecutionKind.Cancelled);
        Assert.That(engine.Submit(Side.Buy, 5, limit: 100).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_reversal_gives_back_the_exposure_of_what_it_closes()
    {
        EngineHarness engine = With(1);
        engine.Hold(10, 100);
        Assert.That(engine.Submit(Side.Buy, Step).One<Refused>().Reason, Is.EqualTo(ReasonCode.InsufficientBalance));
        Assert.That(engine.Submit(Side.Sell, 20).One<Sent>().Quantity, Is.EqualTo(20m));
    }

    [Test]
    public void A_loss_at_the_mark_takes_room_away()
    {
        EngineHarness engine = With(1);
        engine.Hold(5, 100);
        engine.Trade(50);
        Refused refused = engine.Submit(Side.Buy, 10.001m).One<Refused>();
        Assert.That((refused.Value, refused.Limit), Is.EqualTo((750.05m, 750m)));
    }

    private static EngineHarness With(decimal leverage, decimal takerFee = 0)
    {
        var engine = new EngineHarness(account: new AccountRecord { Cash = 1_000, Leverage = leverage }, venue: new VenueRecord { TakerFee = takerFee });
        engine.Trade(100);
        return engine;
    }
}
