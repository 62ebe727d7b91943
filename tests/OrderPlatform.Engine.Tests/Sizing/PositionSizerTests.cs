using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Sizing;

/// <summary>Sizes of signals by every rule, each with its record (R46, R103, R116, R128, D4).</summary>
internal sealed class PositionSizerTests
{
    [Test]
    [Description("R128, D4: the seed document's numbers; without a stop everything can be lost")]
    public void Kelly_takes_the_least_of_its_share_the_risk_and_the_largest_position()
    {
        EngineHarness engine = Priced(Kelly(), cash: 100_000);
        Sized sized = engine.Signal(Said(expected: 0.03m, risk: 0.02m)).One<Sized>();
        Assert.That((sized.Mode, sized.Bound, sized.Equity, sized.Price), Is.EqualTo((SizingMode.Kelly, SizingBound.RiskPerTrade, 100_000m, 100m)));
        Assert.That(sized.Kelly, Is.EqualTo(0.39333333m), "0.636 - 0.364 × 0.02 / 0.03, rounded down");
        Assert.That((sized.Wish, sized.Risk, sized.Fraction), Is.EqualTo((9_833.33325m, (decimal?)2_000m, (decimal?)50_000m)));
        Assert.That((sized.StopDistance, sized.Notional, sized.Quantity), Is.EqualTo((0m, 2_000m, 20m)));
    }

    [Test]
    [Description("R118, R128, D4: with a stop of 2 % the risk allows the whole equity, and Kelly's share decides")]
    public void The_distance_of_the_stop_widens_the_bound_of_the_risk()
    {
        EngineHarness engine = Priced(Kelly() with { StopLoss = 0.02m }, cash: 100_000);
        Reply reply = engine.Signal(Said(expected: 0.03m, risk: 0.02m));
        Assert.That(reply.One<Sized>(), Is.EqualTo(new Sized(
            SizingMode.Kelly, SizingBound.Kelly, 100_000, 100, 0.39333333m, 9_833.33325m, 100_000, 50_000, 0.02m, 9_833.33325m, 98.333m)));
        Assert.That(reply.One<Sent>().Quantity, Is.EqualTo(98.333m), "what is ordered is what was sized");
    }

    [TestCase(0.01, 0.02)]
    [TestCase(null, 0.02)]
    [TestCase(0.03, null)]
    [Description("R128: no edge, or a bet that is not described, is no trade")]
    public void Without_an_edge_the_signal_is_held(double? expected, double? risk)
    {
        EngineHarness engine = Priced(Kelly(), cash: 100_000);
        Reply reply = engine.Signal(Said((decimal?)expected, (decimal?)risk));
        Assert.That((reply.Has0<Sent>(), engine.Why.Filter, engine.Why.Reason), Is.EqualTo((true, FilterKind.Size, ReasonCode.NoEdge)));
        Assert.That(reply.One<Sized>().Quantity, Is.Zero);
    }

    [Test]
    public void A_fixed_amount_is_a_quantity_at_the_mark()
    {
        EngineHarness engine = Priced(new StrategyRecord { Quantity = null, Notional = 1_000 }, price: 333.33m);
        Assert.That(engine.Signal(Said()).One<Sized>(),
            Is.EqualTo(new Sized(SizingMode.FixedNotional, SizingBound.Fixed, 100_000, 333.33m, 0, 1_000, null, null, 0, 1_000, 3m)), "3.00003 lots of 0.001");
    }

    [TestCase(2, null, 2, SizingBound.Fixed)]
    [TestCase(2, 0.001, 1, SizingBound.PositionFraction)]
    public void A_bound_that_is_set_holds_for_a_fixed_quantity_too(double quantity, double? maximum, double sized, SizingBound bound)
    {
        EngineHarness engine = Priced(new StrategyRecord { Quantity = (decimal)quantity, MaximumFraction = (decimal?)maximum });
        Sized size = engine.Signal(Said()).One<Sized>();
        Assert.That((size.Quantity, size.Bound), Is.EqualTo(((decimal)sized, bound)));
    }

