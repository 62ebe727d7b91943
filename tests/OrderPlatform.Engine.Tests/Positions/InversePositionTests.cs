using System.Text.Json;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>
/// Every case of position_inverse.json, by id, through the book: one contract is worth 1 of quote. The book's profit is the difference of two values, each
/// rounded at 8 places, so it may be off by one unit against the file's exact one; an average price from a rounded cost by at most price² / face value ×
/// half a unit for each fill.
/// </summary>
[Description("R85, R87")]
internal sealed class InversePositionTests
{
    private const string File = "position_inverse.json";
    private const decimal Unit = 0.00000001m;
    private static readonly Instrument Inverse = new() { Kind = InstrumentKind.Inverse, Multiplier = new Quantity(FixedPoint.One) };

    private static JsonElement[] Profits() => [.. KnownAnswer.Cases(File).Where(item => item.GetProperty("input").TryGetProperty("exit", out _))];

    private static IEnumerable<TestCaseData> ProfitCases() =>
        Profits().Select(item => new TestCaseData(item).SetArgDisplayNames(item.GetProperty("id").GetString()!));

    [TestCaseSource(nameof(ProfitCases))]
    public void The_profit_is_in_the_coin(JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        JsonElement expected = item.GetProperty("expected");
        bool isLong = input.GetProperty("side").GetString() == "LONG";
        decimal face = input.Decimal("quote_value");
        var position = new Position();
        var account = new Account();
        Book(ref position, ref account, isLong ? Side.Buy : Side.Sell, face, input.Decimal("entry"));
        Money cost = position.Cost;
        Book(ref position, ref account, isLong ? Side.Sell : Side.Buy, face, input.Decimal("exit"));
        decimal profit = KnownAnswer.AtEightPlaces(expected.Decimal("pnl_base_exact_30"));
        Assert.That(Scaled.Of(position.Realised.Raw), Is.EqualTo(profit).Within(Unit));
        Assert.That((position.Quantity, account.Cash), Is.EqualTo((Quantity.Zero, position.Realised)));
        if (expected.TryGetProperty("taker_fee_rate", out _))
        {
            decimal fee = expected.OptionalDecimal("fee_at_entry") ?? expected.Decimal("fee_at_entry_8dp");
            Assert.That(Scaled.Of(cost.Times(new Ratio(Scaled.Raw(expected.Decimal("taker_fee_rate")))).Abs().Raw), Is.EqualTo(fee));
        }

        if (expected.OptionalDecimal("notional_base_at_exit") is { } notional)
        {
            Money value = ContractValue.Notional(Inverse, new Price(Scaled.Raw(input.Decimal("exit"))), new Quantity(Scaled.Raw(face)));
            Assert.That(Scaled.Of(value.Raw), Is.EqualTo(KnownAnswer.AtEightPlaces(notional)));
        }
    }

    [TestCase(Side.Buy)]
    [TestCase(Side.Sell)]
    public void The_average_price_is_harmonic(Side side)
    {
        JsonElement item = KnownAnswer.Case(File, "inverse_harmonic_average");
        JsonElement[] fills = [.. item.GetProperty("input").GetProperty("fills").EnumerateArray()];
        var position = new Position();
        var account = new Account();
        foreach (JsonElement fill in fills)
        {
            Book(ref position, ref account, side, fill.Decimal("quote_value"), fill.Decimal("price"));
        }

        decimal expected = item.GetProperty("expected").Decimal("avg_entry");
        decimal bound = (expected * expected / Math.Abs(Scaled.Of(position.Quantity.Raw)) * fills.Length * (Unit / 2)) + Unit;
        Assert.That(bound, Is.LessThan(0.0002m), "far below a tick");
        Price average = ContractValue.AveragePrice(Inverse, position.Quantity, position.Cost);
        Assert.That(Scaled.Of(average.Raw), Is.EqualTo(expected).Within(bound));
    }

    [Test]
    public void Every_case_of_the_file_is_tested() =>
        Assert.That(Profits().Select(item => item.GetProperty("id").GetString()).Append("inverse_harmonic_average"),
            Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));

    private static void Book(ref Position position, ref Account account, Side side, decimal face, decimal price) =>
        PositionBook.Apply(ref position, ref account, Inverse,
            new Fill(side, new Price(Scaled.Raw(price)), new Quantity(Scaled.Raw(face)), 0, FeeCurrency.Base, 0));
}
