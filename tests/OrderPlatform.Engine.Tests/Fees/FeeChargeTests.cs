using OrderPlatform.Engine.Fees;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Fees;

[Description("R38, R61, T7")]
internal sealed class FeeChargeTests
{
    private static readonly FeeSchedule Plain = new() { MakerRate = Share(-0.0001m), TakerRate = Share(0.001m) };

    [TestCase(FeeAssetRule.Quote, Side.Buy, FeeCurrency.Quote)]
    [TestCase(FeeAssetRule.Quote, Side.Sell, FeeCurrency.Quote)]
    [TestCase(FeeAssetRule.Received, Side.Buy, FeeCurrency.Base)]
    [TestCase(FeeAssetRule.Received, Side.Sell, FeeCurrency.Quote)]
    [TestCase(FeeAssetRule.Base, Side.Sell, FeeCurrency.Base)]
    [TestCase(FeeAssetRule.DiscountAsset, Side.Buy, FeeCurrency.Other)]
    public void The_fee_is_taken_in_the_asset_that_the_venue_takes(FeeAssetRule rule, Side side, FeeCurrency currency) =>
        Assert.That(FeeCharge.CurrencyOf(rule, side), Is.EqualTo(currency));

    [Test]
    public void A_maker_with_a_rebate_is_paid()
    {
        Assert.That(FeeCharge.TryCompute(Plain, Order(100m, 3m, isMaker: true), Price.Zero, out Fee fee), Is.True);
        Assert.That(fee, Is.EqualTo(new Fee(Scaled.Raw(-0.03m), FeeCurrency.Quote)));
    }

    [Test]
    public void A_fee_in_the_discount_asset_is_converted_and_multiplied_by_the_factor()
    {
        FeeSchedule schedule = Plain with { Asset = FeeAssetRule.DiscountAsset, DiscountFactor = Share(0.75m) };
        Assert.That(FeeCharge.TryCompute(schedule, Order(60_000m, 0.5m), new Price(Scaled.Raw(600m)), out Fee fee), Is.True);
        Assert.That(fee, Is.EqualTo(new Fee(Scaled.Raw(0.0375m), FeeCurrency.Other)), "30000 × 0.001 × 0.75 / 600");
    }

    [Test]
    public void A_fee_that_needs_a_price_that_is_not_known_is_no_fee_of_zero()
    {
        FeeSchedule schedule = Plain with { Asset = FeeAssetRule.DiscountAsset, DiscountFactor = Share(0.75m) };
        Assert.That(FeeCharge.TryCompute(schedule, Order(60_000m, 0.5m), Price.Zero, out _), Is.False);
        schedule = schedule with { FixedFee = 1, FixedBasis = FixedFeeBasis.PerFill };
        Assert.That(FeeCharge.TryExpect(schedule, Order(60_000m, 0.5m), Price.Zero, out _), Is.False);
    }

    [Test]
    public void A_discount_that_was_never_set_is_refused()
    {
        FeeSchedule schedule = Plain with { Asset = FeeAssetRule.DiscountAsset };
        Assert.That(FeeCharge.TryCompute(schedule, Order(60_000m, 0.5m), new Price(Scaled.Raw(600m)), out _), Is.False);
    }

    [Test]
    public void Rates_prices_and_units_out_of_bounds_are_refused()
    {
        bool[] computed =
        [
            FeeCharge.TryCompute(Plain with { TakerRate = Share(1m) }, Order(1m, 1m), Price.Zero, out _),
            FeeCharge.TryCompute(Plain with { MakerRate = Share(-1m) }, Order(1m, 1m), Price.Zero, out _),
            FeeCharge.TryCompute(Plain with { Unit = FixedPoint.One + 1 }, Order(1m, 1m), Price.Zero, out _),
            FeeCharge.TryCompute(Plain, Order(0m, 1m), Price.Zero, out _),
            FeeCharge.TryCompute(Plain, Order(1m, -1m), Price.Zero, out _),
            FeeCharge.TryCompute(Plain, Order(1_000_000_000m, 10_000_000_000m), Price.Zero, out _),
            FeeCharge.TryExpect(Plain, Order(0m, 1m), Price.Zero, out _),
            FeeCharge.TryExpect(Plain with { TakerRate = Share(1m) }, Order(1m, 1m), Price.Zero, out _),
        ];
        Assert.That(computed, Is.All.False);
    }

    [TestCase(FeeAssetRule.Quote, "0.34")]
    [TestCase(FeeAssetRule.Received, "4.34")]
    [TestCase(FeeAssetRule.DiscountAsset, "2.255")]
    public void The_expected_fee_is_valued_in_quote(FeeAssetRule rule, string expected)
    {
        // 34 × 0.01 (× 0.75 in the discount asset), and a fixed fee of 0.1 in the fee's asset at 40 or 20 if it is not quote.
        decimal fixedFee = rule == FeeAssetRule.Quote ? 0 : 0.1m;
        var schedule = new FeeSchedule
        {
            TakerRate = Share(0.01m),
            Asset = rule,
            DiscountFactor = Share(0.75m),
            FixedFee = Scaled.Raw(fixedFee),
            FixedBasis = FixedFeeBasis.PerOrder,
        };
        Assert.That(FeeCharge.TryExpect(schedule, Order(40m, 0.85m), new Price(Scaled.Raw(20m)), out Money value), Is.True);
        Assert.That(Scaled.Of(value.Raw), Is.EqualTo(KnownAnswer.Parse(expected)));
    }

    [Test]
    public void The_expected_fee_is_never_less_than_the_fee()
    {
        var schedule = new FeeSchedule { TakerRate = Share(0.00000001m) };
        Assert.That(FeeCharge.TryExpect(schedule, Order(0.01m, 0.01m), Price.Zero, out Money value), Is.True);
        Assert.That(value.Raw, Is.EqualTo(1), "a part of a unit is a unit");
    }

    [Test]
    public void A_binance_purchase_pays_in_base_by_the_buyers_rates()
    {
        var rates = new CommissionRates(Share(0.001m), Share(0.002m), Share(0.0001m), Share(0.0009m));
        var commission = new BinanceCommission(rates, default, default, Share(0.75m));
        Assert.That(commission.TryInReceived(Order(50_000m, 2m, isMaker: true), out CommissionParts parts), Is.True);
        Assert.That(parts, Is.EqualTo(new CommissionParts(Scaled.Raw(0.0022m), 0, 0, FeeCurrency.Base)));
        Assert.That(commission.TryInDiscountAsset(Order(50_000m, 2m), Price.Zero, out _), Is.False, "no price of the discount asset");
        Assert.That((commission with { DiscountFactor = Ratio.Zero }).TryInDiscountAsset(Order(50_000m, 2m), new Price(Scaled.Raw(500m)), out _), Is.False);
    }

    private static ChargedFill Order(decimal price, decimal quantity, bool isMaker = false) =>
        new(Side.Buy, new Price(Scaled.Raw(price)), new Quantity(Scaled.Raw(quantity)), isMaker, IsFirst: true);

    private static Ratio Share(decimal value) => new(Scaled.Raw(value));
}
