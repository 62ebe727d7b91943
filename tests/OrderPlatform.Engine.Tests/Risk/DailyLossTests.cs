using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>The absolute daily loss (D1, R121): from the limit on nothing increases, and the day rolls at 00:00 UTC.</summary>
public class DailyLossTests
{
    [TestCase(900.01, false)]
    [TestCase(900, true)]
    [TestCase(899.99, true)]
    public void The_loss_counts_from_the_limit_on(double mark, bool refused)
    {
        EngineHarness engine = Losing(Scope.Strategy);
        engine.Trade((decimal)mark);
        Reply reply = engine.Submit(Side.Buy, 1);
        Assert.That(reply.Has0<Sent>(), Is.EqualTo(refused));
        Assert.That(reply.Of<Refused>(), refused
            ? Is.EqualTo(new[] { new Refused(CheckKind.DailyLoss, ReasonCode.DailyLossLimit, 1, (1_000 - (decimal)mark) * 10, 1_000, Side.Buy) })
            : Is.Empty);
    }

    [Test]
    public void Realised_loss_and_fees_count_as_well()
    {
        EngineHarness engine = Losing(Scope.Strategy);
        ulong sell = engine.Submit(Side.Sell, 10).One<Sent>().Id;
        engine.Fill(sell, 10, 901, fee: 10);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Value, Is.EqualTo(1_000m), "990 lost and 10 paid");
    }

    [Test]
    public void What_reduces_is_never_blocked_by_a_loss()
    {
        EngineHarness engine = Losing(Scope.Client);
        engine.Trade(500);
        Assert.That(engine.Submit(Side.Sell, 10).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_clients_loss_is_the_sum_over_its_strategies()
    {
        EngineHarness engine = Losing(Scope.Client);
        engine.Send(new StrategyRecord { Id = 2 }.Encode());
        engine.Trade(900);
        Assert.That(engine.Submit(Side.Buy, 1, strategy: 2).One<Refused>().Reason, Is.EqualTo(ReasonCode.DailyLossLimit));
    }

    [Test]
    public void A_strategys_loss_is_not_its_neighbours()
    {
        EngineHarness engine = Losing(Scope.Strategy);
        engine.Send(new StrategyRecord { Id = 2 }.Encode());
        engine.Trade(900);
        Assert.That(engine.Submit(Side.Buy, 1, strategy: 2).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_new_day_begins_at_midnight_with_the_marks_of_the_evening()
    {
        EngineHarness engine = Losing(Scope.Strategy);
        engine.Trade(900);
        engine.NowNanos = EngineHarness.StartNanos + EngineHarness.DayNanos - (2 * EngineHarness.SecondNanos);
        Assert.That(engine.Submit(Side.Buy, 1).Has0<Sent>(), Is.True, "a second before midnight");
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1), "at midnight");
        engine.Trade(801);
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1), "990 lost today");
        engine.Trade(800);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Value, Is.EqualTo(1_000m));
    }

    [Test]
    public void What_a_seed_brings_along_is_no_result_of_today()
    {
        var engine = new EngineHarness();
        engine.Send(new LimitsRecord { MaximumDailyLoss = 100 }.Encode());
        engine.Send(new LimitsRecord { Scope = Scope.Client, MaximumDailyLoss = 100 }.Encode());
        engine.Trade(100);
        engine.Send(InputBytes.Seed(1, 1, Scaled.Raw(10), Scaled.Raw(150), Scaled.Raw(-5_000), Scaled.Raw(25))).One<PositionNews>();
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
        engine.Trade(90);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Value, Is.EqualTo(100m), "ten units times ten since the seed");
    }

    private static EngineHarness Losing(Scope scope)
    {
        var engine = new EngineHarness();
        engine.Send(new LimitsRecord { Scope = scope, MaximumDailyLoss = 1_000 }.Encode());
        engine.Trade(1_000);
        engine.Hold(10, 1_000);
        return engine;
    }
}
