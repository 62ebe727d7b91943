using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

public sealed class TradeStatisticsTests
{
    [Test]
    public void No_trades_give_no_rates_and_no_exceptions()
    {
        TradeStatistics statistics = TradeStatistics.From([]);
        Assert.That(statistics.Count, Is.Zero);
        Assert.That(statistics.All.WinRate, Is.Null);
        Assert.That(statistics.ProfitFactor, Is.Null);
        Assert.That(statistics.Expectancy, Is.Null);
        Assert.That(statistics.Durations, Is.EqualTo(default(TradeDurations)));
        Assert.That(statistics.ExitReasons, Is.Empty);
    }

    [Test]
    public void Fees_turn_a_gross_win_into_a_loss()
    {
        TradeStatistics statistics = TradeStatistics.From([Trade(5, fees: 6)]);
        Assert.That((statistics.All.Winners, statistics.All.Losers), Is.EqualTo((0, 1)));
        Assert.That(statistics.LargestLoss, Is.EqualTo(SampleRun.Units(-1)));
        Assert.That(statistics.All.GrossPnl, Is.EqualTo(SampleRun.Units(5)));
    }

    [Test]
    public void Even_trades_count_for_neither_side_and_end_a_row()
    {
        TradeStatistics statistics = TradeStatistics.From([Trade(1), Trade(2), Trade(0), Trade(3), Trade(-1)]);
        Assert.That((statistics.All.Winners, statistics.All.Losers, statistics.All.Even), Is.EqualTo((3, 1, 1)));
        Assert.That(statistics.All.WinRate, Is.EqualTo(0.6));
        Assert.That((statistics.MaxConsecutiveWins, statistics.MaxConsecutiveLosses), Is.EqualTo((2, 1)));
        Assert.That(statistics.ProfitFactor, Is.EqualTo(6));
    }

    [Test]
    public void Only_even_trades_have_no_profit_factor()
    {
        Assert.That(TradeStatistics.From([Trade(0), Trade(0)]).ProfitFactor, Is.Null);
    }

    [Test]
    public void Long_and_short_trades_have_rates_of_their_own()
    {
        TradeStatistics statistics = TradeStatistics.From([Trade(1), Trade(-1), Trade(1), Trade(1, side: TradeSide.Short)]);
        Assert.That(statistics.Long.WinRate, Is.EqualTo(2.0 / 3));
        Assert.That(statistics.Short.WinRate, Is.EqualTo(1));
        Assert.That(TradeStatistics.From([Trade(1)]).Short.WinRate, Is.Null);
    }

    [Test]
    public void Exit_reasons_come_most_frequent_first_with_their_sums()
    {
        TradeStatistics statistics = TradeStatistics.From([Trade(1, exit: "b"), Trade(2, exit: "c"), Trade(-5, exit: "c"), Trade(4, exit: "a")]);
        Assert.That(statistics.ExitReasons.Select(r => r.Key), Is.EqualTo(new[] { "c", "a", "b" }));
        Assert.That(statistics.ExitReasons[0].Value.NetPnl, Is.EqualTo(SampleRun.Units(-3)));
    }

    [Test]
    public void Durations_have_a_mean_a_median_and_ends()
    {
        TradeStatistics statistics = TradeStatistics.From([Trade(1, seconds: 10), Trade(1, seconds: 1), Trade(1, seconds: 2), Trade(1, seconds: 3)]);
        Assert.That(statistics.Durations, Is.EqualTo(new TradeDurations(4_000_000_000, 2_500_000_000, 1_000_000_000, 10_000_000_000)));
    }

    [Test]
    public void The_return_of_a_trade_is_net_over_the_value_entered()
    {
        TradeRecord trade = Trade(10, fees: 2) with { EntryPrice = new Price(200 * FixedPoint.One), Quantity = new Quantity(2 * FixedPoint.One) };
        Assert.That(trade.ReturnFraction, Is.EqualTo(0.02).Within(1e-15));
        Assert.That((trade with { EntryPrice = default }).ReturnFraction, Is.Zero);
    }

    [Test]
    public void A_sum_that_leaves_64_bits_is_refused_and_never_wraps()
    {
        TradeRecord huge = Trade(0) with { GrossPnl = new Money(long.MaxValue) };
        Assert.That(() => TradeStatistics.From([huge, huge]), Throws.TypeOf<OverflowException>());
    }

    [FsCheck.NUnit.Property(Replay = "20261121,17")]
    public void Parts_add_up_to_the_whole(int[] profits)
    {
        List<TradeRecord> trades = [.. profits.Select((p, i) => Trade(p, side: i % 3 == 0 ? TradeSide.Short : TradeSide.Long, exit: $"reason {i % 4}"))];
        TradeStatistics s = TradeStatistics.From(trades);
        Assert.That(s.All.NetPnl.Raw, Is.EqualTo(trades.Sum(t => t.NetPnl.Raw)));
        Assert.That(s.Long.NetPnl + s.Short.NetPnl, Is.EqualTo(s.All.NetPnl));
        Assert.That(s.TotalWin + s.TotalLoss, Is.EqualTo(s.All.NetPnl));
        Assert.That(s.ExitReasons.Sum(r => r.Value.Count), Is.EqualTo(s.Count));
        Assert.That(s.ExitReasons.Sum(r => r.Value.NetPnl.Raw), Is.EqualTo(s.All.NetPnl.Raw));
        Assert.That(s.ProfitFactor, Is.Null.Or.Not.NaN);
    }

    private static TradeRecord Trade(
        long profit, long fees = 0, TradeSide side = TradeSide.Long, string exit = "exit", long seconds = 1) => new(
        1, "client", "strategy", "BTC-USDT", side, 0, seconds * 1_000_000_000, new Price(FixedPoint.One), new Price(FixedPoint.One),
        new Quantity(FixedPoint.One), SampleRun.Units(profit), SampleRun.Units(fees), exit, 2);
}
