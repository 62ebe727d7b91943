using System.Numerics;
using System.Text.Json;
using OrderPlatform.Engine.Margin;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Margin;

/// <summary>
/// Every case of margin_liquidation_funding.json, by id. An expected value is the file's exact one at 8 places, half away from zero. In two cases the
/// margin itself has no end (10 / 3): the engine holds it at 8 places, and half a unit of it moves the liquidation price of 1 by 0.5 / 0.99 units. There
/// the answer may be off by one unit of 1e-8 against the file, and is exact against the margin that is held.
/// </summary>
[Description("R85, R107, T18")]
internal sealed class MarginAnswerTests
{
    private const string File = "margin_liquidation_funding.json";
    private const decimal Unit = 0.00000001m;

    private static JsonElement[] Of(string prefix) =>
        [.. KnownAnswer.Cases(File).Where(item => item.GetProperty("id").GetString()!.StartsWith(prefix, StringComparison.Ordinal))];

    private static IEnumerable<TestCaseData> Named(string prefix) =>
        Of(prefix).Select(item => new TestCaseData(item).SetArgDisplayNames(item.GetProperty("id").GetString()!));

    private static IEnumerable<TestCaseData> Liquidations() => Named("binance_isolated_").Concat(Named("okx_gate_"));

    private static IEnumerable<TestCaseData> Fundings() => Named("funding_");

    private static IEnumerable<TestCaseData> Interests() => Named("interest_");

    [TestCaseSource(nameof(Liquidations))]
    public void The_liquidation_price_is_the_exact_one_at_8_places(JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        bool isBinance = !input.TryGetProperty("venue", out _);
        decimal margin = KnownAnswer.MultiplyDivide(input.Decimal("amount"), input.Decimal("entry"), input.Decimal("leverage"));
        int side = input.GetProperty("side").GetString() == "LONG" ? 1 : -1;
        var position = new IsolatedPosition(
            new Quantity(side * Scaled.Raw(input.Decimal("amount"))), new Price(Scaled.Raw(input.Decimal("entry"))), new Money(Scaled.Raw(margin)),
            new Ratio(Scaled.Raw(input.Decimal("maintenance_margin_rate"))), new Money(Scaled.Raw(input.OptionalDecimal("maintenance_amount") ?? 0)),
            new Ratio(Scaled.Raw(input.OptionalDecimal("taker_fee") ?? 0)));
        LiquidationModel model = isBinance ? LiquidationModel.BinanceIsolated : LiquidationModel.OkxGateIsolated;
        Assert.That(LiquidationPrice.Estimate(model, position, out Price price), Is.EqualTo(LiquidationEstimate.Price));
        bool isExact = margin * input.Decimal("leverage") == input.Decimal("amount") * input.Decimal("entry");
        decimal expected = KnownAnswer.AtEightPlaces(item.GetProperty("expected").Decimal("liquidation_price_exact_30"));
        Assert.That(Scaled.Of(price.Raw), Is.EqualTo(expected).Within(isExact ? 0 : Unit));
        Assert.That(price.Raw, Is.EqualTo(Exact(position, side, isBinance)), "of the margin that is held");
    }

    [Test]
    public void The_buffer_moves_a_liquidation_price_towards_the_entry()
    {
        JsonElement item = KnownAnswer.Case(File, "liquidation_buffer_5pct");
        JsonElement input = item.GetProperty("input");
        var entry = new Price(Scaled.Raw(input.Decimal("entry")));
        var liquidation = new Price(Scaled.Raw(input.Decimal("liquidation")));
        var buffer = new Ratio(Scaled.Raw(input.Decimal("buffer")));
        decimal expected = item.GetProperty("expected").Decimal("buffered");
        Assert.That(Scaled.Of(LiquidationPrice.WithBuffer(liquidation, entry, buffer).Raw), Is.EqualTo(expected));
        Price above = LiquidationPrice.WithBuffer(new Price(Scaled.Raw(22m)), new Price(Scaled.Raw(20m)), buffer);
        Assert.That(Scaled.Of(above.Raw), Is.EqualTo(21.9m), "a short's lies above its entry");
    }