    [Test]
    [Description("R103: the signal's volatility comes first, then that of the closes, and without either there is no size")]
    public void A_volatility_target_needs_a_volatility()
    {
        EngineHarness engine = Priced(new StrategyRecord { Quantity = null, TargetVolatility = 0.01m });
        engine.Send(new ExitRulesRecord().Encode());
        engine.Signal(Said());
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo((FilterKind.Size, ReasonCode.NoHistory)));
        engine.Bar(100, 100, 100, 100);
        engine.Bar(100, 102, 100, 102);
        engine.Bar(102, 102, 100, 100);
        Sized sized = engine.Signal(Said()).One<Sized>();
        Assert.That((sized.Bound, sized.Quantity), Is.EqualTo((SizingBound.VolatilityTarget, 357.053m)), "of returns of 2 % and -1.96078431 %");
        engine = Priced(new StrategyRecord { Quantity = null, TargetVolatility = 0.01m });
        Assert.That(engine.Signal(Said() with { Volatility = 0.05m }).One<Sized>().Quantity, Is.EqualTo(200m));
    }

    [TestCase(0.1, 100, 0)]
    [TestCase(0.1, 99.99, (int)ReasonCode.ExitNotFeasible)]
    [TestCase(0.11, 100, 0)]
    [Description("T12: what is worth the smallest order now must still be worth it at the stop")]
    public void An_entry_whose_exit_would_be_under_the_venues_minimum_is_held(double quantity, double price, int reason)
    {
        var instrument = new InstrumentRecord { MinimumNotional = reason == 0 ? 9 : 9.9m };
        var engine = new EngineHarness(new StrategyRecord { Quantity = (decimal)quantity, StopLoss = 0.1m }, instrument);
        engine.Trade((decimal)price);
        Reply reply = engine.Signal(Said());
        Assert.That(engine.Why.Reason, Is.EqualTo((ReasonCode)reason));
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(reason == 0 ? 1 : 0));
        Assert.That(reason == 0 || (engine.Why.Filter, engine.Why.Value, engine.Why.Limit) == (FilterKind.Size, Scaled.Raw(9m), Scaled.Raw(9.9m)), Is.True, engine.Why.ToString());
    }

    [TestCase(true, 0.001, (int)ReasonCode.ExitNotFeasible)]
    [TestCase(true, 0.002, 0)]
    [TestCase(false, 0.001, 0)]
    [Description("T7, T12: a fee out of what is bought leaves less than was bought, rounded down to the lot")]
    public void An_entry_of_one_lot_cannot_be_sold_again_where_the_venue_takes_its_fee_from_it(bool fromReceived, double quantity, int reason)
    {
        var venue = new VenueRecord { TakerFee = 0.001m, Features = fromReceived ? VenueFeatures.FeeFromReceived : default };
        var engine = new EngineHarness(new StrategyRecord { Quantity = (decimal)quantity }, venue: venue);
        engine.Trade(100);
        engine.Signal(Said());
        Assert.That(engine.Why.Reason, Is.EqualTo((ReasonCode)reason));
    }

    [Test]
    public void Against_a_position_a_signal_without_a_size_closes_and_opens_nothing()
    {
        EngineHarness engine = Priced(new StrategyRecord { Quantity = 0.0001m });
        engine.Hold(2, 100);
        Sent exit = engine.Signal(Said() with { Direction = Direction.Short }).One<Sent>();
        Assert.That((exit.Side, exit.Quantity, engine.Why.Action, engine.Why.Filter), Is.EqualTo((Side.Sell, 2m, DecisionAction.Exit, FilterKind.Size)));
    }

    private static StrategyRecord Kelly() => new() { Quantity = null, KellyMultiplier = 0.25m, KellyWinRate = 0.636m, RiskPerTrade = 0.02m, MaximumFraction = 0.5m };

    private static SignalRecord Said(decimal? expected = null, decimal? risk = null) => new() { ExpectedReturn = expected, RiskScore = risk };

    private static EngineHarness Priced(StrategyRecord strategy, decimal cash = 100_000, decimal price = 100)
    {
        var engine = new EngineHarness(strategy, account: new AccountRecord { Cash = cash });
        engine.Trade(price);
        return engine;
    }
}
