using System.Text.Json;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>What a round went through: MAE, MFE, drawdown at the end, slippage; and the tallies of trades.</summary>
[Description("R93 to R99")]
internal sealed class TradeMetricsTests
{
    [TestCase("all_in_all_out_long", "all_methods", 0)]
    [TestCase("all_in_all_out_short", "all_methods", 0)]
    [TestCase("reversal_long_to_short", "fill_to_fill", 0)]
    [TestCase("reversal_long_to_short", "fill_to_fill", 1)]
    public void Excursions_are_those_of_the_known_answer(string id, string grouping, int trade)
    {
        JsonElement item = KnownAnswer.Case("trade_grouping.json", id);
        JsonElement expected = item.GetProperty("expected").GetProperty(grouping)[trade];
        TradeNews news = Play(item)[trade];
        Assert.That((news.Adverse, news.Favourable), Is.EqualTo((expected.Decimal("mae"), expected.Decimal("mfe"))));
        Assert.That(news.ExitDrawdown, Is.EqualTo(expected.Decimal("mfe") - expected.Decimal("profit_loss")));
    }

    [Test]
    public void A_mark_from_before_the_entry_is_no_excursion()
    {
        var engine = new MoneyEngine();
        engine.Mark(50);
        engine.Trade(1, 100);
        Assert.That(engine.Trade(-1, 101).One<TradeNews>(), Has.Property("Adverse").EqualTo(0m).And.Property("Favourable").EqualTo(1m));
    }

    [Test]
    public void What_is_realised_in_the_round_belongs_to_its_excursion()
    {
        var engine = new MoneyEngine();
        engine.Trade(2, 100);
        engine.Trade(-1, 110);
        engine.Mark(120);
        engine.Mark(80);
        TradeNews trade = engine.Trade(-1, 100).One<TradeNews>();
        Assert.That((trade.Adverse, trade.Favourable, trade.Realised, trade.ExitDrawdown), Is.EqualTo((-10m, 30m, 10m, 20m)));
    }

    [Test]
    public void Slippage_is_a_cost_against_the_mark_at_the_decision_on_both_sides()
    {
        var engine = new MoneyEngine(multiplier: 0.5m);
        engine.Mark(100);
        ulong buy = engine.Submit(Side.Buy, 4, 110).One<Sent>().Id;
        engine.Mark(103);
        engine.Fill(buy, 1, 101);
        engine.Fill(buy, 3, 99);
        Assert.That(Of(Tally(engine).Slippage.Raw), Is.EqualTo(-1m), "half a unit dearer, one and a half cheaper");
        ulong sell = engine.Submit(Side.Sell, 4, 90).One<Sent>().Id;
        TradeNews trade = engine.Fill(sell, 4, 100).One<TradeNews>();
        Assert.That(trade.Slippage, Is.EqualTo(-1m + 6m), "decided at 103, sold at 100");
        Assert.That((Of(Tally(engine).Executed.Raw), Of(Tally(engine).Traded.Raw)), Is.EqualTo((8m, 399m)));
    }

    [Test]
    public void A_fill_that_crosses_zero_shares_its_slippage()
    {
        var engine = new MoneyEngine();
        engine.Mark(100);
        engine.Trade(1, 100);
        TradeNews first = engine.Trade(-4, 98).One<TradeNews>();
        TradeNews second = engine.Trade(3, 100).One<TradeNews>();
        Assert.That((first.Slippage, second.Slippage), Is.EqualTo((2m, 6m)));
    }

    [Test]
    public void Without_a_mark_at_the_decision_there_is_no_slippage()
    {
        var engine = new MoneyEngine();
        engine.Trade(1, 100);
        Assert.That(engine.Trade(-1, 90).One<TradeNews>().Slippage, Is.Zero);
    }

    [Test]
    public void Wins_and_losses_are_counted_after_fees()
    {
        var engine = new MoneyEngine();
        Round(engine, 110, 1);
        Round(engine, 101, 2);
        Round(engine, 95, 0);
        Round(engine, 100, 0);
        Tally tally = Tally(engine);
        Assert.That((tally.Wins, tally.Losses, Of(tally.Won.Raw), Of(tally.Lost.Raw)), Is.EqualTo((1UL, 2UL, 9m, 6m)), "one of four is neither");
    }

    [Test]
    public void Tallies_stay_at_the_largest_number()
    {
        var tally = new Tally { Won = new Engine.Numbers.Money(long.MaxValue), Wins = ulong.MaxValue };
        Tallies.OnTrade(ref tally, new Engine.Trades.Round { Realised = new Engine.Numbers.Money(5) });
        Assert.That((tally.Won.Raw, tally.Wins), Is.EqualTo((long.MaxValue, ulong.MaxValue)));
        Tallies.OnTrade(ref tally, new Engine.Trades.Round { Realised = new Engine.Numbers.Money(long.MinValue) });
        Assert.That(tally.Lost.Raw, Is.EqualTo(long.MaxValue));
        ulong sum = ulong.MaxValue - 1;
        Tallies.Add(ref sum, 5);
        Tallies.Add(ref sum, -5);
        Assert.That(sum, Is.EqualTo(ulong.MaxValue));
    }

    private static void Round(MoneyEngine engine, decimal exit, decimal fee)
    {
        engine.Trade(1, 100, fee);
        engine.Trade(-1, exit);
    }

    private static Tally Tally(MoneyEngine engine) => engine.State.Positions.TallyOf(0);

    private static List<TradeNews> Play(JsonElement item)
    {
        var engine = new MoneyEngine();
        var trades = new List<TradeNews>();
        foreach (string text in item.GetProperty("input").GetProperty("events").EnumerateArray().Select(element => element.GetString()!))
        {
            string[] words = text.Split(' ', '@');
            Reply reply = words[0] == "mark"
                ? engine.Mark(KnownAnswer.Parse(words[1]))
                : engine.Trade((words[0] == "BUY" ? 1 : -1) * KnownAnswer.Parse(words[1]), KnownAnswer.Parse(words[2]), 1);
            trades.AddRange(reply.Of<TradeNews>());
        }

        return trades;
    }
}
