using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>
/// Every case of position_inverse.json through the engine, by id: one contract is worth 1 of quote and settles in the coin. A profit is the difference of two
/// values, each rounded once at 8 places, so it may be off by one unit against the exact one; an average price from a rounded cost is off by at most
/// price² / face value × half a unit for each fill.
/// </summary>
[Description("R85, R87, T8")]
internal sealed class InversePositionTests
{
    private const string File = "position_inverse.json";
    private const decimal Unit = 0.00000001m;

    private static JsonElement[] Profits() => [.. KnownAnswer.Cases(File).Where(item => item.GetProperty("input").TryGetProperty("exit", out _))];

    private static IEnumerable<TestCaseData> ProfitCases() =>
        Profits().Select(item => new TestCaseData(item).SetArgDisplayNames(item.GetProperty("id").GetString()!));

    [Test]
    public void Every_case_of_the_file_is_tested() =>
        Assert.That(Profits().Select(item => item.GetProperty("id").GetString()).Append("inverse_harmonic_average"),
            Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));

    [TestCaseSource(nameof(ProfitCases))]
    public void The_profit_in_the_coin_is_the_known_one(JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        JsonElement expected = item.GetProperty("expected");
        decimal contracts = (input.GetProperty("side").GetString() == "LONG" ? 1 : -1) * input.Decimal("quote_value");
        decimal entry = input.Decimal("entry");
        decimal exit = input.Decimal("exit");
        decimal profit = KnownAnswer.AtEightPlaces(expected.Decimal("pnl_base_exact_30"));
        decimal fee = expected.OptionalDecimal("fee_at_entry") ?? expected.OptionalDecimal("fee_at_entry_8dp") ?? 0;
        var engine = new MoneyEngine(InstrumentKind.Inverse);
        PositionNews opened = engine.Trade(contracts, entry, fee, FeeCurrency.Base).One<PositionNews>();
        Assert.That((opened.Quantity, opened.Fees, opened.Cash), Is.EqualTo((contracts, fee, 1_000_000m - fee)), "the fee is the coin's");

        engine.Mark(exit);
        Assert.That(Of(engine.Position().Unrealised.Raw), Is.EqualTo(profit).Within(Unit));
        if (expected.OptionalDecimal("notional_base_at_exit") is { } notional)
        {
            Assert.That(Of(engine.Position().Exposure.Raw), Is.EqualTo(KnownAnswer.AtEightPlaces(notional)));
        }

        TradeNews trade = engine.Trade(-contracts, exit).One<TradeNews>();
        Assert.That(trade.Realised, Is.EqualTo(profit).Within(Unit));
        Assert.That(trade.EntryPrice, Is.EqualTo(entry).Within(Bound(entry, contracts, 1)), "from the values, not from their quotient");
        Assert.That(engine.Cash - 1_000_000m, Is.EqualTo(trade.Realised - fee), "profit is the change of the coin");
    }

    [Test]
    public void The_average_price_is_harmonic([Values(1, -1)] int side)
    {
        JsonElement item = KnownAnswer.Case(File, "inverse_harmonic_average");
        var engine = new MoneyEngine(InstrumentKind.Inverse);
        decimal contracts = 0;
        JsonElement[] fills = [.. item.GetProperty("input").GetProperty("fills").EnumerateArray()];
        foreach (JsonElement fill in fills)
        {
            contracts += fill.Decimal("quote_value");
            engine.Trade(side * fill.Decimal("quote_value"), fill.Decimal("price"));
        }

        decimal expected = item.GetProperty("expected").Decimal("avg_entry");
        decimal bound = Bound(expected, contracts, fills.Length);
        Assert.That(bound, Is.LessThan(0.0002m), "far below a tick");
        Assert.That(Of(Valuation.AveragePrice(engine.State, engine.Position()).Raw), Is.EqualTo(expected).Within(bound));
    }

    [Test]
    public void A_flip_closes_at_the_old_average_and_opens_at_its_own_price()
    {
        var engine = new MoneyEngine(InstrumentKind.Inverse, multiplier: 100);
        engine.Trade(5, 50_000);
        Reply reply = engine.Trade(-8, 40_000);
        Assert.That(reply.One<TradeNews>().Realised, Is.EqualTo(0.01m - 0.0125m), "500 / 50000 - 500 / 40000");
        PositionNews news = reply.One<PositionNews>();
        Assert.That((news.Quantity, news.Cost, news.Average), Is.EqualTo((-3m, 0.0075m, 40_000m)));
        engine.Mark(30_000);
        Assert.That(Of(engine.Position().Unrealised.Raw), Is.EqualTo(0.01m - 0.0075m), "a short gains as the coin falls");
    }

    [Test]
    public void A_fee_in_a_cheap_coin_may_be_more_coins_than_contracts()
    {
        var engine = new MoneyEngine(InstrumentKind.Inverse, multiplier: 10);
        PositionNews news = engine.Trade(2, 0.00001m, 1_000, FeeCurrency.Base).One<PositionNews>();
        Assert.That((news.Fees, news.Quantity), Is.EqualTo((1_000m, 2m)));
    }

    [Test]
    public void A_fee_in_quote_is_a_third_asset_of_an_inverse_contract()
    {
        var engine = new MoneyEngine(InstrumentKind.Inverse);
        engine.Trade(1_000, 50_000, 0.5m, FeeCurrency.Quote);
        Assert.That(engine.Cash, Is.EqualTo(1_000_000m));
        Assert.That(engine.State.Balances.TryFindOrAdd(1, MoneyEngine.Code("USDT"), out int row), Is.True);
        Assert.That((Of(engine.State.Balances[row].Amount.Raw), Of(engine.State.Balances[row].Fees.Raw)), Is.EqualTo((-0.5m, 0.5m)));
    }

    [Test]
    public void Values_are_exact_and_rounded_once_whatever_the_multiplier()
    {
        var inverse = new Instrument { Kind = InstrumentKind.Inverse, Multiplier = new Quantity(Raw(0.3m)) };
        var linear = new Instrument { Kind = InstrumentKind.Linear, Multiplier = new Quantity(Raw(0.3m)) };
        var odd = new Quantity(5);
        Assert.That(ContractValue.Of(linear, new Price(Raw(1_000m)), odd).Raw, Is.EqualTo(1_500), "not 0.3 of a unit rounded first");
        Assert.That(ContractValue.Of(inverse, new Price(Raw(0.0001m)), odd).Raw, Is.EqualTo(-15_000));
        Assert.That(ContractValue.TryOf(inverse, Price.Zero, odd, out _), Is.False, "no price, no value");
        Assert.That(ContractValue.TryOf(inverse, new Price(1), new Quantity(long.MaxValue), out _), Is.False, "does not fit");
        Assert.That(ContractValue.Notional(inverse, new Price(1), new Quantity(long.MaxValue)).Raw, Is.EqualTo(long.MaxValue), "held");
    }

    private static decimal Bound(decimal price, decimal contracts, int fills) => (price * price / Math.Abs(contracts) * fills * (Unit / 2)) + Unit;
}
