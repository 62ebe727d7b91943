using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>
/// Every case of position_inverse.json, by id: one contract is worth 1 of quote. A profit rounded once is the file's exact one at 8 places; as the
/// difference of two values, each rounded, it may be off by one unit. An average price from a rounded cost is off by at most
/// price² / face value × half a unit for each fill.
/// </summary>
[Description("R85, R87")]
internal sealed class InverseValueTests
{
    private const string File = "position_inverse.json";
    private const decimal Unit = 0.00000001m;
    private static readonly Ratio One = new(FixedPoint.One);

    private static JsonElement[] Profits() => [.. KnownAnswer.Cases(File).Where(item => item.GetProperty("input").TryGetProperty("exit", out _))];

    private static IEnumerable<TestCaseData> ProfitCases() =>
        Profits().Select(item => new TestCaseData(item).SetArgDisplayNames(item.GetProperty("id").GetString()!));

    [TestCaseSource(nameof(ProfitCases))]
    public void The_profit_is_the_exact_one_at_8_places(JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        JsonElement expected = item.GetProperty("expected");
        int side = input.GetProperty("side").GetString() == "LONG" ? 1 : -1;
        var contracts = new Quantity(side * Scaled.Raw(input.Decimal("quote_value")));
        Price entry = Price(input.Decimal("entry"));
        Price exit = Price(input.Decimal("exit"));
        decimal profit = KnownAnswer.AtEightPlaces(expected.Decimal("pnl_base_exact_30"));
        Assert.That(InverseValue.TryProfit(contracts, One, entry, exit, out Money once), Is.True);
        Assert.That(Scaled.Of(once.Raw), Is.EqualTo(profit));

        Money cost = Value(contracts, entry);
        Money value = Value(contracts, exit);
        Assert.That(Scaled.Of((value - cost).Raw), Is.EqualTo(profit).Within(Unit), "value - cost, as the book has it");
        if (expected.TryGetProperty("taker_fee_rate", out _))
        {
            decimal fee = expected.OptionalDecimal("fee_at_entry") ?? expected.Decimal("fee_at_entry_8dp");
            Assert.That(Scaled.Of(cost.Times(new Ratio(Scaled.Raw(expected.Decimal("taker_fee_rate")))).Abs().Raw), Is.EqualTo(fee));
        }

        if (expected.OptionalDecimal("notional_base_at_exit") is { } notional)
        {
            Assert.That(Scaled.Of(value.Abs().Raw), Is.EqualTo(KnownAnswer.AtEightPlaces(notional)));
        }
    }

    [Test]
    public void The_average_price_is_harmonic()
    {
        JsonElement item = KnownAnswer.Case(File, "inverse_harmonic_average");
        JsonElement[] fills = [.. item.GetProperty("input").GetProperty("fills").EnumerateArray()];
        foreach (int side in new[] { 1, -1 })
        {
            Quantity contracts = Quantity.Zero;
            Money cost = Money.Zero;
            foreach (JsonElement fill in fills)
            {
                var delta = new Quantity(side * Scaled.Raw(fill.Decimal("quote_value")));
                contracts += delta;
                cost += Value(delta, Price(fill.Decimal("price")));
            }

            decimal expected = item.GetProperty("expected").Decimal("avg_entry");
            decimal bound = (expected * expected / Math.Abs(Scaled.Of(contracts.Raw)) * fills.Length * (Unit / 2)) + Unit;
            Assert.That(InverseValue.TryAveragePrice(contracts, One, cost, out Price average), Is.True);
            Assert.That(bound, Is.LessThan(0.0002m), "far below a tick");
            Assert.That(Scaled.Of(average.Raw), Is.EqualTo(expected).Within(bound));
        }
    }

    [Test]
    public void Every_case_of_the_file_is_tested() =>
        Assert.That(Profits().Select(item => item.GetProperty("id").GetString()).Append("inverse_harmonic_average"),
            Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));

    [Test]
    public void The_multiplier_is_what_one_contract_is_worth()
    {
        var hundred = new Ratio(Scaled.Raw(100m));
        Assert.That(InverseValue.TryOf(new Quantity(Scaled.Raw(3m)), hundred, Price(60_000m), out Money value), Is.True);
        Assert.That(Scaled.Of(value.Raw), Is.EqualTo(-0.005m));
        Assert.That(InverseValue.TryAveragePrice(new Quantity(Scaled.Raw(3m)), hundred, value, out Price average), Is.True);
        Assert.That(average, Is.EqualTo(Price(60_000m)));
    }

    [Test]
    public void What_has_no_value_or_average_is_refused()
    {
        var one = new Quantity(FixedPoint.One);
        Assert.That(InverseValue.TryOf(one, One, default, out _), Is.False);
        Assert.That(InverseValue.TryOf(new Quantity(long.MaxValue), new Ratio(long.MaxValue), new Price(1), out _), Is.False, "does not fit");
        Assert.That(InverseValue.TryAveragePrice(Quantity.Zero, One, Money.Zero, out _), Is.False);
        Assert.That(InverseValue.TryAveragePrice(one, One, new Money(1), out _), Is.False, "a long costs below zero");
        Assert.That(InverseValue.TryProfit(one, One, default, Price(1m), out _), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property A_long_and_a_short_of_the_same_prices_have_opposite_profits()
    {
        Gen<long> price = Gen.Choose(1, 2_000_000_000).Select(value => (long)value * 1_000);
        Gen<(long, long, long)> cases = from q in Gen.Choose(1, 2_000_000_000) from entry in price from exit in price select ((long)q * 1_000, entry, exit);
        return Prop.ForAll(cases.ToArbitrary(), item =>
        {
            (long q, long entry, long exit) = item;
            bool both = InverseValue.TryProfit(new Quantity(q), One, new Price(entry), new Price(exit), out Money ofLong)
                & InverseValue.TryProfit(new Quantity(-q), One, new Price(entry), new Price(exit), out Money ofShort);
            return both && ofLong == -ofShort && (exit == entry || ofLong.IsZero || ofLong.Raw > 0 == exit > entry);
        });
    }

    private static Money Value(Quantity contracts, Price price)
    {
        Assert.That(InverseValue.TryOf(contracts, One, price, out Money value), Is.True);
        return value;
    }

    private static Price Price(decimal value) => new(Scaled.Raw(value));
}
