using System.Text.Json.Nodes;
using OrderPlatform.Engine.Numbers;
using static OrderPlatform.Analytics.Tests.GoldenCases;

namespace OrderPlatform.Analytics.Tests;

public sealed class GoldenTradeTests
{
    private const string File = "trade_statistics.json";
    private const long MinuteNanos = SampleRun.MinuteNanos;

    /// <summary>
    /// Not computed: excursions within a trade (records do not carry them), Lean's own caps and its downside deviation over n - 1, durations of
    /// winners and losers apart.
    /// </summary>
    private static readonly string[] NotComputed =
    [
        "avg_mae", "avg_mfe", "largest_mae", "largest_mfe", "max_intratrade_drawdown", "avg_end_trade_drawdown", "max_end_trade_drawdown",
        "pl_downside_sd", "sortino", "avg_winning_duration_s", "avg_losing_duration_s", "win_loss_ratio", "profit_to_max_drawdown",
    ];

    public static IEnumerable<TestCaseData> Lean => Named(File, c => c["input"]!["trades"]?[0]!["profit_loss"] is not null);

    public static IEnumerable<TestCaseData> Plain => Named(File, c => c["input"]!["pnls"] is not null);

    [TestCaseSource(nameof(Lean))]
    public void Known_answer_is_reproduced(JsonObject known)
    {
        List<TradeRecord> trades = [.. known["input"]!["trades"]!.AsArray().Select(FromJson)];
        foreach ((string key, JsonNode? expected) in known["expected"]!.AsObject())
        {
            if (!NotComputed.Contains(key) && !(key == "profit_factor" && expected!.ToString() == "10"))
            {
                Assert.That(Compute(key, trades), Is.EqualTo(Number(expected)).Within(1e-8), $"{Id(known)}: {key}");
            }
        }
    }

    [TestCaseSource(nameof(Plain))]
    public void Known_expectancy_and_win_rate_are_reproduced(JsonObject known)
    {
        List<TradeRecord> trades = [.. known["input"]!["pnls"]!.AsArray().Select((p, i) => Trade(Money(p), default, i, i + 1))];
        foreach ((string key, JsonNode? expected) in known["expected"]!.AsObject())
        {
            Assert.That(Compute(key, trades), Is.EqualTo(Number(expected)).Within(1e-12), $"{Id(known)}: {key}");
        }
    }

    [Test]
    public void The_profit_factor_without_a_loser_is_infinite_and_not_capped()
    {
        JsonObject known = Load(File).Single(c => Id(c) == "three_winners");
        TradeStatistics statistics = TradeStatistics.From([.. known["input"]!["trades"]!.AsArray().Select(FromJson)]);
        Assert.That(statistics.ProfitFactor, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void Every_known_answer_but_the_comparison_with_holding_is_computed() =>
        Assert.That(Lean.Count() + Plain.Count(), Is.EqualTo(Load(File).Count(c => Id(c) != "hummingbot_hold_vs_trade")).And.EqualTo(6));

    // The source's P&L is before fees, and so are its statistics: fees only count in the sum of fees.
    private static double Compute(string statistic, List<TradeRecord> withFees)
    {
        TradeStatistics s = TradeStatistics.From([.. withFees.Select(t => t with { Fees = default })]);
        return statistic switch
        {
            "trades" => s.Count,
            "winners" => s.All.Winners,
            "losers" => s.All.Losers,
            "total_pnl" => Whole(s.All.NetPnl),
            "total_profit" => Whole(s.TotalWin),
            "total_loss" => Whole(s.TotalLoss),
            "avg_pnl" or "expectancy" => Whole(s.Expectancy),
            "avg_profit" => Whole(s.AverageWin),
            "avg_loss" => Whole(s.AverageLoss),
            "largest_profit" => Whole(s.LargestWin),
            "largest_loss" => Whole(s.LargestLoss),
            "win_rate" => s.All.WinRate!.Value,
            "loss_rate" => (double)s.All.Losers / s.Count,
            "profit_factor" => s.ProfitFactor!.Value,
            "profit_loss_ratio" => Whole(s.AverageWin) / -Whole(s.AverageLoss),
            "avg_duration_s" => s.Durations.AverageNanos / 1e9,
            "max_consecutive_wins" => s.MaxConsecutiveWins,
            "max_consecutive_losses" => s.MaxConsecutiveLosses,
            "total_fees" => Whole(TradeStatistics.From(withFees).All.Fees),
            "max_closed_trade_drawdown" => -Whole(Track(default, withFees.Select(t => t.GrossPnl)).LargestAbsolute.Amount),
            "pl_sample_sd" => ReturnRatios.StandardDeviation(Pnls(withFees))!.Value,
            "sharpe_mean_over_sd" => ReturnRatios.Sharpe(Pnls(withFees), 1)!.Value,
            _ => throw new AssertionException($"no computation of {statistic}: add one, or name it as not computed"),
        };
    }

    private static double[] Pnls(List<TradeRecord> trades) => [.. trades.Select(t => Whole(t.GrossPnl))];

    private static double Whole(Money? money) => money!.Value.Raw / (double)FixedPoint.One;

    private static TradeRecord FromJson(JsonNode? trade) =>
        Trade(Money(trade!["profit_loss"]), Money(trade["fees"]), trade["entry_min"]!.GetValue<int>(), trade["exit_min"]!.GetValue<int>());

    private static TradeRecord Trade(Money gross, Money fees, int entryMinute, int exitMinute) => new(
        1, "client", "strategy", "BTC-USDT", TradeSide.Long, entryMinute * MinuteNanos, exitMinute * MinuteNanos, new Price(FixedPoint.One),
        new Price(FixedPoint.One), new Quantity(FixedPoint.One), gross, fees, "exit", 2);
}
