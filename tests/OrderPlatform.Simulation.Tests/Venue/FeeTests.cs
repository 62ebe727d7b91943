using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>How fills are charged, and in what (D20, T7).</summary>
internal sealed class FeeTests
{
    private static readonly MarketEvent TheQuote = Quote(0, 99, 1000, 100, 1000);

    private static VenueReport BuyAndReport(SimulatedVenueOptions options, OrderSide side = OrderSide.Buy) =>
        new VenueRun(options).Give(TheQuote).Submit(Market(1, side, 4), 1).Finish().Last;

    [TestCase(CommissionAsset.Quote, OrderSide.Buy, FeeAsset.Quote, 0.4)]
    [TestCase(CommissionAsset.Base, OrderSide.Buy, FeeAsset.Base, 0.004)]
    [TestCase(CommissionAsset.Base, OrderSide.Sell, FeeAsset.Base, 0.004)]
    [TestCase(CommissionAsset.Received, OrderSide.Buy, FeeAsset.Base, 0.004)]
    [TestCase(CommissionAsset.Received, OrderSide.Sell, FeeAsset.Quote, 0.396)]
    public void A_fee_is_taken_in_the_asset_of_the_option(CommissionAsset asset, OrderSide side, FeeAsset expected, decimal fee)
    {
        VenueReport fill = BuyAndReport(DefaultOptions with { TakerFee = R(0.001m), Commission = new CommissionOptions(asset) }, side);
        Assert.That((fill.FeeAsset, fill.Fee.Raw), Is.EqualTo((expected, P(fee).Raw)));
    }

    [Test]
    [Description("T7: buy 1.0 with 0.001 base fee")]
    public void A_base_fee_is_exactly_the_share_of_the_quantity_whatever_the_price()
    {
        var options = DefaultOptions with
        {
            TakerFee = R(0.001m),
            Commission = new CommissionOptions(CommissionAsset.Base),
            Instruments = [new VenueInstrument { InstrumentId = Instrument }],
        };
        VenueRun run = new VenueRun(options).Give(Quote(0, 1, 10, 33_333.33333333m, 10)).Submit(Market(1, OrderSide.Buy, 1), 1).Finish();
        Assert.That(run.Last.Fee.Raw, Is.EqualTo(Q(0.001m).Raw));
    }

    [TestCase(0, 0.0008)]
    [TestCase(0.25, 0.0006)]
    public void A_fee_in_a_third_asset_is_the_quote_fee_less_the_discount_at_the_assets_price(decimal discount, decimal fee)
    {
        VenueReport fill = BuyAndReport(DefaultOptions with
        {
            TakerFee = R(0.001m),
            Commission = new CommissionOptions(CommissionAsset.Other, P(500), R(discount), "BNB"),
        });
        Assert.That((fill.FeeAsset, fill.Fee.Raw), Is.EqualTo((FeeAsset.Other, P(fee).Raw)));
    }

    [Test]
    public void The_models_have_their_formulas()
    {
        var taker = new FeeInput(false, Q(4), Money.Zero);
        FeeModel tiers = FeeModel.Tiered(new FeeTier(Money.Zero, R(0.001m), R(0.002m)), new FeeTier(new Money(P(1000).Raw), R(-0.0001m), R(0.0005m)));
        Assert.Multiple(() =>
        {
            Assert.That(FeeModel.None.TermsOf(in taker), Is.EqualTo(new FeeTerms(R(0), Money.Zero)));
            Assert.That(FeeModel.Rates(R(0.1m), R(0.2m)).TermsOf(in taker).Rate, Is.EqualTo(R(0.2m)));
            Assert.That(FeeModel.PerUnit(new Money(1), new Money(P(0.65m).Raw)).TermsOf(in taker).Amount.Raw, Is.EqualTo(P(2.6m).Raw), "4 contracts at 0.65");
            Assert.That(FeeModel.PerFill(new Money(P(1.5m).Raw)).TermsOf(in taker).Amount.Raw, Is.EqualTo(P(1.5m).Raw));
            Assert.That(FeeModel.PerOrder(new Money(5)).TermsOf(taker with { IsFirst = true }).Amount.Raw, Is.EqualTo(5));
            Assert.That(FeeModel.PerOrder(new Money(5)).TermsOf(in taker).Amount.Raw, Is.Zero);
            Assert.That(tiers.TermsOf(taker with { TradedValue = new Money(P(999.99m).Raw) }).Rate, Is.EqualTo(R(0.002m)));
            Assert.That(tiers.TermsOf(taker with { TradedValue = new Money(P(1000).Raw) }).Rate, Is.EqualTo(R(0.0005m)));
            Assert.That(tiers.TermsOf(taker with { TradedValue = new Money(P(1000).Raw), IsMaker = true }).Rate, Is.EqualTo(R(-0.0001m)));
        });
    }

