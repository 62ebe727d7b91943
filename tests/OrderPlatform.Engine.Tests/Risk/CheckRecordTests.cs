using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>Each checked order leaves one record of all its checks: check, whose limit, value, limit, verdict (R109, R120, R193).</summary>
internal sealed class CheckRecordTests
{
    /// <summary>Kinds of checks before an order: so many entries fit into an output.</summary>
    private const int KindsMax = 20;

    private static readonly LimitsRecord Everything = new()
    {
        MinimumOrderQuantity = 0.001m,
        MaximumOrderQuantity = 1_000,
        MaximumOrderNotional = 100_000,
        MaximumPositionQuantity = 1_000,
        MaximumPositionNotional = 100_000,
        MaximumPositionFraction = 0.9m,
        MaximumDailyLoss = 1_000,
        MaximumDailyLossFraction = 0.1m,
        MaximumDrawdown = 2_000,
        MaximumDrawdownFraction = 0.2m,
        MaximumPriceDeviation = 0.05m,
        MaximumConcentration = 0.9m,
        MaximumLeverage = 3,
        MaximumLossPerTrade = 500,
        MaximumOpenOrders = 5,
        MaximumMessages = 10,
        MaximumPriceAgeNanos = 60 * EngineHarness.SecondNanos,
        MaximumSlippage = 0.01m,
    };

    [Test]
    [Description("R193")]
    public void An_order_without_any_limit_is_checked_for_the_venues_rules_and_the_capital()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        ChecksMade made = engine.Submit(Side.Buy, 1).One<ChecksMade>();
        Assert.That(made.All.Select(entry => entry.Check), Is.EqualTo(new[] { CheckKind.VenueRules, CheckKind.Balance }));
        Assert.That((made.Client, made.Strategy, made.Reason, made.Quantity, made.Price), Is.EqualTo((1u, 1u, ReasonCode.None, 1m, 100m)));
        Assert.That(made.Of(CheckKind.Balance), Is.EqualTo(new Checked(CheckKind.Balance, Scope.Account, true, 100, 100_000_000)));
    }

    [Test]
    [Description("R109 to R121: every check named there")]
    public void With_every_limit_set_every_check_leaves_its_entry_and_the_record_fits_into_an_output()
    {
        var engine = new EngineHarness(new StrategyRecord { StopLoss = 0.02m });
        engine.Send(RiskInputs.Client(1, SelfTradePrevention.ExpireTaker));
        engine.Send(Everything.Encode());
        engine.Send((Everything with { Scope = Scope.Client }).Encode());
        engine.Send(RiskInputs.Breaker(Scope.Client, 1, rejects: 3));
        engine.Trade(100);
        ChecksMade made = engine.Signal(Direction.Long).One<ChecksMade>();
        CheckKind[] all =
        [
            CheckKind.VenueRules, CheckKind.DailyLoss, CheckKind.Drawdown, CheckKind.Breaker, CheckKind.OrderQuantity, CheckKind.OrderNotional,
            CheckKind.PriceCollar, CheckKind.StalePrice, CheckKind.Slippage, CheckKind.PositionQuantity, CheckKind.PositionNotional,
            CheckKind.PositionFraction, CheckKind.Concentration, CheckKind.LossPerTrade, CheckKind.Leverage, CheckKind.Balance, CheckKind.OpenOrders,
            CheckKind.MessageRate, CheckKind.SelfTrade,
        ];
        Assert.That(made.All.Select(entry => entry.Check), Is.EqualTo(all));
        Assert.That(made.All.All(entry => entry.Passed), Is.True);
        Assert.That(all, Has.Length.EqualTo(KindsMax - 1), "only the trading state is missing: it is recorded where it refuses");
    }

    [Test]
    public void A_halted_order_with_every_limit_set_has_an_entry_of_every_kind()
    {
        var engine = new EngineHarness(new StrategyRecord { StopLoss = 0.02m });
        engine.Trade(100);
        engine.Hold(-1, 100);
        engine.Send(RiskInputs.Client(1, SelfTradePrevention.ExpireBoth));
        engine.Send(Everything.Encode());
        engine.Send(RiskInputs.Breaker(Scope.Venue, 1, rejects: 3));
        engine.Command(OperatorAction.Halt);
        // A signal that only would open is held before; a reversal closes, and what it opens is refused here.
        Reply reply = engine.Signal(Direction.Long);
        Assert.That(reply.Of<ChecksMade>()[0].All, Has.Length.EqualTo(KindsMax));
        Assert.That(reply.Of<ChecksMade>()[0].Reason, Is.EqualTo(ReasonCode.Halted));
        Assert.That(reply.Of<Refused>()[0].Reason, Is.EqualTo(ReasonCode.Halted));
    }

    [Test]
    public void All_checks_are_made_and_the_first_that_refuses_decides()
    {
        var engine = new EngineHarness();
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 1, MaximumOrderNotional = 50, MaximumPositionQuantity = 10 }.Encode());
        engine.Trade(100);
        Reply reply = engine.Submit(Side.Buy, 2);
        ChecksMade made = reply.One<ChecksMade>();
        Assert.That(made.All, Is.EqualTo(new[]
        {
            new Checked(CheckKind.VenueRules, Scope.Instrument, true, 2, 10_000_000_000),
            new Checked(CheckKind.OrderQuantity, Scope.Strategy, false, 2, 1),
            new Checked(CheckKind.OrderNotional, Scope.Strategy, false, 200, 50),
            new Checked(CheckKind.PositionQuantity, Scope.Strategy, true, 2, 10),
            new Checked(CheckKind.Balance, Scope.Account, true, 200, 100_000_000),
        }));
        Assert.That(reply.One<Refused>(), Is.EqualTo(new Refused(CheckKind.OrderQuantity, ReasonCode.QuantityAboveMaximum, 2, 2, 1, Side.Buy)));
    }

    [TestCase(5, 8, Scope.Strategy, 5)]
    [TestCase(8, 5, Scope.Client, 5)]
    [TestCase(5, 5, Scope.Strategy, 5)]
    public void Of_a_strategys_and_its_clients_limit_the_smaller_one_is_recorded(int own, int shared, Scope whose, int limit)
    {
        var engine = new EngineHarness();
        engine.Send(new LimitsRecord { MaximumOrderQuantity = own }.Encode());
        engine.Send(new LimitsRecord { Scope = Scope.Client, MaximumOrderQuantity = shared }.Encode());
        engine.Trade(100);
        Assert.That(engine.Submit(Side.Buy, 1).One<ChecksMade>().Of(CheckKind.OrderQuantity),
            Is.EqualTo(new Checked(CheckKind.OrderQuantity, whose, true, 1, limit)));
    }

    [Test]
    [Description("D16, T16")]
    public void What_only_reduces_is_checked_for_the_venues_rules_alone()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(5, 100);
        engine.Send(Everything.Encode());
        engine.Command(OperatorAction.Halt);
        ChecksMade made = engine.Submit(Side.Sell, 5).One<ChecksMade>();
        Assert.That(made.All.Single().Check, Is.EqualTo(CheckKind.VenueRules));
        Assert.That((engine.State.Positions.TallyOf(0).ChecksPassed, engine.State.Positions.TallyOf(0).ChecksFailed), Is.EqualTo((2ul, 0ul)));
    }
}
