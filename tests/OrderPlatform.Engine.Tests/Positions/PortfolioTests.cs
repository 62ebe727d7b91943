using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Sums over positions.</summary>
[Description("R83, R88, R94")]
internal sealed class PortfolioTests
{
    [Test]
    public void Sums_are_by_account_client_venue_instrument_and_strategy()
    {
        var engine = new MoneyEngine(leverage: 10);
        engine.Base.Trade(1_000);
        engine.Base.Hold(2, 1_000, 3);
        engine.Mark(100);
        engine.Trade(-10, 100, 1);
        engine.Trade(5, 90);
        engine.Mark(80);

        PortfolioTotals account = Portfolio.OfAccount(engine.State, 1);
        Assert.That((account.Open, D(account.Short), D(account.Long), D(account.Realised), D(account.Unrealised), D(account.Fees), D(account.Margin)),
            Is.EqualTo((1, 400m, 0m, 50m, 100m, 1m, 40m)));
        Assert.That((D(account.Cash), D(account.Equity), D(account.Result)), Is.EqualTo((1_000_049m, 1_000_149m, 149m)));
        Assert.That(D(Portfolio.OfInstrument(engine.State, 1).Result), Is.EqualTo(149m));
        Assert.That(D(Portfolio.OfStrategy(engine.State, 1).Result), Is.EqualTo(149m));

        PortfolioTotals client = Portfolio.OfClient(engine.State, 0);
        Assert.That((client.Open, D(client.Gross), D(client.Net)), Is.EqualTo((2, 2_400m, 1_600m)));
        Assert.That(D(client.Equity), Is.EqualTo(1_000_149m + 100_000m - 3));
        Assert.That(client.Equity, Is.EqualTo((Int128)Valuation.EquityOfClient(engine.State, 0).Raw));
        Assert.That(client.Result, Is.EqualTo((Int128)Valuation.ResultOfClient(engine.State, 0).Raw));
        Assert.That(Portfolio.OfVenue(engine.State, 0).Equity, Is.EqualTo(client.Equity));
    }

    [Test]
    public void Trades_are_summed_with_their_wins()
    {
        var engine = new MoneyEngine();
        engine.Trade(1, 100);
        engine.Trade(-2, 110);
        engine.Trade(1, 115);
        PortfolioTotals strategy = Portfolio.OfStrategy(engine.State, 1);
        Assert.That((strategy.Wins, strategy.Losses, D(strategy.Won), D(strategy.Lost), D(strategy.Traded)), Is.EqualTo((1UL, 1UL, 10m, 5m, 435m)));
    }

    private static decimal D(Int128 raw) => Of((long)raw);
}
