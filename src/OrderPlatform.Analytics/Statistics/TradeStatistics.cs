using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>What closed trades say together. Won and lost go by net P&amp;L; amounts are exact, averages rounded half away from zero at 1e-8.</summary>
public sealed class TradeStatistics
{
    private TradeStatistics()
    {
    }

    /// <summary>All trades.</summary>
    public TradeGroup All { get; private init; }

    /// <summary>Long trades.</summary>
    public TradeGroup Long { get; private init; }

    /// <summary>Short trades.</summary>
    public TradeGroup Short { get; private init; }

    /// <summary>Number of trades.</summary>
    public int Count => All.Count;

    /// <summary>Sum of the winners' net P&amp;L.</summary>
    public Money TotalWin { get; private init; }

    /// <summary>Sum of the losers' net P&amp;L, zero or negative.</summary>
    public Money TotalLoss { get; private init; }

    /// <summary>Largest net P&amp;L of a winner; zero without one.</summary>
    public Money LargestWin { get; private init; }

    /// <summary>Most negative net P&amp;L of a loser; zero without one.</summary>
    public Money LargestLoss { get; private init; }

    /// <summary>Mean net P&amp;L of winners; <c>null</c> without one.</summary>
    public Money? AverageWin => Mean(TotalWin, All.Winners);

    /// <summary>Mean net P&amp;L of losers, negative; <c>null</c> without one.</summary>
    public Money? AverageLoss => Mean(TotalLoss, All.Losers);

    /// <summary>Mean net P&amp;L of a trade; <c>null</c> without trades.</summary>
    public Money? Expectancy => Mean(All.NetPnl, All.Count);

    /// <summary>
    /// Winners' sum over losers' sum, uncapped; positive infinity with winners and no loser, <c>null</c> with neither.
    /// </summary>
    public double? ProfitFactor => Over(TotalWin.Raw, -(double)TotalLoss.Raw);

    /// <summary>Winners over losers by number, uncapped; positive infinity with winners and no loser, <c>null</c> with neither.</summary>
    public double? WinLossRatio => Over(All.Winners, All.Losers);

    /// <summary>The average win over the average loss, without its sign; <c>null</c> unless there are both.</summary>
    public double? PayoffRatio => AverageWin is { } win && AverageLoss is { } loss ? (double)win.Raw / -(double)loss.Raw : null;

    /// <summary>The largest drawdown of the sum of net P&amp;L at trades' ends, not negative.</summary>
    public Money LargestDrawdown { get; private init; }

    /// <summary>Net P&amp;L over <see cref="LargestDrawdown"/>; <c>null</c> without a drawdown.</summary>
    public double? ProfitToDrawdown => LargestDrawdown.IsZero ? null : (double)All.NetPnl.Raw / LargestDrawdown.Raw;

    /// <summary>How far trades went while they were open.</summary>
    public TradeExcursions Excursions { get; private init; }

    /// <summary>Time held.</summary>
    public TradeDurations Durations { get; private init; }

    /// <summary>Time that winners were held.</summary>
    public TradeDurations WinnerDurations { get; private init; }

    /// <summary>Time that losers were held.</summary>
    public TradeDurations LoserDurations { get; private init; }

    /// <summary>Longest row of winners; a loser or an even trade ends it.</summary>
    public int MaxConsecutiveWins { get; private init; }

    /// <summary>Longest row of losers; a winner or an even trade ends it.</summary>
    public int MaxConsecutiveLosses { get; private init; }

    /// <summary>Trades by exit reason, most frequent first, then by name.</summary>
    public IReadOnlyList<KeyValuePair<string, TradeGroup>> ExitReasons { get; private init; } = [];

    /// <summary>Computes the statistics of trades given in order of their exit.</summary>
    /// <exception cref="OverflowException">A sum of money left 64 bits.</exception>
    public static TradeStatistics From(IReadOnlyList<TradeRecord> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        TradeGroup all = default, longs = default, shorts = default;
        Money win = default, loss = default, largestWin = default, largestLoss = default;
        foreach (TradeRecord trade in trades)
        {
            all = all.With(trade);
            longs = trade.Side == TradeSide.Long ? longs.With(trade) : longs;
            shorts = trade.Side == TradeSide.Short ? shorts.With(trade) : shorts;
            Money net = trade.NetPnl;
            win += net.Raw > 0 ? net : default;
            loss += net.Raw < 0 ? net : default;
            largestWin = net > largestWin ? net : largestWin;
            largestLoss = net < largestLoss ? net : largestLoss;
        }

        return new TradeStatistics
        {
            All = all,
            Long = longs,
            Short = shorts,
            TotalWin = win,
            TotalLoss = loss,
            LargestWin = largestWin,
            LargestLoss = largestLoss,
            LargestDrawdown = ClosedTradeDrawdown.AtEnds(trades),
            Excursions = TradeExcursions.From(trades),
            Durations = TradeDurations.From(trades),
            WinnerDurations = TradeDurations.From([.. trades.Where(static t => t.NetPnl.Raw > 0)]),
            LoserDurations = TradeDurations.From([.. trades.Where(static t => t.NetPnl.Raw < 0)]),
            MaxConsecutiveWins = LongestRow(trades, 1),
            MaxConsecutiveLosses = LongestRow(trades, -1),
            ExitReasons = GroupByExitReason(trades),
        };
    }

    /// <summary>A sum over a count, half away from zero at 1e-8; <c>null</c> over nothing.</summary>
    internal static Money? Mean(Money sum, int count) => count > 0 ? new Money(FixedPoint.MultiplyDivide(sum.Raw, 1, count)) : null;

    private static double? Over(double won, double lost) => lost > 0 ? won / lost : won > 0 ? double.PositiveInfinity : null;

    private static int LongestRow(IReadOnlyList<TradeRecord> trades, int sign)
    {
        int longest = 0;
        int row = 0;
        foreach (TradeRecord trade in trades)
        {
            row = Math.Sign(trade.NetPnl.Raw) == sign ? row + 1 : 0;
            longest = Math.Max(longest, row);
        }

        return longest;
    }

    private static List<KeyValuePair<string, TradeGroup>> GroupByExitReason(IReadOnlyList<TradeRecord> trades)
    {
        Dictionary<string, TradeGroup> groups = [];
        foreach (TradeRecord trade in trades)
        {
            groups[trade.ExitReason ?? ""] = groups.GetValueOrDefault(trade.ExitReason ?? "").With(trade);
        }

        return [.. groups.OrderByDescending(g => g.Value.Count).ThenBy(g => g.Key, StringComparer.Ordinal)];
    }
}
