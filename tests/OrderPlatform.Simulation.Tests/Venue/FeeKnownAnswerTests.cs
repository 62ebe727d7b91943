using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>What the venue charges (commissions_and_fees.json); what that does to positions and cash is the engine's.</summary>
[Description("R38, R61, D20, T7")]
internal sealed class FeeKnownAnswerTests
{
    private const string File = "commissions_and_fees.json";

    private static readonly SimulatedVenueOptions Fine = DefaultOptions with { Instruments = [new VenueInstrument { InstrumentId = Instrument }] };

    [Shows(File, "base_fee_buy_reduces_position", "base_fee_sell_increases_short")]
    [TestCase("base_fee_buy_reduces_position")]
    [TestCase("base_fee_sell_increases_short")]
    public void A_fee_in_base_is_a_share_of_the_quantity(string id)
    {
        JsonElement input = GoldenCases.Read(File, id).Input;
        SimulatedVenueOptions options = Fine with { TakerFee = R(0.001m), Commission = new CommissionOptions(CommissionAsset.Base) };
        VenueReport fill = Fills(options, SideOf(input), (input.Number("price"), input.Number("qty"))).Single();
        Assert.That((fill.Fee.Raw, fill.FeeAsset), Is.EqualTo((Raw(input.Number("fee")), FeeAsset.Base)));
    }

    [Test]
    [Shows(File, "binance_commission_three_kinds")]
    public void Binance_adds_three_parts_and_discounts_the_first_alone()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, "binance_commission_three_kinds");
        FeePart[] parts = [Part(input, "standard", isFull: false), Part(input, "tax", isFull: true), Part(input, "special", isFull: true)];
        (decimal, decimal) order = (input.Number("price"), input.Number("qty"));
        long[] inQuote = [.. parts.Select(part => Fills(Fine with { Fees = FeeModel.Sum(part) }, OrderSide.Sell, order).Single().Fee.Raw)];
        Assert.That(inQuote, Is.EqualTo(new[] { Raw(expected.Number("standard_usdt")), Raw(expected.Number("tax_usdt_published")), Raw(expected.Number("special_usdt")) }),
            "the tax is 0.040229875, half up");
        Assert.That(Fills(Fine with { Fees = FeeModel.Sum(parts) }, OrderSide.Sell, order).Single().Fee.Raw, Is.EqualTo(inQuote.Sum()));

        // The document multiplies by the discount: 0.25 is what is left.
        JsonElement bnb = expected.GetProperty("in_bnb");
        var commission = new CommissionOptions(CommissionAsset.Other, P(input.Number("bnb_usdt")), R(1 - input.Number("discount")), "BNB");
        long[] inBnb = [.. parts.Select(part => Fills(Fine with { Fees = FeeModel.Sum(part), Commission = commission }, OrderSide.Sell, order).Single().Fee.Raw)];
        Assert.That(inBnb, Is.EqualTo(new[] { "standard_discounted_published", "tax_published", "special_published" }.Select(name => Raw(KnownAnswer.AtEightPlaces(bnb.Number(name))))));
        VenueReport whole = Fills(Fine with { Fees = FeeModel.Sum(parts), Commission = commission }, OrderSide.Sell, order).Single();
        Assert.That((whole.Fee.Raw, whole.FeeAsset), Is.EqualTo((Raw(KnownAnswer.AtEightPlaces(bnb.Number("total_published"))), FeeAsset.Other)));
    }

    [Test]
    [Shows(File, "binance_full_response_five_fills")]
    public void Each_fill_of_a_sale_pays_in_what_it_brings()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, "binance_full_response_five_fills");
        JsonElement[] fills = [.. input.GetProperty("fills").EnumerateArray()];
        SimulatedVenueOptions options = Fine with { TakerFee = R(expected.Number("fee_rate")), Commission = new CommissionOptions(CommissionAsset.Received) };
        VenueReport[] reports = Fills(options, OrderSide.Sell, [.. fills.Select(fill => (fill.Number("price"), fill.Number("qty")))]);
        Assert.That(reports.Select(fill => fill.Fee.Raw), Is.EqualTo(fills.Select(fill => Raw(fill.Number("commission_usdt")))));
        Assert.That(reports.Sum(fill => fill.Fee.Raw), Is.EqualTo(Raw(expected.Number("total_commission"))));
    }

    [Test]
    [Shows(File, "fee_rounding_half_even_1")]
    public void A_rate_is_rounded_to_cents() =>
        AssertCents("fee_rounding_half_even_1", input => FeeModel.Rates(R(0), R(input.Number("maker_rate"))));

    [Test]
    [Shows(File, "fee_rounding_half_even_2")]
    public void An_amount_for_each_unit_is_rounded_to_cents() =>
        AssertCents("fee_rounding_half_even_2", input => FeeModel.PerUnit(Money.Zero, new Money(Raw(input.Number("fee_per_contract")))));

    [Shows(File, "fixed_fee_charged_once_per_order", "fixed_fee_charged_every_fill")]
    [TestCase("fixed_fee_charged_once_per_order")]
    [TestCase("fixed_fee_charged_every_fill")]
    public void A_fixed_fee_is_charged_once_or_each_time(string id)
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, id);
        var amount = new Money(Raw(input.Number("fixed_fee")));
        FeeModel model = input.GetProperty("charge_once").GetBoolean() ? FeeModel.PerOrder(amount) : FeeModel.PerFill(amount);
        VenueReport[] fills = Fills(Fine with { Fees = model }, OrderSide.Buy, [.. input.Numbers("fills").Select(quantity => (1m, quantity))]);
        Assert.That(fills.Select(fill => fill.Fee.Raw), Is.EqualTo(expected.Numbers("fees").Select(Raw)));
    }

    private static void AssertCents(string id, Func<JsonElement, FeeModel> model)
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, id);
        var cents = new CommissionOptions(CommissionAsset.Quote) { Unit = new Money(Raw(0.01m)), Rounding = RoundingRule.HalfEven };
        long[] fees = [.. new[] { null, cents, cents with { Rounding = RoundingRule.HalfAwayFromZero } }
            .Select(commission => Fills(Fine with { Fees = model(input), Commission = commission }, OrderSide.Buy, (1m, input.Number("qty"))).Single().Fee.Raw)];
        Assert.That(fees, Is.EqualTo(new[] { Raw(expected.Number("raw")), Raw(expected.Number("rounded")), Raw(2.35m) }), "the note: half up");
    }

    private static VenueReport[] Fills(SimulatedVenueOptions options, OrderSide side, params (decimal Price, decimal Quantity)[] levels)
    {
        VenueRun run = new VenueRun(options).Submit(Market(1, side, levels.Sum(level => level.Quantity)), 0);
        for (int i = 0; i < levels.Length; i++)
        {
            run.Give(Trade(10 + i, levels[i].Price, levels[i].Quantity));
        }

        return [.. run.Finish().Fills];
    }

    private static OrderSide SideOf(JsonElement input) => input.GetProperty("side").GetString() == "BUY" ? OrderSide.Buy : OrderSide.Sell;

    private static FeePart Part(JsonElement input, string name, bool isFull)
    {
        JsonElement rates = input.GetProperty(name);
        return new FeePart(R(rates.Number("maker")), R(rates.Number("taker")), R(rates.Number("buyer")), R(rates.Number("seller")), isFull);
    }

    private static long Raw(decimal value) => (long)(value * FixedPoint.One);
}
