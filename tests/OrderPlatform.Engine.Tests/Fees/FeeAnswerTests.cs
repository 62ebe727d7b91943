using System.Text.Json;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Fees;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Fees;

/// <summary>Every case of commissions_and_fees.json, by id. Values are exact, or rounded as the case says.</summary>
[Description("R38, R87, T7, T8")]
internal sealed class FeeAnswerTests
{
    private const string File = "commissions_and_fees.json";
    private static readonly Ratio One = new(FixedPoint.One);

    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Tested = new()
    {
        ["base_fee_buy_reduces_position"] = BaseFee,
        ["base_fee_sell_increases_short"] = BaseFee,
        ["base_fee_partial_fills"] = BaseFeeOfPartialFills,
        ["perpetual_fee_never_changes_quantity"] = PerpetualFee,
        ["base_fee_round_trip_cash_conservation"] = BaseFeeRoundTrip,
        ["binance_commission_three_kinds"] = ThreeParts,
        ["binance_full_response_five_fills"] = FiveFills,
        ["fee_rounding_half_even_1"] = RateRoundedToCents,
        ["fee_rounding_half_even_2"] = PerContractRoundedToCents,
        ["fixed_fee_charged_once_per_order"] = FixedFee,
        ["fixed_fee_charged_every_fill"] = FixedFee,
    };

