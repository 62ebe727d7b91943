using System.Text.Json;
using OrderPlatform.Engine.Accounts;
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
    private const string Charged = "what a fill costs is the venue's: the simulated venue's tests show it";

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["binance_commission_three_kinds"] = Charged,
        ["fee_rounding_half_even_1"] = Charged,
        ["fee_rounding_half_even_2"] = Charged,
        ["fixed_fee_charged_once_per_order"] = Charged,
        ["fixed_fee_charged_every_fill"] = Charged,
    };

    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Tested = new()
    {
        ["base_fee_buy_reduces_position"] = BaseFee,
        ["base_fee_sell_increases_short"] = BaseFee,
        ["base_fee_partial_fills"] = BaseFeeOfPartialFills,
        ["perpetual_fee_never_changes_quantity"] = PerpetualFee,
        ["base_fee_round_trip_cash_conservation"] = BaseFeeRoundTrip,
        ["binance_full_response_five_fills"] = FiveFills,
    };

    private static IEnumerable<string> All => KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString()!);

    private static string[] Ids() => [.. All.Where(id => !Elsewhere.ContainsKey(id))];

    [TestCaseSource(nameof(Ids))]
    public void The_known_answer_is_given(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        Action<JsonElement, JsonElement> test = id.StartsWith("ft_", StringComparison.Ordinal) ? RoundTrip : Tested[id];
        test(item.GetProperty("input"), item.GetProperty("expected"));
    }

    [Test]
    public void Nothing_is_explained_that_is_no_case_of_the_file() => Assert.That(Elsewhere.Keys, Is.SubsetOf(All));

    private static void BaseFee(JsonElement input, JsonElement expected)
    {
        Side side = input.GetProperty("side").GetString() == "BUY" ? Side.Buy : Side.Sell;
        var book = new Book();
        book.Apply(side, input.Decimal("price"), input.Decimal("qty"), input.Decimal("fee"), FeeCurrency.Base);
        Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("position_qty")));
    }

    private static void BaseFeeOfPartialFills(JsonElement input, JsonElement expected)
    {
        var book = new Book();
        string[] after = [.. expected.GetProperty("position_after_each").EnumerateArray().Select(text => text.GetString()!)];
        int step = 0;
        foreach (JsonElement quantity in input.GetProperty("fills").EnumerateArray())
        {
            book.Apply(Side.Buy, 50_000m, KnownAnswer.Parse(quantity.GetString()!), input.Decimal("fee_each_base"), FeeCurrency.Base);
            Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(KnownAnswer.Parse(after[step++])));
        }
    }

    private static void PerpetualFee(JsonElement input, JsonElement expected)
    {
        // A derivative's fee comes out of the margin asset, whatever coin that is: to the book it is quote or a third asset, never base.
        foreach ((decimal fee, FeeCurrency currency) in new[] { (50m, FeeCurrency.Quote), (input.Decimal("fee"), FeeCurrency.Other) })
        {
            var book = new Book();
            book.Apply(Side.Buy, 50_000m, input.Decimal("qty"), fee, currency);
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
            book.Apply(side, fill.Decimal("price"), fill.Decimal("qty"), fill.Decimal("fee"), currency);
        }

        Assert.That(Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("final_qty")));
        Assert.That(Scaled.Of(book.Account.Cash.Raw), Is.EqualTo(expected.Decimal("cash_change_usdt")));
        Assert.That(book.Profit, Is.EqualTo(expected.Decimal("realized_pnl_that_equals_cash")));
    }

    private static void FiveFills(JsonElement input, JsonElement expected)
    {
        var book = new Book();
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            book.Apply(Side.Sell, fill.Decimal("price"), fill.Decimal("qty"), fill.Decimal("commission_usdt"));
        }

        Assert.That(-Scaled.Of(book.Position.Quantity.Raw), Is.EqualTo(expected.Decimal("executed_qty")));
        Assert.That(-Scaled.Of(book.Position.Cost.Raw), Is.EqualTo(expected.Decimal("quote_received_gross")));
        Price average = ContractValue.AveragePrice(Book.Spot, book.Position.Quantity, book.Position.Cost);
        Assert.That(Scaled.Of(average.Raw), Is.EqualTo(expected.Decimal("avg_price")));
        Assert.That(Scaled.Of(book.Position.Fees.Raw), Is.EqualTo(expected.Decimal("total_commission")));
        Assert.That(Scaled.Of(book.Account.Cash.Raw), Is.EqualTo(expected.Decimal("net_quote")));
    }

    private static void RoundTrip(JsonElement input, JsonElement expected)
    {
        bool isLong = input.GetProperty("side").GetString() == "LONG";
        decimal amount = input.Decimal("amount");
        decimal funding = input.Decimal("funding_fee_received");
        var book = new Book();
        book.Take(input.Decimal("entry_fee_rate"), isLong ? Side.Buy : Side.Sell, input.Decimal("open_rate"), amount);
        decimal opened = Scaled.Of(book.Account.Cash.Raw);
        book.Take(input.Decimal("exit_fee_rate"), isLong ? Side.Sell : Side.Buy, input.Decimal("close_rate"), amount);
        decimal closed = Scaled.Of(book.Account.Cash.Raw) - opened + funding;
        Assert.That(Math.Abs(opened), Is.EqualTo(expected.Decimal("open_value")));
        Assert.That(Math.Abs(closed), Is.EqualTo(expected.Decimal("close_value")));
        decimal profit = book.Profit + funding;
        Assert.That(profit, Is.EqualTo(expected.Decimal("profit_abs")));
        decimal ratio = profit / Math.Abs(opened) * input.Decimal("leverage");
        Assert.That(ratio, Is.EqualTo(expected.Decimal("profit_ratio_published")).Within(0.00001m), "published with float errors");
    }

    private static Price Price(decimal value) => new(Scaled.Raw(value));

    private static Quantity Quantity(decimal value) => new(Scaled.Raw(value));

    /// <summary>A position and its account, from nothing.</summary>
    private sealed class Book
    {
        public static readonly Instrument Spot = new() { Kind = InstrumentKind.Spot };

        public Position Position;
        public Account Account;

        public decimal Profit => Scaled.Of(Position.Realised.Raw) - Scaled.Of(Position.Fees.Raw);

        public void Take(decimal rate, Side side, decimal price, decimal quantity) => Apply(side, price, quantity, price * quantity * rate);

        public void Apply(Side side, decimal price, decimal quantity, decimal fee, FeeCurrency currency = FeeCurrency.Quote) =>
            PositionBook.Apply(ref Position, ref Account, Spot, new Fill(side, Price(price), Quantity(quantity), Scaled.Raw(fee), currency, 0));
    }
}
