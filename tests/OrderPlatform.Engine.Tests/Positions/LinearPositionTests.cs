using System.Text.Json;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>
/// The golden cases of linear positions, at each step (T8). Average cost in integers rounds what a reduction takes out of the cost by at most half a unit
/// of 1e-8 a fill, so realised profit may be off by half a unit for each reduction so far, and the average by that over the quantity: a bound, not a hope.
/// </summary>
public class LinearPositionTests
{
    private const decimal Unit = 0.00000001m;

    public static IEnumerable<TestCaseData> StepCases()
    {
        foreach (JsonElement item in KnownAnswer.Cases("position_linear.json").Where(item => item.GetProperty("expected").TryGetProperty("steps", out _)))
        {
            // The engine takes no price at or below zero: spot and linear futures have none. That such a fill is refused is ReportTests' business.
            if (item.GetProperty("id").GetString() == "nautilus_negative_prices")
            {
                continue;
            }

            yield return new TestCaseData(item).SetArgDisplayNames(item.GetProperty("id").GetString()!);
        }
    }

    [TestCaseSource(nameof(StepCases))]
    public void Every_step_has_its_quantity_average_profit_and_fees(JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        decimal feeRate = input.OptionalDecimal("fee_rate_on_notional") ?? 0;
        var position = new Position();
        var account = new Account();
        int reductions = 0;
        JsonElement[] steps = [.. item.GetProperty("expected").GetProperty("steps").EnumerateArray()];
        JsonElement[] fills = [.. input.GetProperty("fills").EnumerateArray()];
        for (int i = 0; i < fills.Length; i++)
        {
            Quantity before = position.Quantity;
            Book(ref position, ref account, fills[i], feeRate);
            reductions += before.Raw != 0 && position.Quantity.Raw - before.Raw > 0 != before.Raw > 0 ? 1 : 0;
            AssertStep(position, steps[i], 0.5m * Unit * reductions, $"step {i + 1}");
        }

        if (input.OptionalDecimal("mark") is { } mark)
        {
            decimal unrealised = (mark * Scaled.Of(position.Quantity.Raw)) - Scaled.Of(position.Cost.Raw);
            Assert.That(unrealised, Is.EqualTo(item.GetProperty("expected").Decimal("unrealized_pnl_at_mark")));
        }
    }

    [Test]
    public void A_partial_close_keeps_the_average_and_books_the_profit()
    {
        JsonElement item = KnownAnswer.Case("position_linear.json", "trap_partial_close_must_keep_average");
        var position = new Position();
        var account = new Account();
        foreach (JsonElement fill in item.GetProperty("input").GetProperty("fills").EnumerateArray())
        {
            Book(ref position, ref account, fill, 0);
        }

        JsonElement expected = item.GetProperty("expected");
        Assert.That(Scaled.Of(position.Quantity.Raw), Is.EqualTo(expected.Decimal("signed_qty")));
        Assert.That(Scaled.Of(ContractValue.AveragePrice(Instruments.Spot, position.Quantity, position.Cost).Raw), Is.EqualTo(expected.Decimal("avg_entry")));
        Assert.That(Scaled.Of(position.Realised.Raw), Is.EqualTo(expected.Decimal("realized_pnl")));
    }

    [Test]
    public void The_spot_average_cost_is_unchanged_by_a_sale()
    {
        JsonElement item = KnownAnswer.Case("position_linear.json", "okx_spot_average_cost");
        var position = new Position();
        var account = new Account();
        foreach (JsonElement buy in item.GetProperty("input").GetProperty("buys").EnumerateArray())
        {
            Apply(ref position, ref account, Side.Buy, buy.Decimal("qty"), buy.Decimal("price"), 0);
        }

        JsonElement sell = item.GetProperty("input").GetProperty("sell");
        Apply(ref position, ref account, Side.Sell, sell.Decimal("qty"), sell.Decimal("price"), 0);
        Assert.That(Scaled.Of(ContractValue.AveragePrice(Instruments.Spot, position.Quantity, position.Cost).Raw), Is.EqualTo(item.GetProperty("expected").Decimal("avg_cost")));
    }

    [Test]
    public void The_average_over_contracts_is_weighted_by_quantity()
    {
        JsonElement item = KnownAnswer.Case("position_linear.json", "okx_linear_avg_open");
        var position = new Position();
        var account = new Account();
        foreach (JsonElement contract in item.GetProperty("input").GetProperty("contracts").EnumerateArray())
        {
            Apply(ref position, ref account, Side.Buy, contract.Decimal("n"), contract.Decimal("price"), 0);
        }

        Assert.That(Scaled.Of(ContractValue.AveragePrice(Instruments.Spot, position.Quantity, position.Cost).Raw), Is.EqualTo(item.GetProperty("expected").Decimal("avg_entry")));
    }

    private static void AssertStep(in Position position, JsonElement step, decimal profitWithin, string where)
    {
        decimal quantity = step.Decimal("signed_qty");
        decimal net = Scaled.Of(position.Realised.Raw) - Scaled.Of(position.Fees.Raw);
        decimal? average = step.OptionalDecimal("avg_entry");
        Assert.That(Scaled.Of(position.Quantity.Raw), Is.EqualTo(quantity), where);
        Assert.That(Scaled.Of(position.Fees.Raw), Is.EqualTo(step.Decimal("fees")), where);
        Assert.That(net, Is.EqualTo(step.Decimal("realized_pnl_net")).Within(profitWithin), where);
        Assert.That(Scaled.Of(ContractValue.AveragePrice(Instruments.Spot, position.Quantity, position.Cost).Raw), average is null
            ? Is.Zero
            : Is.EqualTo(average.Value).Within((Unit / 2) + (profitWithin / Math.Abs(quantity))), where);
    }

    private static void Book(ref Position position, ref Account account, JsonElement fill, decimal feeRate)
    {
        decimal quantity = fill.Decimal("qty");
        decimal price = fill.Decimal("price");
        decimal fee = fill.OptionalDecimal("fee") ?? KnownAnswer.AtEightPlaces(quantity * price * feeRate);
        Apply(ref position, ref account, fill.GetProperty("side").GetString() == "BUY" ? Side.Buy : Side.Sell, quantity, price, fee);
    }

    private static void Apply(ref Position position, ref Account account, Side side, decimal quantity, decimal price, decimal fee) =>
        PositionBook.Apply(ref position, ref account, Instruments.Spot,
            new Fill(side, new Price(Scaled.Raw(price)), new Quantity(Scaled.Raw(quantity)), Scaled.Raw(fee), FeeCurrency.Quote, 0));
}
