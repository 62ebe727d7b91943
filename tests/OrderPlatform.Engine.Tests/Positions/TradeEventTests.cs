using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Rounds from flat to flat become trades; the golden cases are those of grouping "flat to flat".</summary>
public partial class TradeEventTests
{
    private const string Golden = "trade_grouping.json";

    [TestCase("all_in_all_out_long", "all_methods")]
    [TestCase("all_in_all_out_short", "all_methods")]
    [TestCase("scale_in_all_out_long", "flat_to_flat")]
    [TestCase("scale_in_scale_out_1_long", "flat_to_flat")]
    [TestCase("reversal_long_to_short", "fill_to_fill")]
    public void Rounds_are_those_of_the_golden_case(string id, string grouping)
    {
        JsonElement item = KnownAnswer.Case(Golden, id);
        JsonElement[] expected = [.. item.GetProperty("expected").GetProperty(grouping).EnumerateArray()];
        TradeNews[] trades = [.. Play(item)];
        Assert.That(trades, Has.Length.EqualTo(expected.Length));
        for (int i = 0; i < trades.Length; i++)
        {
            Assert.That(trades[i].Number, Is.EqualTo(i + 1));
            Assert.That(trades[i].Direction, Is.EqualTo(expected[i].GetProperty("direction").GetString() == "LONG" ? Direction.Long : Direction.Short));
            Assert.That(trades[i].EntryQuantity, Is.EqualTo(expected[i].Decimal("qty")));
            Assert.That(trades[i].EntryPrice, Is.EqualTo(KnownAnswer.AtEightPlaces(expected[i].Decimal("entry"))));
            Assert.That(trades[i].ExitPrice, Is.EqualTo(expected[i].Decimal("exit")));
            Assert.That(trades[i].Realised, Is.EqualTo(expected[i].Decimal("profit_loss")));
        }

        // A fill that crosses zero shares its fee between the rounds by quantity, where the source gives all of it to the first: only the sum is comparable.
        Assert.That(trades.Sum(trade => trade.Fees), Is.EqualTo(expected.Sum(row => row.Decimal("fees"))));
    }

    [Test]
    public void A_fill_that_crosses_zero_shares_its_fee_by_quantity_and_counts_in_both_rounds()
    {
        var engine = new EngineHarness();
        engine.Hold(1, 100);
        ulong sell = engine.Submit(Side.Sell, 4, limit: 110).One<Sent>().Id;
        TradeNews first = engine.Fill(sell, 4, 110, fee: 2).One<TradeNews>();
        Assert.That((first.Fees, first.Fills, first.Realised), Is.EqualTo((0.5m, 2u, 10m)));
        ulong buy = engine.Submit(Side.Buy, 3, limit: 100).One<Sent>().Id;
        TradeNews second = engine.Fill(buy, 3, 100).One<TradeNews>();
        Assert.That((second.Fees, second.Fills, second.Number, second.Realised), Is.EqualTo((1.5m, 2u, 2u, 30m)));
        Assert.That(second.EntryTimeNanos, Is.EqualTo(first.ExitTimeNanos));
    }

    [Test]
    public void The_sum_over_trades_is_the_position_at_flat([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var engine = new EngineHarness();
        decimal profit = 0;
        decimal fees = 0;
        for (int i = 0; i < 500; i++)
        {
            decimal price = random.Next(9_000, 11_000) / 100m;
            decimal quantity = random.Next(1, 3_000) / 1_000m;
            bool flatten = i % 50 == 49 && engine.Held != 0;
            Side side = !flatten ? (Side)random.Next(1, 3) : engine.Held > 0 ? Side.Sell : Side.Buy;
            quantity = flatten ? Math.Abs(engine.Held) : quantity;
            ulong order = engine.Submit(side, quantity, price).One<Sent>().Id;
            Reply reply = engine.Fill(order, quantity, price, fee: random.Next(-10, 100) / 1_000m);
            profit += reply.Of<TradeNews>().Sum(trade => trade.Realised);
            fees += reply.Of<TradeNews>().Sum(trade => trade.Fees);
            if (engine.Held == 0)
            {
                Assert.That((profit, fees), Is.EqualTo((Scaled.Of(engine.Position.Realised.Raw), Scaled.Of(engine.Position.Fees.Raw))),
                    $"seed {seed}, fill {i}");
                Assert.That(engine.Cash - 100_000m, Is.EqualTo(profit - fees));
            }
        }
    }

    private static IEnumerable<TradeNews> Play(JsonElement item)
    {
        var engine = new EngineHarness();
        foreach (string text in item.GetProperty("input").GetProperty("events").EnumerateArray().Select(element => element.GetString()!))
        {
            Match fill = FillText().Match(text);
            if (!fill.Success)
            {
                continue;
            }

            decimal quantity = decimal.Parse(fill.Groups["quantity"].Value, CultureInfo.InvariantCulture);
            decimal price = decimal.Parse(fill.Groups["price"].Value, CultureInfo.InvariantCulture);
            ulong order = engine.Submit(fill.Groups["side"].Value == "BUY" ? Side.Buy : Side.Sell, quantity, price).One<Sent>().Id;
            foreach (TradeNews trade in engine.Fill(order, quantity, price, fee: 1).Of<TradeNews>())
            {
                yield return trade;
            }
        }
    }

    [GeneratedRegex(@"^(?<side>BUY|SELL) (?<quantity>\d+)@(?<price>[\d.]+)")]
    private static partial Regex FillText();
}
