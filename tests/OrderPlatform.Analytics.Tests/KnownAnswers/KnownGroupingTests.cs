using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using static OrderPlatform.Analytics.Tests.KnownSeries;

namespace OrderPlatform.Analytics.Tests;

internal sealed class KnownGroupingTests
{
    private const string File = "trade_grouping.json";
    private const string Quirk = "the source gives a later entry the prices from before it; the file's own note says to take only P&L and fees";
    private const string NotCopied = "the file says zero where the source's own test of this case expects other numbers: see the last test here";

    /// <summary>Excursions of the file that are not ours, with the reason: case, convention, number of the trade from 0.</summary>
    private static readonly Dictionary<(string Id, string Convention, int Trade), string> NotOurs = new()
    {
        [("scale_in_all_out_long", "flat_to_flat", 0)] = NotCopied,
        [("scale_in_scale_out_1_long", "flat_to_flat", 0)] = NotCopied,
        [("scale_in_scale_out_1_long", "flat_to_reduced_fifo", 0)] = NotCopied,
        [("scale_in_scale_out_1_long", "flat_to_reduced_fifo", 1)] = NotCopied,
        [("scale_in_scale_out_1_long", "flat_to_reduced_lifo", 0)] = NotCopied,
        [("scale_in_scale_out_1_long", "flat_to_reduced_lifo", 1)] = NotCopied,
        [("scale_in_scale_out_1_long", "fill_to_fill_fifo", 2)] = Quirk,
        [("scale_in_scale_out_1_long", "fill_to_fill_lifo", 1)] = Quirk,
    };

    private static readonly (GroupingMethod Method, LotMatching Matching)[] All =
    [
        (GroupingMethod.FlatToFlat, LotMatching.OldestFirst), (GroupingMethod.FlatToFlat, LotMatching.NewestFirst),
        (GroupingMethod.FlatToReduced, LotMatching.OldestFirst), (GroupingMethod.FlatToReduced, LotMatching.NewestFirst),
        (GroupingMethod.FillToFill, LotMatching.OldestFirst), (GroupingMethod.FillToFill, LotMatching.NewestFirst),
    ];

    private static IEnumerable<TestCaseData> Known => Cases(File);

    [Description("R93, R94")]
    [TestCaseSource(nameof(Known))]
    public void A_known_answer_is_reproduced(JsonElement known)
    {
        if (known.GetProperty("input").Optional("prices") is not null)
        {
            CheckDrawdown(known);
            return;
        }

        int trades = 0;
        foreach (JsonProperty expected in known.GetProperty("expected").EnumerateObject())
        {
            foreach ((GroupingMethod method, LotMatching matching) in Conventions(expected.Name))
            {
                IReadOnlyList<GroupedTrade> made = Group(known.GetProperty("input"), method, matching);
                Assert.That(made, Has.Count.EqualTo(expected.Value.GetArrayLength()), $"{Id(known)}: {expected.Name}");
                for (int i = 0; i < made.Count; i++, trades++)
                {
                    Check(made[i], expected.Value[i], $"{Id(known)}: {expected.Name} {i}", !NotOurs.ContainsKey((Id(known), expected.Name, i)));
                }
            }
        }

        Assert.That(trades, Is.GreaterThan(0));
    }

    [Test]
    public void Every_case_of_the_file_is_reproduced_and_what_is_not_ours_is_named()
    {
        Assert.That(Ids(File), Has.Length.EqualTo(15).And.Unique);
        Assert.That(Known.Select(static one => Id((JsonElement)one.Arguments[0]!)), Is.EqualTo(Ids(File)));
        foreach ((string id, string convention, int trade) in NotOurs.Keys)
        {
            Assert.That(KnownAnswer.Case(File, id).GetProperty("expected").GetProperty(convention).GetArrayLength(), Is.GreaterThan(trade),
                $"{id}: {convention} {trade}");
        }
    }

    [Test]
    public void Excursions_from_flat_to_flat_are_those_of_the_whole_position()
    {
        JsonElement input = KnownAnswer.Case(File, "scale_in_all_out_long").GetProperty("input");
        TradeRecord trade = Group(input, GroupingMethod.FlatToFlat, LotMatching.OldestFirst)[0].Trade;
        Assert.That((trade.AdverseExcursion, trade.FavourableExcursion), Is.EqualTo(((Money?)SampleRun.Units(-20), (Money?)SampleRun.Units(50))));
    }