    [Test]
    public void A_tier_counts_what_the_account_traded_before_the_fill()
    {
        var options = DefaultOptions with
        {
            Fees = FeeModel.Tiered(new FeeTier(Money.Zero, R(0.001m), R(0.002m)), new FeeTier(new Money(P(400).Raw), R(0.0005m), R(0.001m))),
        };
        VenueRun run = new VenueRun(options).Give(TheQuote);
        for (ulong id = 1; id <= 3; id++)
        {
            run.Submit(Market(id, OrderSide.Buy, 2) with { AccountId = 5 }, (long)id);
        }

        run.Submit(Market(4, OrderSide.Buy, 2) with { AccountId = 6 }, 4).Finish();
        Assert.That(run.Fills.Select(f => f.Fee.Raw), Is.EqualTo(new[] { P(0.4m).Raw, P(0.4m).Raw, P(0.2m).Raw, P(0.4m).Raw }));
    }

    [Test]
    public void Amounts_in_base_are_valued_at_the_price_of_the_fill()
    {
        VenueReport fill = BuyAndReport(DefaultOptions with
        {
            Fees = FeeModel.PerFill(new Money(P(5).Raw)),
            Commission = new CommissionOptions(CommissionAsset.Base),
        });
        Assert.That(fill.Fee.Raw, Is.EqualTo(Q(0.05m).Raw), "5 at 100");
    }

    [TestCase(CommissionAsset.Other, 0, 0, "BNB", "AssetPrice")]
    [TestCase(CommissionAsset.Quote, 5, 0, "", "AssetPrice")]
    [TestCase(CommissionAsset.Other, 5, 1.5, "BNB", "Discount")]
    [TestCase(CommissionAsset.Other, 5, 0, "", "Code")]
    [TestCase(CommissionAsset.Other, 5, 0, "TOO-LONG-NAME", "Code")]
    [TestCase((CommissionAsset)9, 0, 0, "", "Asset")]
    public void Wrong_commission_options_are_named(CommissionAsset asset, decimal price, decimal discount, string code, string expected)
    {
        var options = DefaultOptions with { Commission = new CommissionOptions(asset, P(price), R(discount), code) };
        Assert.That(() => new SimulatedVenue(options), Throws.ArgumentException.With.Message.Contains($"Commission.{expected} "));
    }

    [Test]
    public void Wrong_units_and_parts_are_named()
    {
        SimulatedVenueOptions With(CommissionOptions commission) => DefaultOptions with { Commission = commission };
        Assert.That(() => new SimulatedVenue(With(new(CommissionAsset.Quote) { Unit = new Money(P(1.01m).Raw) })), Throws.ArgumentException.With.Message.Contains("Commission.Unit "));
        Assert.That(() => new SimulatedVenue(With(new(CommissionAsset.Quote) { Rounding = (RoundingRule)9 })), Throws.ArgumentException.With.Message.Contains("Commission.Rounding "));
        CommissionOptions dear = new(CommissionAsset.Other, P(900_000_000), R(0), "BTC") { Unit = new Money(P(1).Raw) };
        Assert.That(() => new SimulatedVenue(With(dear)), Throws.ArgumentException.With.Message.Contains("Commission.AssetPrice "));
        Assert.That(() => FeeModel.Sum(), Throws.ArgumentException);
        Assert.That(() => FeeModel.Sum(new FeePart(R(0), R(1.1m), R(0), R(0), false)), Throws.ArgumentException.With.Message.Contains("parts is 1.1"));
    }

    [Test]
    public void Wrong_tiers_are_named()
    {
        Assert.That(() => FeeModel.Tiered(), Throws.ArgumentException);
        Assert.That(() => FeeModel.Tiered(new FeeTier(new Money(1), R(0), R(0))), Throws.ArgumentException.With.Message.Contains("begin with one from"));
        Assert.That(
            () => FeeModel.Tiered(new FeeTier(Money.Zero, R(0), R(0)), new FeeTier(Money.Zero, R(0), R(0))),
            Throws.ArgumentException.With.Message.Contains("tiers[1]"));
    }
}
