using System.Text.Json;
using System.Text.RegularExpressions;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>
/// Every case of self_trade_and_amend.json, by id, as far as our side decides it: what becomes of two of our orders that meet, and of an order whose change
/// is refused.
/// </summary>
[Description("D14, N11")]
internal sealed class SelfTradeAnswerTests
{
    private const string File = "self_trade_and_amend.json";

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["amend_oco_both_legs"] = "one new quantity for the orders of a group is the business of the engine's linked orders",
        ["cancel_replace_loses_priority"] = "a queue is the venue's: the simulated venue's tests show it",
        ["amend_iceberg_visible"] = "what a venue shows of an order is the venue's: the simulated venue's tests show it",
    };

    private static readonly Dictionary<string, Action> Tested = new()
    {
        ["stp_quantity_identity"] = Identity,
        ["amend_refused_leaves_order_unchanged"] = RefusedAmend,
    };

    private static string[] Ids() => [.. Tested.Keys];

    private static string[] Meetings() =>
        [.. KnownAnswer.Cases(File).Where(item => item.GetProperty("input").TryGetProperty("taker", out _))
            .Select(item => item.GetProperty("id").GetString()!)];

    [TestCaseSource(nameof(Ids))]
    public void The_known_answer_is_given(string id) => Tested[id]();

    [TestCaseSource(nameof(Meetings))]
    public void Two_of_our_orders_that_meet_become_what_the_venue_says(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        JsonElement expected = item.GetProperty("expected");
        Meeting taker = Meeting.Read(item.GetProperty("input").GetProperty("taker").GetString()!);
        Meeting[] makers = [.. Texts(item.GetProperty("input"), "maker").Select(Meeting.Read)];
        foreach (Meeting maker in makers.Where(_ => taker.Left.Raw > 0))
        {
            Assert.That(SelfTradeCheck.WouldCross(taker.Side, taker.Limit, maker.Side, maker.Limit!.Value), Is.True);
            SelfTradeOutcome outcome = SelfTradeCheck.Decide(taker.Rule, maker.Left, taker.Left);
            maker.Take(outcome.Traded, outcome.MakerPrevented);
            taker.Take(outcome.Traded, outcome.TakerPrevented);
        }

        Assert.That(taker.Says(expected.GetProperty("taker").GetString()!), Is.True, taker.ToString());
        string[] published = Texts(expected, "maker");
        Assert.That(published, Has.Length.EqualTo(makers.Length));
        Assert.That(makers.Zip(published, (maker, text) => maker.Says(text)), Is.All.True);
    }

    [Test]
    public void Every_case_of_the_file_is_tested_or_explained() =>
        Assert.That(Tested.Keys.Concat(Meetings()).Concat(Elsewhere.Keys),
            Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));

    [TestCase(Side.Buy, "100", Side.Sell, "100", true)]
    [TestCase(Side.Buy, "99.99", Side.Sell, "100", false)]
    [TestCase(Side.Sell, "100", Side.Buy, "100", true)]
    [TestCase(Side.Sell, "100.01", Side.Buy, "100", false)]
    [TestCase(Side.Buy, "100", Side.Buy, "100", false)]
    [TestCase(Side.Sell, null, Side.Buy, "100", true)]
    [TestCase(Side.Sell, null, Side.Sell, "100", false)]
    public void A_new_order_crosses_our_own_resting_one_of_the_other_side_at_its_price_or_better(
        Side side, string? limit, Side restingSide, string restingLimit, bool crosses)
    {
        Price? price = limit is null ? null : new Price(Scaled.Raw(KnownAnswer.Parse(limit)));
        Assert.That(SelfTradeCheck.WouldCross(side, price, restingSide, new Price(Scaled.Raw(KnownAnswer.Parse(restingLimit)))), Is.EqualTo(crosses));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Whatever_the_rule_nothing_is_traded_and_prevented_twice_and_the_two_cannot_meet_again(byte rule, uint maker, uint taker)
    {
        var makerLeft = new Quantity(maker);
        var takerLeft = new Quantity(taker);
        SelfTradeOutcome outcome = SelfTradeCheck.Decide((SelfTradePrevention)(rule % 5), makerLeft, takerLeft);
        Quantity makerAfter = SelfTradeCheck.Available(makerLeft, outcome.Traded, outcome.MakerPrevented);
        Quantity takerAfter = SelfTradeCheck.Available(takerLeft, outcome.Traded, outcome.TakerPrevented);
        return makerAfter.Raw >= 0 && takerAfter.Raw >= 0 && (makerAfter.IsZero || takerAfter.IsZero)
            && (outcome.Traded.IsZero || (outcome.MakerPrevented.IsZero && outcome.TakerPrevented.IsZero));
    }

    private static void Identity()
    {
        // 10, of which 3 trade with another, then meets 2 and 4 of ours: a book without the prevented part would think that 7 still work.
        Quantity prevented = Quantity(0m);
        foreach (decimal taker in new[] { 2m, 4m })
        {
            Quantity left = SelfTradeCheck.Available(Quantity(10m), Quantity(3m), prevented);
            prevented += SelfTradeCheck.Decide(SelfTradePrevention.Decrement, left, Quantity(taker)).MakerPrevented;
        }

        Assert.That(SelfTradeCheck.Available(Quantity(10m), Quantity(3m), prevented), Is.EqualTo(Quantity(1m)));
        prevented += SelfTradeCheck.Decide(SelfTradePrevention.ExpireBoth, Quantity(1m), Quantity(5m)).MakerPrevented;
        Assert.That(SelfTradeCheck.Available(Quantity(10m), Quantity(3m), prevented), Is.EqualTo(Quantity(0m)), "it has left the book");
    }

    private static void RefusedAmend()
    {
        var order = new Order { Status = OrderStatus.Working, Quantity = Quantity(5m) };
        OrderCell cell = OrderTransitions.Of(order, OrderEventKind.AmendRejected);
        Assert.That(OrderTransitions.Next(order, cell), Is.EqualTo(OrderStatus.Working), "unchanged, still working");
    }

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement one)
            ? [one.GetString()!]
            : [.. element.GetProperty(name + "s").EnumerateArray().Select(text => text.GetString()!)];

    private static Quantity Quantity(decimal value) => new(Scaled.Raw(value));

    /// <summary>An order as the file writes it: <c>BUY 1.2@1.1 NONE</c>, <c>SELL 1 MARKET EXPIRE_MAKER</c>.</summary>
    private sealed record Meeting(Side Side, Quantity Original, Price? Limit, SelfTradePrevention Rule)
    {
        private Quantity _executed;
        private Quantity _prevented;

        public Quantity Left => SelfTradeCheck.Available(Original, _executed, _prevented);

        public static Meeting Read(string text)
        {
            string[] words = text.Split(' ', '@');
            SelfTradePrevention rule = Enum.TryParse(words[^1].Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out SelfTradePrevention named)
                && !char.IsAsciiDigit(words[^1][0]) ? named : SelfTradePrevention.None;
            Price? limit = text.Contains('@', StringComparison.Ordinal) ? new Price(Scaled.Raw(KnownAnswer.Parse(words[2]))) : null;
            return new Meeting(words[0] == "BUY" ? Side.Buy : Side.Sell, Quantity(KnownAnswer.Parse(words[1])), limit, rule);
        }

        public void Take(Quantity traded, Quantity prevented) => (_executed, _prevented) = (_executed + traded, _prevented + prevented);

        /// <summary>Whether a text names this order's state, and the quantities that it names are this order's.</summary>
        public bool Says(string text)
        {
            string state = Left.Raw > 0 ? Limit is null ? "EXPIRED" : "NEW" : _prevented.IsZero ? "FILLED" : "EXPIRED_IN_MATCH";
            return text.Split(' ', ',')[0] == state && Names(text, "prevented", _prevented) && Names(text, "executed", _executed)
                && Names(text, "available", Left) && Names(text, "FILLED", _executed) && Names(text, "NEW", Left);
        }

        private static bool Names(string text, string name, Quantity quantity)
        {
            Match match = Regex.Match(text, name + " ([0-9.]+)");
            return !match.Success || Quantity(KnownAnswer.Parse(match.Groups[1].Value)) == quantity;
        }
    }
}
