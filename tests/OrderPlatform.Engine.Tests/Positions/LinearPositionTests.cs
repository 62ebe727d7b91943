using System.Text.Json;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>
/// Every case of position_linear.json through the engine, by id, spot and linear (T8). Average cost in integers rounds what a reduction takes out of the cost
/// by at most half a unit of 1e-8 a fill, so realised profit may be off by half a unit for each reduction so far, and the average by that over the quantity.
/// </summary>
[Description("R85, R87, T8, D20")]
internal sealed class LinearPositionTests
{
    private const string File = "position_linear.json";

    private const decimal Unit = 0.00000001m;

    /// <summary>What is not a list of steps, and what of it is tested.</summary>
    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Others = new()
    {
        ["nautilus_negative_prices"] = NegativePrices,
        ["okx_linear_avg_open"] = AverageOfContracts,
        ["okx_linear_pnl"] = ProfitOfContracts,
        ["okx_spot_average_cost"] = AverageCost,
        ["trap_partial_close_must_keep_average"] = PartialClose,
        ["float_dust_floki"] = Dust,
    };

    /// <summary>What the engine does not do.</summary>
    private static readonly Dictionary<string, string> Explained = new()
    {
        ["okx_spot_cumulative_cost"] = "the other cost convention, (buys - sells) / quantity; the engine's is average cost (D20): okx_spot_average_cost",
    };

    private static IEnumerable<JsonElement> Stepped() =>
        KnownAnswer.Cases(File).Where(item => item.GetProperty("expected").TryGetProperty("steps", out _) && !Others.ContainsKey(IdOf(item)));

    private static IEnumerable<TestCaseData> StepCases() =>
        from kind in new[] { InstrumentKind.Spot, InstrumentKind.Linear }
        from item in Stepped()
        select new TestCaseData(kind, item).SetArgDisplayNames($"{kind}", IdOf(item));

    private static string[] OtherIds() => [.. Others.Keys];

    [Test]
    public void Every_case_of_the_file_is_tested_or_explained() =>
        Assert.That(Stepped().Select(IdOf).Concat(Others.Keys).Concat(Explained.Keys), Is.EquivalentTo(KnownAnswer.Cases(File).Select(IdOf)));

    [TestCaseSource(nameof(StepCases))]
    public void Every_step_has_its_quantity_average_profit_and_fees(InstrumentKind kind, JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        JsonElement expected = item.GetProperty("expected");
        decimal feeRate = input.OptionalDecimal("fee_rate_on_notional") ?? 0;
        var engine = new MoneyEngine(kind, cash: 20_000_000m);
        JsonElement[] steps = [.. expected.GetProperty("steps").EnumerateArray()];
        JsonElement[] fills = [.. input.GetProperty("fills").EnumerateArray()];
        int reductions = 0;
        decimal held = 0;
        for (int i = 0; i < fills.Length; i++)
        {
            PositionNews news = Trade(engine, fills[i], feeRate).One<PositionNews>();
            reductions += held != 0 && news.Quantity - held > 0 != held > 0 ? 1 : 0;
            held = news.Quantity;
            AssertStep(news, steps[i], 0.5m * Unit * reductions, $"step {i + 1}");
        }

        if (input.OptionalDecimal("mark") is { } mark)
        {
            engine.Mark(mark);
            Position position = engine.Position();
            Assert.That(Of(position.Unrealised.Raw), Is.EqualTo(expected.Decimal("unrealized_pnl_at_mark")));
            Assert.That(Of(position.Unrealised.Raw + position.Realised.Raw - position.Fees.Raw), Is.EqualTo(expected.Decimal("total_pnl_at_mark")));
        }
    }

    [TestCaseSource(nameof(OtherIds))]
    public void What_is_no_list_of_steps_holds_too(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        Others[id](item.GetProperty("input"), item.GetProperty("expected"));
    }

    // The engine takes no price at or below zero: spot, linear and inverse contracts have none. Such a fill is refused whole, and loudly.
    private static void NegativePrices(JsonElement input, JsonElement expected)
    {
        var engine = new MoneyEngine();
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            Alert alert = Trade(engine, fill, 0).One<Alert>();
            Assert.That((alert.Severity, alert.Reason), Is.EqualTo((Severity.Critical, ReasonCode.InvalidValue)));
        }