    private static IEnumerable<(GroupingMethod Method, LotMatching Matching)> Conventions(string name) => All.Where(one => name switch
    {
        "all_methods" => true,
        "flat_to_flat" => one.Method == GroupingMethod.FlatToFlat,
        "fill_to_fill" => one.Method == GroupingMethod.FillToFill,
        "fill_to_fill_fifo" => one == (GroupingMethod.FillToFill, LotMatching.OldestFirst),
        "fill_to_fill_lifo" => one == (GroupingMethod.FillToFill, LotMatching.NewestFirst),
        "flat_to_reduced_fifo" => one == (GroupingMethod.FlatToReduced, LotMatching.OldestFirst),
        "flat_to_reduced_lifo" => one == (GroupingMethod.FlatToReduced, LotMatching.NewestFirst),
        _ => throw new AssertionException($"no such convention: {name}"),
    });

    private static void Check(GroupedTrade made, JsonElement expected, string what, bool hasExcursions)
    {
        TradeRecord trade = made.Trade;
        Assert.That(trade.Side, Is.EqualTo(expected.GetProperty("direction").GetString() == "LONG" ? TradeSide.Long : TradeSide.Short), what);
        Assert.That(trade.EntryPrice.Raw, Is.EqualTo(Raw(expected.Decimal("entry"))), what);
        Assert.That(trade.ExitPrice.Raw, Is.EqualTo(Raw(expected.Decimal("exit"))), what);
        Assert.That(trade.Quantity.Raw, Is.EqualTo(Raw(expected.Decimal("qty"))), what);
        Assert.That(trade.GrossPnl, Is.EqualTo(expected.Money("profit_loss")), what);
        Assert.That(trade.Fees, Is.EqualTo(expected.Money("fees")), what);
        Assert.That(made.OrderIds, Is.EqualTo(expected.GetProperty("order_ids").EnumerateArray().Select(static id => id.GetUInt64())), what);
        bool isSame = trade.AdverseExcursion == expected.Money("mae") && trade.FavourableExcursion == expected.Money("mfe");
        Assert.That(isSame, Is.EqualTo(hasExcursions), $"{what}: {trade.AdverseExcursion} and {trade.FavourableExcursion}");
    }

    private static void CheckDrawdown(JsonElement known)
    {
        JsonElement input = known.GetProperty("input");
        Money[] prices = input.Amounts("prices");
        Quantity quantity = new(input.GetProperty("qty").GetString() is { } text ? Raw(KnownAnswer.Parse(text)) : 0);
        bool isLong = input.GetProperty("side").GetString() == "LONG";
        foreach ((GroupingMethod method, LotMatching matching) in All)
        {
            var grouping = new TradeGrouping(method, matching);
            grouping.OnFill(new TradeFill(0, isLong, new Price(prices[0].Raw), quantity, default, 1));
            foreach (Money price in prices[1..^1])
            {
                grouping.OnMark(new Price(price.Raw));
            }

            grouping.OnFill(new TradeFill(1, !isLong, new Price(prices[^1].Raw), quantity, default, 2));
            Money drawdown = grouping.Trades.Single().Trade.Drawdown!.Value;
            JsonElement expected = known.GetProperty("expected");
            Assert.That(drawdown, Is.EqualTo(expected.Money("drawdown_money")), Id(known));
            Assert.That(Exact(drawdown) * 100_000_000m / quantity.Raw, Is.EqualTo(expected.Decimal("drawdown_per_unit")), Id(known));
        }
    }

    // An event is "BUY 1000@1.08 (1)", with a fee of 1 for each order, or "mark 1.075".
    private static IReadOnlyList<GroupedTrade> Group(JsonElement input, GroupingMethod method, LotMatching matching)
    {
        var grouping = new TradeGrouping(method, matching);
        long nanos = 0;
        foreach (string line in input.GetProperty("events").EnumerateArray().Select(static one => one.GetString()!))
        {
            string[] words = line.Split(' ', '@', '(', ')');
            if (words[0] == "mark")
            {
                grouping.OnMark(new Price(Raw(KnownAnswer.Parse(words[1]))));
                continue;
            }

            grouping.OnFill(new TradeFill(
                nanos++, words[0] == "BUY", new Price(Raw(KnownAnswer.Parse(words[2]))), new Quantity(Raw(KnownAnswer.Parse(words[1]))), SampleRun.Units(1),
                ulong.Parse(words[4], System.Globalization.CultureInfo.InvariantCulture)));
        }

        return grouping.Trades;
    }
}
