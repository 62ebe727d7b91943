using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Margin and estimated liquidation prices of positions, and the warning that one is near.</summary>
[Description("R85, R107")]
internal sealed class LiquidationTests
{
    [Test]
    public void A_linear_position_has_the_estimate_of_one_isolated_at_the_accounts_leverage()
    {
        var engine = new MoneyEngine(leverage: 10, maintenance: 0.01m);
        PositionNews news = engine.Trade(2, 100).One<PositionNews>();

        // (20 - 2 x 100) / (2 x 0.01 - 2) = 180 / 1.98
        Assert.That((news.Margin, news.Liquidation), Is.EqualTo((20m, (decimal?)90.90909091m)));
        engine.Trade(-2, 100);
        news = engine.Trade(-2, 100).One<PositionNews>();
        Assert.That(news.Liquidation, Is.EqualTo(108.91089109m), "(20 + 200) / 2.02");
    }

    [Test]
    public void Margin_is_of_the_value_at_the_mark()
    {
        var engine = new MoneyEngine(leverage: 10, maintenance: 0.01m);
        engine.Mark(150);
        Assert.That(engine.Trade(2, 100).One<PositionNews>().Margin, Is.EqualTo(30m));
    }

    [Test]
    public void An_inverse_position_has_one_too()
    {
        var engine = new MoneyEngine(InstrumentKind.Inverse, multiplier: 100, leverage: 10, maintenance: 0.01m);

        // 50000 of quote at 50000: margin 0.1; P = 50000 x 1.01 x 50000 / (0.1 x 50000 + 50000)
        Assert.That(engine.Trade(500, 50_000).One<PositionNews>().Liquidation, Is.EqualTo(45_909.09090909m));
    }

    [Test]
    public void A_spot_position_has_none_nor_one_that_is_paid_in_full()
    {
        Assert.That(new MoneyEngine(InstrumentKind.Spot, leverage: 10).Trade(2, 100).One<PositionNews>().Liquidation, Is.Null);
        Assert.That(new MoneyEngine(leverage: 1).Trade(2, 100).One<PositionNews>().Liquidation, Is.Null, "not even at zero");
    }

    [TestCase(1, 92, 91, 94.9, 96)]
    [TestCase(-1, 108, 109, 105.1, 104)]
    public void A_warning_comes_once_an_approach(int side, decimal near, decimal nearer, decimal notBack, decimal back)
    {
        var engine = new MoneyEngine(leverage: 10);
        engine.Trade(side, 100);
        Assert.That(engine.Mark(notBack).Has0<Alert>(), Is.True, "half of the way is not near");
        Alert alert = engine.Mark(near).One<Alert>();
        Assert.That((alert.Severity, alert.Reason, alert.Subject), Is.EqualTo((Severity.Warning, ReasonCode.LiquidationNear, (ulong)MoneyEngine.Id)));
        Assert.That(engine.Mark(nearer).Has0<Alert>(), Is.True);
        Assert.That(engine.Mark(notBack).Has0<Alert>(), Is.True);
        Assert.That(engine.Mark(near).Has0<Alert>(), Is.True, "it was not back");
        Assert.That(engine.Mark(back).Has0<Alert>(), Is.True);
        Assert.That(engine.Mark(near).One<Alert>().Reason, Is.EqualTo(ReasonCode.LiquidationNear), "the next approach");
    }

    [Test]
    public void A_position_that_is_closed_is_near_nothing()
    {
        var engine = new MoneyEngine(leverage: 10);
        engine.Trade(1, 100);
        engine.Mark(91);
        engine.Trade(-1, 91);
        Assert.That((engine.Position().LiquidationNear, engine.Position().LiquidationPrice.Raw), Is.EqualTo((false, 0L)));
        Assert.That(engine.Mark(80).Has0<Alert>(), Is.True);
    }
}