        Assert.That(engine.Position().Quantity.IsZero, Is.True);
        Assert.That(expected.GetProperty("steps").GetArrayLength(), Is.EqualTo(2));
    }

    private static void AverageOfContracts(JsonElement input, JsonElement expected)
    {
        var engine = new MoneyEngine(multiplier: 0.01m);
        foreach (JsonElement contract in input.GetProperty("contracts").EnumerateArray())
        {
            engine.Trade(contract.Decimal("n"), contract.Decimal("price"));
        }

        Assert.That(Average(engine), Is.EqualTo(expected.Decimal("avg_entry")));
    }

    private static void ProfitOfContracts(JsonElement input, JsonElement expected)
    {
        var engine = new MoneyEngine(multiplier: input.Decimal("face_value"));
        engine.Trade(input.Decimal("contracts"), 100_000);
        engine.Mark(100_000 + input.Decimal("price_move"));
        Assert.That(Of(engine.Position().Unrealised.Raw), Is.EqualTo(expected.Decimal("pnl")));
        engine.Trade(-input.Decimal("contracts"), 100_000 + input.Decimal("price_move"));
        Assert.That(engine.Cash - 1_000_000m, Is.EqualTo(expected.Decimal("pnl")));
    }

    private static void AverageCost(JsonElement input, JsonElement expected)
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        foreach (JsonElement buy in input.GetProperty("buys").EnumerateArray())
        {
            engine.Trade(buy.Decimal("qty"), buy.Decimal("price"));
        }

        JsonElement sell = input.GetProperty("sell");
        engine.Trade(-sell.Decimal("qty"), sell.Decimal("price"));
        engine.Mark(input.Decimal("mark"));
        Position position = engine.Position();
        Assert.That(Average(engine), Is.EqualTo(expected.Decimal("avg_cost")));
        decimal percent = Of(position.Unrealised.Raw) / Of(position.Cost.Raw) * 100;
        Assert.That(percent, Is.EqualTo(expected.Decimal("remaining_pnl_pct_at_4500")).Within(Unit));
    }

    private static void PartialClose(JsonElement input, JsonElement expected)
    {
        var engine = new MoneyEngine();
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            Trade(engine, fill, 0);
        }

        Assert.That(Of(engine.Position().Quantity.Raw), Is.EqualTo(expected.Decimal("signed_qty")));
        Assert.That(Average(engine), Is.EqualTo(expected.Decimal("avg_entry")));
        Assert.That(Of(engine.Position().Realised.Raw), Is.EqualTo(expected.Decimal("realized_pnl")));
    }

    // Quantities are held at 8 places (D19), so the remainder of 7.4e-9 is one unit: dust that is seen. The prices have 9 places, which nothing of ours can
    // hold: the profit is that of contracts of a thousand, as venues list such coins.
    private static void Dust(JsonElement input, JsonElement expected)
    {
        Position position = BuyTwiceAndSell(input, 1);
        Assert.That(Of(position.Quantity.Raw), Is.EqualTo(KnownAnswer.AtEightPlaces(expected.Decimal("remaining_qty_exact"))));
        position = BuyTwiceAndSell(input, 1_000);
        Assert.That(Of(position.Realised.Raw - position.Fees.Raw), Is.EqualTo(expected.Decimal("profit_published")).Within(0.000001m), "published by doubles");
    }

    private static Position BuyTwiceAndSell(JsonElement input, int contract)
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        decimal feeRate = input.Decimal("fee_rate");
        foreach (JsonElement buy in input.GetProperty("buys").EnumerateArray())
        {
            Trade(engine, 1, buy, feeRate, contract);
        }

        Trade(engine, -1, input.GetProperty("sell"), feeRate, contract);
        return engine.Position();
    }

    private static void Trade(MoneyEngine engine, int sign, JsonElement fill, decimal feeRate, int contract)
    {
        decimal quantity = KnownAnswer.AtEightPlaces(fill.Decimal("qty") / contract);
        decimal price = KnownAnswer.AtEightPlaces(fill.Decimal("price") * contract);
        engine.Trade(sign * quantity, price, KnownAnswer.AtEightPlaces(quantity * price * feeRate));
    }

    private static Reply Trade(MoneyEngine engine, JsonElement fill, decimal feeRate)
    {
        decimal quantity = fill.Decimal("qty");
        decimal price = fill.Decimal("price");
        decimal fee = fill.OptionalDecimal("fee") ?? KnownAnswer.AtEightPlaces(quantity * price * feeRate);
        return engine.Trade(fill.GetProperty("side").GetString() == "BUY" ? quantity : -quantity, price, fee);
    }

    private static void AssertStep(PositionNews position, JsonElement step, decimal profitWithin, string where)
    {
        decimal quantity = step.Decimal("signed_qty");
        decimal? average = step.OptionalDecimal("avg_entry");
        Assert.That(position.Quantity, Is.EqualTo(quantity), where);
        Assert.That(position.Fees, Is.EqualTo(step.Decimal("fees")), where);
        Assert.That(position.Realised - position.Fees, Is.EqualTo(step.Decimal("realized_pnl_net")).Within(profitWithin), where);
        Assert.That(position.Average, average is null ? Is.Zero : Is.EqualTo(average.Value).Within((Unit / 2) + (profitWithin / Math.Abs(quantity))), where);
    }

    private static decimal Average(MoneyEngine engine) => Of(Valuation.AveragePrice(engine.State, engine.Position()).Raw);

    private static string IdOf(JsonElement item) => item.GetProperty("id").GetString()!;
}