    private static string[] Ids() => [.. KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString()!)];

    [TestCaseSource(nameof(Ids))]
    public void The_known_answer_is_given(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        Action<JsonElement, JsonElement> test = id.StartsWith("ft_", StringComparison.Ordinal) ? RoundTrip : Tested[id];
        test(item.GetProperty("input"), item.GetProperty("expected"));
    }

    private static void BaseFee(JsonElement input, JsonElement expected)
    {
        var schedule = new FeeSchedule { TakerRate = Ratio("0.001"), Asset = FeeAssetRule.Base };
        Side side = input.GetProperty("side").GetString() == "BUY" ? Side.Buy : Side.Sell;
        var book = new Book();
        Fee fee = book.Take(schedule, side, input.Decimal("price"), input.Decimal("qty"));
        Assert.That((Scaled.Of(fee.Amount), fee.Currency), Is.EqualTo((input.Decimal("fee"), FeeCurrency.Base)));
        Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("position_qty")));
    }

    private static void BaseFeeOfPartialFills(JsonElement input, JsonElement expected)
    {
        var book = new Book();
        string[] after = [.. expected.GetProperty("position_after_each").EnumerateArray().Select(text => text.GetString()!)];
        int step = 0;
        foreach (JsonElement quantity in input.GetProperty("fills").EnumerateArray())
        {
            book.Apply(Side.Buy, 50_000m, KnownAnswer.Parse(quantity.GetString()!), new Fee(Scaled.Raw(input.Decimal("fee_each_base")), FeeCurrency.Base));
            Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(KnownAnswer.Parse(after[step++])));
        }
    }

    private static void PerpetualFee(JsonElement input, JsonElement expected)
    {
        // A derivative's fee comes out of the margin asset, whatever coin that is: to the book it is quote or a third asset, never base.
        foreach (FeeAssetRule asset in new[] { FeeAssetRule.Quote, FeeAssetRule.DiscountAsset })
        {
            var book = new Book();
            var schedule = new FeeSchedule { TakerRate = Ratio("0.001"), Asset = asset, DiscountFactor = One };
            Fee fee = book.Take(schedule, Side.Buy, 50_000m, input.Decimal("qty"), discountAssetPrice: 50_000m);
            Assert.That(Scaled.Of(fee.Amount), Is.EqualTo(asset == FeeAssetRule.Quote ? 50m : input.Decimal("fee")));
            Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("position_qty")));
        }
    }

    private static void BaseFeeRoundTrip(JsonElement input, JsonElement expected)
    {
        var book = new Book();
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            FeeCurrency currency = fill.GetProperty("fee_currency").GetString() == "ETH" ? FeeCurrency.Base : FeeCurrency.Quote;
            Side side = fill.GetProperty("side").GetString() == "BUY" ? Side.Buy : Side.Sell;
            book.Apply(side, fill.Decimal("price"), fill.Decimal("qty"), new Fee(Scaled.Raw(fill.Decimal("fee")), currency));
        }

        Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("final_qty")));
        Assert.That(Scaled.Of(book.Account.Cash.Raw), Is.EqualTo(expected.Decimal("cash_change_usdt")));
        Assert.That(book.Profit, Is.EqualTo(expected.Decimal("realized_pnl_that_equals_cash")));
    }

    private static void ThreeParts(JsonElement input, JsonElement expected)
    {
        var commission = new BinanceCommission(Rates(input, "standard"), Rates(input, "tax"), Rates(input, "special"), Ratio(input, "discount"));
        var fill = new ChargedFill(Side.Sell, Price(input.Decimal("price")), Quantity(input.Decimal("qty")), IsMaker: false, IsFirst: true);
        Assert.That(Scaled.Of(fill.Price.Value(fill.Quantity).Raw), Is.EqualTo(expected.Decimal("notional")));

        Assert.That(commission.TryInReceived(fill, out CommissionParts usdt), Is.True);
        Assert.That(usdt.Currency, Is.EqualTo(FeeCurrency.Quote));
        Assert.That(Scaled.Of(usdt.Standard), Is.EqualTo(expected.Decimal("standard_usdt")));
        Assert.That(Scaled.Of(usdt.Tax), Is.EqualTo(expected.Decimal("tax_usdt_published")), "0.040229875, half up");
        Assert.That(Scaled.Of(usdt.Special), Is.EqualTo(expected.Decimal("special_usdt")));
        Assert.That(Scaled.Of(usdt.Total), Is.EqualTo(KnownAnswer.AtEightPlaces(expected.Decimal("total_usdt_exact"))));

        JsonElement bnb = expected.GetProperty("in_bnb");
        Assert.That(commission.TryInDiscountAsset(fill, Price(input.Decimal("bnb_usdt")), out CommissionParts parts), Is.True);
        Assert.That(parts.Currency, Is.EqualTo(FeeCurrency.Other));
        Assert.That(Scaled.Of(parts.Standard), Is.EqualTo(KnownAnswer.AtEightPlaces(bnb.Decimal("standard_discounted_published"))));
        Assert.That(Scaled.Of(parts.Tax), Is.EqualTo(bnb.Decimal("tax_published")));
        Assert.That(Scaled.Of(parts.Special), Is.EqualTo(KnownAnswer.AtEightPlaces(bnb.Decimal("special_published"))));
        Assert.That(Scaled.Of(parts.Total), Is.EqualTo(KnownAnswer.AtEightPlaces(bnb.Decimal("total_published"))));
        Assert.That(Scaled.Of(parts.Total), Is.EqualTo(KnownAnswer.AtEightPlaces(bnb.Decimal("total_exact_30"))));
    }

    private static void FiveFills(JsonElement input, JsonElement expected)
    {
        var schedule = new FeeSchedule { TakerRate = Ratio(expected, "fee_rate"), Asset = FeeAssetRule.Received };
        var book = new Book();
        decimal total = 0;
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            Fee fee = book.Take(schedule, Side.Sell, fill.Decimal("price"), fill.Decimal("qty"));
            Assert.That((Scaled.Of(fee.Amount), fee.Currency), Is.EqualTo((fill.Decimal("commission_usdt"), FeeCurrency.Quote)));
            total += Scaled.Of(fee.Amount);
        }

        Assert.That(-Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("executed_qty")));
        Assert.That(-Scaled.Of(book.Position.Cost.Raw), Is.EqualTo(expected.Decimal("quote_received_gross")));
        Price average = ContractValue.AveragePrice(Book.Spot, book.Position.Quantity, book.Position.Cost);
        Assert.That(Scaled.Of(average.Raw), Is.EqualTo(expected.Decimal("avg_price")));
        Assert.That(total, Is.EqualTo(expected.Decimal("total_commission")));
        Assert.That(Scaled.Of(book.Account.Cash.Raw), Is.EqualTo(expected.Decimal("net_quote")));
    }

    private static void RateRoundedToCents(JsonElement input, JsonElement expected)
    {
        FeeSchedule cents = Cents(input) with { MakerRate = Ratio(input, "maker_rate") };
        AssertCents(cents, input.Decimal("price"), input.Decimal("qty"), expected);
    }

    private static void PerContractRoundedToCents(JsonElement input, JsonElement expected)
    {
        FeeSchedule cents = Cents(input) with { FixedFee = Scaled.Raw(input.Decimal("fee_per_contract")), FixedBasis = FixedFeeBasis.PerUnit };
        AssertCents(cents, 1m, input.Decimal("qty"), expected);
    }

    private static void FixedFee(JsonElement input, JsonElement expected)
    {
        bool isOnce = input.GetProperty("charge_once").GetBoolean();
        var schedule = new FeeSchedule
        {
            FixedFee = Scaled.Raw(input.Decimal("fixed_fee")),
            FixedBasis = isOnce ? FixedFeeBasis.PerOrder : FixedFeeBasis.PerFill,
        };
        decimal[] fees = [.. input.GetProperty("fills").EnumerateArray().Select((quantity, i) =>
            Scaled.Of(Compute(schedule, Side.Buy, 1m, KnownAnswer.Parse(quantity.GetString()!), isMaker: false, isFirst: i == 0).Amount))];
        Assert.That(fees, Is.EqualTo(expected.GetProperty("fees").EnumerateArray().Select(text => KnownAnswer.Parse(text.GetString()!))));
    }

    private static void RoundTrip(JsonElement input, JsonElement expected)
    {
        bool isLong = input.GetProperty("side").GetString() == "LONG";
        decimal amount = input.Decimal("amount");
        decimal funding = input.Decimal("funding_fee_received");
        var book = new Book();
        book.Take(Schedule(input, "entry_fee_rate"), isLong ? Side.Buy : Side.Sell, input.Decimal("open_rate"), amount);
        decimal opened = Scaled.Of(book.Account.Cash.Raw);
        book.Take(Schedule(input, "exit_fee_rate"), isLong ? Side.Sell : Side.Buy, input.Decimal("close_rate"), amount);
        decimal closed = Scaled.Of(book.Account.Cash.Raw) - opened + funding;
        Assert.That(Math.Abs(opened), Is.EqualTo(expected.Decimal("open_value")));
        Assert.That(Math.Abs(closed), Is.EqualTo(expected.Decimal("close_value")));
        decimal profit = book.Profit + funding;
        Assert.That(profit, Is.EqualTo(expected.Decimal("profit_abs")));
        decimal ratio = profit / Math.Abs(opened) * input.Decimal("leverage");
        Assert.That(ratio, Is.EqualTo(expected.Decimal("profit_ratio_published")).Within(0.00001m), "published with float errors");
    }

    private static void AssertCents(in FeeSchedule schedule, decimal price, decimal quantity, JsonElement expected)
    {
        decimal exact = Scaled.Of(Compute(schedule with { Unit = 0 }, Side.Buy, price, quantity, isMaker: true).Amount);
        Assert.That(exact, Is.EqualTo(expected.Decimal("raw")));
        Assert.That(Scaled.Of(Compute(schedule, Side.Buy, price, quantity, isMaker: true).Amount), Is.EqualTo(expected.Decimal("rounded")));
        FeeSchedule halfUp = schedule with { Rounding = RoundingRule.HalfAwayFromZero };
        Assert.That(Scaled.Of(Compute(halfUp, Side.Buy, price, quantity, isMaker: true).Amount), Is.EqualTo(2.35m), "the note: half up");
    }

    private static FeeSchedule Cents(JsonElement input) =>
        new() { Unit = input.GetProperty("currency_decimals").GetInt32() == 2 ? 1_000_000 : 0, Rounding = RoundingRule.HalfEven };

    private static FeeSchedule Schedule(JsonElement input, string rate) => new() { TakerRate = Ratio(input, rate) };

    private static CommissionRates Rates(JsonElement input, string name)
    {
        JsonElement rates = input.GetProperty(name);
        return new CommissionRates(Ratio(rates, "maker"), Ratio(rates, "taker"), Ratio(rates, "buyer"), Ratio(rates, "seller"));
    }

    private static Fee Compute(
        in FeeSchedule schedule, Side side, decimal price, decimal quantity, bool isMaker, bool isFirst = true, decimal discountAssetPrice = 0)
    {
        var fill = new ChargedFill(side, Price(price), Quantity(quantity), isMaker, isFirst);
        Assert.That(FeeCharge.TryCompute(schedule, fill, Price(discountAssetPrice), out Fee fee), Is.True);
        return fee;
    }

    private static Price Price(decimal value) => new(Scaled.Raw(value));

    private static Quantity Quantity(decimal value) => new(Scaled.Raw(value));

    private static Ratio Ratio(string text) => new(Scaled.Raw(KnownAnswer.Parse(text)));

    private static Ratio Ratio(JsonElement element, string name) => new(Scaled.Raw(element.Decimal(name)));

    /// <summary>A position and its account, from nothing.</summary>
    private sealed class Book
    {
        public static readonly Instrument Spot = new() { Kind = InstrumentKind.Spot };

        public Position Position;
        public Account Account;

        public decimal Profit => Scaled.Of(Position.Realised.Raw) - Scaled.Of(Position.Fees.Raw);

        public Fee Take(in FeeSchedule schedule, Side side, decimal price, decimal quantity, decimal discountAssetPrice = 0)
        {
            Fee fee = Compute(schedule, side, price, quantity, isMaker: false, discountAssetPrice: discountAssetPrice);
            Apply(side, price, quantity, fee);
            return fee;
        }

        public void Apply(Side side, decimal price, decimal quantity, Fee fee) =>
            PositionBook.Apply(ref Position, ref Account, Spot, new Fill(side, Price(price), Quantity(quantity), fee.Amount, fee.Currency, 0));
    }
}
