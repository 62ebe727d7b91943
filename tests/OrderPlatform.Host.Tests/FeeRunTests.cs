using OrderPlatform.Analytics;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Backtest;

namespace OrderPlatform.Host.Tests;

/// <summary>Fees of every kind through a whole run: charged by the venue, booked by the engine, in the report, and the books balance.</summary>
[Description("R38, R61, D20, N10, T7")]
internal sealed class FeeRunTests
{
    [TestCase("{amount: 2}", 2)]
    [TestCase("{amount: 0.5, unit: 1, rounding: up}", 1)]
    public void An_amount_is_charged_for_each_fill(string fees, decimal each)
    {
        RunRecord record = Run(fees, out _);
        Assert.That(record.Fills, Is.Not.Empty);
        Assert.That(record.Fills.Select(static fill => Of(fill.Fee.Raw)), Is.All.EqualTo(each));
        Assert.That(Of(record.Fees.Raw), Is.EqualTo(each * record.Fills.Count));
    }

    [Test]
    public void An_amount_is_charged_for_each_order()
    {
        RunRecord record = Run("{amount: 3, per: order}", out _);
        Assert.That(record.Fills.GroupBy(static fill => fill.ClientOrderId).Select(static order => order.Sum(static fill => Of(fill.Fee.Raw))), Is.Not.Empty.And.All.EqualTo(3m));
    }

    [Test]
    public void A_purchase_pays_in_what_it_brings()
    {
        RunRecord record = Run("{asset: received, unit: 0.00001, rounding: up}", out _);
        FillRecord[] fills = [.. record.Fills];
        Assert.That(fills, Has.Some.Matches<FillRecord>(static fill => fill.IsBuy).And.Some.Matches<FillRecord>(static fill => !fill.IsBuy));
        decimal held = 0;
        foreach (FillRecord fill in fills)
        {
            decimal quantity = Of(fill.Quantity.Raw);
            held += fill.IsBuy ? quantity - (Math.Ceiling(quantity * 0.001m * 100_000) / 100_000) : -quantity;
            Assert.That(Of(fill.PositionAfter.Raw), Is.EqualTo(held));
        }
    }

    [Test]
    public void A_third_asset_pays_with_its_discount_and_leaves_cash_alone()
    {
        RunRecord record = Run("{asset: other, asset_name: BNB, asset_price: 600, discount: 0.25}", out BacktestRunner runner);
        Assert.That(record.Fees, Is.EqualTo(Money.Zero));
        decimal value = record.Fills.Sum(static fill => Of(fill.Price.Raw) * Of(fill.Quantity.Raw));
        AssetBalance balance = runner.Engine.State.Balances[0];
        Assert.That(Of(balance.Amount.Raw), Is.EqualTo(-value * 0.00075m / 600).Within(0.00000001m * record.Fills.Count));
    }

    [Test]
    public void A_cheaper_tier_begins_where_enough_was_traded()
    {
        RunRecord record = Run("{tiers: [{taker: 0.001}, {from: 30000, taker: 0.0005}]}", out _);
        decimal traded = 0;
        foreach (FillRecord fill in record.Fills)
        {
            decimal value = Of(fill.Price.Raw) * Of(fill.Quantity.Raw);
            Assert.That(Of(fill.Fee.Raw), Is.EqualTo(value * (traded < 30_000 ? 0.001m : 0.0005m)).Within(0.00000001m));
            traded += value;
        }

        Assert.That(traded, Is.GreaterThan(60_000m));
    }

    private static RunRecord Run(string fees, out BacktestRunner runner)
    {
        using var folder = new WorkFolder();
        string file = folder.Write("s.yaml", StrategyText.Runs.With("orders", "{mode: long_short}").With("venue", $"{{fees: {fees}}}").ToString());
        using RunParts parts = RunParts.Create(file, null, null);
        var recorder = new RunRecorder();
        runner = new BacktestRunner(parts.Feed, parts.OpenGateway(), null, recorder);
        runner.Run(null, CancellationToken.None);
        Assert.That(ConservationLedger.TryProve(runner.Engine.State, out LedgerGap gap), Is.True, gap.ToString());
        return recorder.Complete(runner.Engine.DigestText(), TimeSpan.Zero, "");
    }

    private static decimal Of(long raw) => raw / (decimal)FixedPoint.One;
}