    [TestCaseSource(nameof(Fundings))]
    public void A_rate_above_zero_is_paid_by_longs_to_shorts(JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        var quantity = new Quantity(Scaled.Raw(input.Decimal("size")));
        Price? mark = new Price(Scaled.Raw(input.Decimal("mark")));
        Ratio? rate = new Ratio(Scaled.Raw(input.Decimal("rate")));
        Assert.That(FundingPayment.Linear(-quantity, mark, rate, out Money byShort), Is.EqualTo(FundingStatus.Known));
        Assert.That(FundingPayment.Linear(quantity, mark, rate, out Money byLong), Is.EqualTo(FundingStatus.Known));
        Assert.That(Scaled.Of(byShort.Raw), Is.EqualTo(item.GetProperty("expected").Decimal("received_by_short")));
        Assert.That(Scaled.Of(-byLong.Raw), Is.EqualTo(item.GetProperty("expected").Decimal("paid_by_long")));
    }

    [TestCaseSource(nameof(Interests))]
    [Description("Working out interest is the venue's: it tells what it took, and that is booked")]
    public void Interest_is_booked_as_the_venue_charged_it(JsonElement item)
    {
        decimal interest = item.GetProperty("expected").Decimal("interest");
        var engine = new MoneyEngine();
        decimal before = engine.Cash;
        engine.Move(-interest, CashKind.Interest);
        Assert.That((before - engine.Cash, Scaled.Of(engine.Own.Transfers.Raw)), Is.EqualTo((interest, -interest)));
    }

    [Test]
    public void Initial_margin_is_with_or_without_leverage()
    {
        JsonElement item = KnownAnswer.Case(File, "initial_margin_standard_vs_leveraged");
        JsonElement input = item.GetProperty("input");
        var value = new Money(Scaled.Raw(KnownAnswer.Parse(input.GetProperty("notional").GetString()!.Split(' ')[0])));
        var rate = new Ratio(Scaled.Raw(input.Decimal("margin_init")));
        Assert.That(MarginRequirement.TryInitial(value, rate, new Ratio(FixedPoint.One), out Money standard), Is.True);
        Assert.That(MarginRequirement.TryInitial(value, rate, new Ratio(Scaled.Raw(input.Decimal("leverage"))), out Money leveraged), Is.True);
        Assert.That(Scaled.Of(standard.Raw), Is.EqualTo(item.GetProperty("expected").Decimal("standard")));
        Assert.That(Scaled.Of(leveraged.Raw), Is.EqualTo(item.GetProperty("expected").Decimal("leveraged")));
    }

    [Test]
    public void Every_case_of_the_file_is_tested()
    {
        string[] prefixes = ["binance_isolated_", "okx_gate_", "funding_", "interest_", "liquidation_buffer_5pct", "initial_margin_standard_vs_leveraged"];
        string[] tested = [.. prefixes.SelectMany(Of).Select(item => item.GetProperty("id").GetString()!)];
        Assert.That(tested, Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));
    }

    /// <summary>The file's own form of the two formulas, in whole numbers of any size.</summary>
    private static long Exact(in IsolatedPosition position, int side, bool isBinance)
    {
        BigInteger one = FixedPoint.One;
        BigInteger amount = position.Quantity.Raw * side;
        BigInteger numerator;
        BigInteger divisor;
        if (isBinance)
        {
            numerator = (((position.Margin.Raw + position.MaintenanceAmount.Raw) * one) - (side * amount * position.Entry.Raw)) * one;
            divisor = (amount * position.MaintenanceRate.Raw) - (side * amount * one);
        }
        else
        {
            numerator = ((position.Entry.Raw * amount) - (side * position.Margin.Raw * one)) * one;
            divisor = amount * (one - (side * (position.MaintenanceRate.Raw + position.TakerRate.Raw)));
        }

        BigInteger by = BigInteger.Abs(divisor);
        return (long)(((2 * numerator * divisor.Sign) + by) / (2 * by));
    }
}
