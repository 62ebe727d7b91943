using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using static OrderPlatform.Analytics.Tests.KnownSeries;

namespace OrderPlatform.Analytics.Tests;

internal sealed class KnownTradeStatisticsTests
{
    private const string File = "trade_statistics.json";
    private const string Lean = "profit_loss";
    private const long MinuteNanos = SampleRun.MinuteNanos;

    /// <summary>Numbers of the file that are not ours, with the reason; everything else of every case is computed.</summary>
    private static readonly Dictionary<(string Id, string Statistic), string> NotOurs = new()
    {
        [("three_winners", "profit_factor")] = "the source caps it at 10 without a loss; ours is infinite and shown so (README)",
    };

    private static IEnumerable<TestCaseData> Known => Cases(File);

    [Description("R93, R94, R102")]
    [TestCaseSource(nameof(Known))]
    public void A_known_answer_is_reproduced(JsonElement known)
    {
        JsonElement input = known.GetProperty("input");
        Func<string, decimal> compute =
            input.Optional("pnls") is not null ? OfPnls(input)
            : input.GetProperty("trades")[0].Optional(Lean) is not null ? OfTrades(input)
            : OfHolding(input);
        foreach (JsonProperty expected in known.GetProperty("expected").EnumerateObject())
        {
            if (!NotOurs.ContainsKey((Id(known), expected.Name)))
            {
                decimal value = KnownAnswer.Parse(expected.Value.ToString());
                decimal places = expected.Name.Contains("sd", StringComparison.Ordinal) ? 1e-13m : 0;
                Assert.That(compute(expected.Name), Is.EqualTo(KnownAnswer.AtEightPlaces(value)).Or.EqualTo(value).Within(places),
                    $"{Id(known)}: {expected.Name}");
            }
        }
    }

    [Test]
    public void Every_case_of_the_file_is_reproduced_and_what_is_not_ours_is_named()
    {
        Assert.That(Ids(File), Has.Length.EqualTo(7).And.Unique);
        Assert.That(Known.Select(static one => Id((JsonElement)one.Arguments[0]!)), Is.EqualTo(Ids(File)));
        foreach ((string id, string statistic) in NotOurs.Keys)
        {
            Assert.That(KnownAnswer.Case(File, id).GetProperty("expected").TryGetProperty(statistic, out _), Is.True, $"{id}: {statistic}");
        }
    }

    [Test]
    public void The_profit_factor_without_a_loser_is_infinite_and_not_capped()
    {
        TradeStatistics statistics = TradeStatistics.From(Trades(KnownAnswer.Case(File, "three_winners").GetProperty("input")));
        Assert.That(statistics.ProfitFactor, Is.EqualTo(double.PositiveInfinity));
        Assert.That(statistics.WinLossRatio, Is.EqualTo(double.PositiveInfinity));
    }

    private static Func<string, decimal> OfPnls(JsonElement input)
    {
        TradeStatistics s = TradeStatistics.From([.. input.Amounts("pnls").Select(static (pnl, i) => Trade(pnl, default, i, i + 1))]);
        return statistic => statistic switch
        {
            "expectancy" => Exact(s.Expectancy!.Value),
            "win_rate" => (decimal)s.All.WinRate!.Value,
            _ => throw Missing(statistic),
        };
    }

    // The source's P&L is before fees, and so are its statistics: fees only count in the sum of fees.
    private static Func<string, decimal> OfTrades(JsonElement input)
    {
        List<TradeRecord> withFees = Trades(input);
        List<TradeRecord> trades = [.. withFees.Select(static t => t with { Fees = default })];
        TradeStatistics s = TradeStatistics.From(trades);
        return statistic => OfMoney(statistic, s) ?? OfCounts(statistic, s) ?? OfSpread(statistic, trades) ?? statistic switch
        {
            "total_fees" => Exact(TradeStatistics.From(withFees).All.Fees),
            "max_closed_trade_drawdown" => -Exact(s.LargestDrawdown),
            "max_intratrade_drawdown" => -Exact(ClosedTradeDrawdown.WithinTrades(trades)),
            _ => throw Missing(statistic),
        };
    }

    private static decimal? OfMoney(string statistic, TradeStatistics s) => statistic switch
    {
        "total_pnl" => Exact(s.All.NetPnl),
        "total_profit" => Exact(s.TotalWin),
        "total_loss" => Exact(s.TotalLoss),
        "avg_pnl" => Exact(s.Expectancy!.Value),
        "avg_profit" => Exact(s.AverageWin!.Value),
        "avg_loss" => Exact(s.AverageLoss!.Value),
        "largest_profit" => Exact(s.LargestWin),
        "largest_loss" => Exact(s.LargestLoss),
        "avg_mae" => Exact(s.Excursions.AverageAdverse!.Value),
        "avg_mfe" => Exact(s.Excursions.AverageFavourable!.Value),
        "largest_mae" => Exact(s.Excursions.LargestAdverse),
        "largest_mfe" => Exact(s.Excursions.LargestFavourable),

        // The source counts its average below zero and its largest above; ours is above zero in both.
        "avg_end_trade_drawdown" => -Exact(s.Excursions.AverageEndDrawdown!.Value),
        "max_end_trade_drawdown" => Exact(s.Excursions.LargestEndDrawdown),
        _ => null,
    };

