using OrderPlatform.Engine.Margin;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Margin;

[Description("R85, R107, R120, T18")]
internal sealed class MarginTests
{
    private static readonly Ratio OnePercent = new(Scaled.Raw(0.01m));

    [Test]
    public void A_missing_mark_or_rate_is_pending_and_never_zero()
    {
        Price? mark = new Price(Scaled.Raw(2m));
        var quantity = new Quantity(Scaled.Raw(10m));
        var face = new Money(Scaled.Raw(10m));
        Assert.That(FundingPayment.Linear(quantity, null, OnePercent, out _), Is.EqualTo(FundingStatus.PendingMark));
        Assert.That(FundingPayment.Linear(quantity, Price.Zero, OnePercent, out _), Is.EqualTo(FundingStatus.PendingMark), "zero is no price");
        Assert.That(FundingPayment.Linear(quantity, mark, null, out _), Is.EqualTo(FundingStatus.PendingRate));
        Assert.That(FundingPayment.Inverse(face, null, OnePercent, out _), Is.EqualTo(FundingStatus.PendingMark));
        Assert.That(FundingPayment.Inverse(face, mark, null, out _), Is.EqualTo(FundingStatus.PendingRate));
        Assert.That(FundingPayment.Linear(quantity, mark, Ratio.Zero, out Money nothing), Is.EqualTo(FundingStatus.Known), "a rate of zero is a rate");
        Assert.That(nothing, Is.EqualTo(Money.Zero));
    }

    [Test]
    public void Funding_of_an_inverse_contract_is_in_the_coin()
    {
        var face = new Money(Scaled.Raw(-30_000m));
        Assert.That(FundingPayment.Inverse(face, new Price(Scaled.Raw(70_000m)), new Ratio(Scaled.Raw(0.0001m)), out Money received),
            Is.EqualTo(FundingStatus.Known));
        Assert.That(Scaled.Of(received.Raw), Is.EqualTo(0.00004286m), "30000 / 70000 × 0.0001 = 0.000042857…, received by the short");
    }

    [Test]
    public void Funding_that_does_not_fit_is_said_to_be_so() =>
        Assert.That(FundingPayment.Linear(new Quantity(Bounds.QuantityMax), new Price(Bounds.PriceMax), new Ratio(Bounds.RatioMax), out _),
            Is.EqualTo(FundingStatus.DoesNotFit));

    [Test]
    public void A_long_that_is_fully_paid_cannot_be_liquidated()
    {
        IsolatedPosition position = Linear(1m, 10m, 10m);
        Assert.That(LiquidationPrice.Estimate(LiquidationModel.BinanceIsolated, position, out Price price), Is.EqualTo(LiquidationEstimate.NotReachable));
        Assert.That(price, Is.EqualTo(Price.Zero));
        Assert.That(LiquidationPrice.Estimate(LiquidationModel.OkxGateIsolated, position, out _), Is.EqualTo(LiquidationEstimate.NotReachable));
    }

    [Test]
    public void An_inverse_position_is_liquidated_where_what_is_left_is_the_maintenance_margin()
    {
        // 10,000 of face value at 50,000 is 0.2 coins; margin 0.02 is leverage 10.
        foreach (int side in new[] { 1, -1 })
        {
            var position = new IsolatedPosition(
                new Quantity(side * Scaled.Raw(10_000m)), new Price(Scaled.Raw(50_000m)), new Money(Scaled.Raw(0.02m)), OnePercent, Money.Zero, Ratio.Zero);
            Assert.That(LiquidationPrice.Estimate(LiquidationModel.InverseIsolated, position, out Price price), Is.EqualTo(LiquidationEstimate.Price));
            decimal at = Scaled.Of(price.Raw);
            decimal left = 0.02m + (side * 10_000m * ((1 / 50_000m) - (1 / at)));
            Assert.That(left, Is.EqualTo(10_000m * 0.01m / at).Within(0.000000000001m));
            Assert.That(at, side > 0 ? Is.EqualTo(45_909.09090909m) : Is.EqualTo(55_000m));
        }
    }

    [Test]
    public void An_inverse_short_whose_margin_is_its_value_cannot_be_liquidated()
    {
        var position = new IsolatedPosition(
            new Quantity(Scaled.Raw(-10_000m)), new Price(Scaled.Raw(50_000m)), new Money(Scaled.Raw(0.2m)), OnePercent, Money.Zero, Ratio.Zero);
        Assert.That(LiquidationPrice.Estimate(LiquidationModel.InverseIsolated, position, out _), Is.EqualTo(LiquidationEstimate.NotReachable));
    }

    [Test]
    public void Without_a_position_a_model_or_sensible_numbers_there_is_no_estimate()
    {
        IsolatedPosition position = Linear(1m, 10m, 2m);
        LiquidationEstimate[] estimates =
        [
            LiquidationPrice.Estimate(LiquidationModel.None, position, out _),
            LiquidationPrice.Estimate((LiquidationModel)99, position, out _),
            LiquidationPrice.Estimate(LiquidationModel.BinanceIsolated, position with { Quantity = Quantity.Zero }, out _),
            LiquidationPrice.Estimate(LiquidationModel.BinanceIsolated, position with { Entry = Price.Zero }, out _),
            LiquidationPrice.Estimate(LiquidationModel.InverseIsolated, position with { Entry = new Price(Bounds.PriceMax + 1) }, out _),
            LiquidationPrice.Estimate(LiquidationModel.BinanceIsolated, position with { MaintenanceRate = new Ratio(FixedPoint.One) }, out _),
            LiquidationPrice.Estimate(LiquidationModel.OkxGateIsolated, position with { TakerRate = new Ratio(-1) }, out _),
        ];
        Assert.That(estimates, Is.All.EqualTo(LiquidationEstimate.None));
    }

    [Test]
    public void The_largest_numbers_that_can_be_throw_nothing()
    {
        foreach (LiquidationModel model in Enum.GetValues<LiquidationModel>())
        {
            foreach (long quantity in new[] { long.MaxValue, long.MinValue, 1 })
            {
                var largest = new IsolatedPosition(new Quantity(quantity), new Price(Bounds.PriceMax), new Money(long.MaxValue),
                    new Ratio(FixedPoint.One - 1), new Money(long.MaxValue), new Ratio(FixedPoint.One - 1));
                Assert.That(() => LiquidationPrice.Estimate(model, largest, out _), Throws.Nothing);
            }
        }
    }

    [Test]
    public void A_liquidation_price_of_more_than_64_bits_is_said_to_be_so() =>
        Assert.That(LiquidationPrice.Estimate(LiquidationModel.BinanceIsolated, Linear(-0.00000001m, 10m, 50_000_000_000m), out _),
            Is.EqualTo(LiquidationEstimate.DoesNotFit));

    [Test]
    public void A_margin_that_cannot_be_is_refused()
    {
        var value = new Money(Scaled.Raw(1_000m));
        Assert.That(MarginRequirement.TryInitial(value, OnePercent, Ratio.Zero, out _), Is.False);
        Assert.That(MarginRequirement.TryInitial(value, -OnePercent, new Ratio(FixedPoint.One), out _), Is.False);
        Assert.That(MarginRequirement.TryInitial(new Money(long.MinValue), new Ratio(Bounds.RatioMax), new Ratio(1), out _), Is.False, "does not fit");
    }

    private static IsolatedPosition Linear(decimal quantity, decimal entry, decimal margin) =>
        new(new Quantity(Scaled.Raw(quantity)), new Price(Scaled.Raw(entry)), new Money(Scaled.Raw(margin)), OnePercent, Money.Zero, Ratio.Zero);
}