    private static decimal? OfCounts(string statistic, TradeStatistics s) => statistic switch
    {
        "trades" => s.Count,
        "winners" => s.All.Winners,
        "losers" => s.All.Losers,
        "win_rate" => Places(s.All.WinRate!.Value),
        "loss_rate" => Places((double)s.All.Losers / s.Count),
        "profit_factor" => Places(s.ProfitFactor!.Value),
        "profit_loss_ratio" => Places(s.PayoffRatio!.Value),
        "win_loss_ratio" => Places(s.WinLossRatio!.Value),
        "profit_to_max_drawdown" => Places(s.ProfitToDrawdown!.Value),
        "avg_duration_s" => s.Durations.AverageNanos / 1_000_000_000m,
        "avg_winning_duration_s" => s.WinnerDurations.AverageNanos / 1_000_000_000m,
        "avg_losing_duration_s" => s.LoserDurations.AverageNanos / 1_000_000_000m,
        "max_consecutive_wins" => s.MaxConsecutiveWins,
        "max_consecutive_losses" => s.MaxConsecutiveLosses,
        _ => null,
    };

    // Here the source's downside deviation is the sample deviation of the losers; ours of returns divides by all n (README).
    private static decimal? OfSpread(string statistic, List<TradeRecord> trades)
    {
        double[] pnls = [.. trades.Select(static t => (double)Exact(t.GrossPnl))];
        double[] losses = [.. pnls.Where(static pnl => pnl < 0)];
        return statistic switch
        {
            "pl_sample_sd" => (decimal)ReturnRatios.StandardDeviation(pnls)!.Value,
            "pl_downside_sd" => (decimal)ReturnRatios.StandardDeviation(losses)!.Value,
            "sharpe_mean_over_sd" => Places(ReturnRatios.Sharpe(pnls, 1)!.Value),
            "sortino" => Places(ReturnRatios.Mean(pnls)!.Value / ReturnRatios.StandardDeviation(losses)!.Value),
            _ => null,
        };
    }

    private static Func<string, decimal> OfHolding(JsonElement input)
    {
        JsonElement balances = input.GetProperty("current_balances");
        TradeFill[] fills =
        [
            .. input.GetProperty("trades").EnumerateArray().Select(static (one, i) => new TradeFill(
                i, one.GetProperty("side").GetString() == "BUY", new Price(Raw(one.Decimal("price"))), new Quantity(Raw(one.Decimal("qty"))), default, 1)),
        ];
        var compared = HoldComparison.From(fills, new Quantity(Raw(balances.Decimal("base"))), balances.Money("quote"),
            new Price(Raw(input.Decimal("current_price"))));
        return statistic => statistic switch
        {
            "start_base" => compared.StartBase.Raw / 100_000_000m,
            "start_quote" => Exact(compared.StartQuote),
            "hold_value" => Exact(compared.HoldValue),
            "current_value" => Exact(compared.CurrentValue),
            "trade_pnl_vs_hold" => Exact(compared.Difference),
            _ => throw Missing(statistic),
        };
    }

    private static AssertionException Missing(string statistic) => new($"no computation of {statistic}: add one, or list it with its reason");

    private static decimal Places(double value) => KnownAnswer.AtEightPlaces((decimal)value);

    private static List<TradeRecord> Trades(JsonElement input) => [.. input.GetProperty("trades").EnumerateArray().Select(FromJson)];

    private static TradeRecord FromJson(JsonElement trade) =>
        Trade(trade.Money(Lean), trade.Money("fees"), trade.GetProperty("entry_min").GetInt32(), trade.GetProperty("exit_min").GetInt32()) with
        {
            AdverseExcursion = trade.Money("mae"),
            FavourableExcursion = trade.Money("mfe"),
        };

    private static TradeRecord Trade(Money gross, Money fees, int entryMinute, int exitMinute) => new(
        1, "client", "strategy", "BTC-USDT", TradeSide.Long, entryMinute * MinuteNanos, exitMinute * MinuteNanos, new Price(FixedPoint.One),
        new Price(FixedPoint.One), new Quantity(FixedPoint.One), gross, fees, "exit", 2);
}
