using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Each client's day, which rolls at its own UTC time (D1).</summary>
internal static class Days
{
    private const long DayNanos = 86_400_000_000_000;

    /// <summary>The day of a time, counted from the epoch, where days begin a while after 00:00 UTC.</summary>
    public static long Of(long timestampNanos, long rollNanos) => timestampNanos < rollNanos ? -1 : (timestampNanos - rollNanos) / DayNanos;

    /// <summary>Opens the days that have begun, at the marks of the evening before: the first input of a day, whatever it is, comes after.</summary>
    public static void Roll(EngineState state)
    {
        for (int row = 0; row < state.Clients.Count; row++)
        {
            ref Client client = ref state.Clients[row];
            long day = Of(state.NowNanos, client.DayRollNanos);
            if (day != client.Day)
            {
                client.Day = day;
                Open(state, row);
            }
        }

        Schedule(state);
    }

    /// <summary>Finds when the next day of any client begins.</summary>
    public static void Schedule(EngineState state)
    {
        long next = long.MaxValue;
        foreach (ref Client client in state.Clients.Rows)
        {
            Int128 end = ((Int128)(client.Day + 1) * DayNanos) + client.DayRollNanos;
            next = end < next ? (long)end : next;
        }

        state.NextRollNanos = next;
    }

    /// <summary>
    /// Cash came or went without a trade: what the equity was when the day began, and at the highest result, counts as if it had been there, so that
    /// fractions of it are fractions of what there is.
    /// </summary>
    public static void OnTransfer(EngineState state, int account, Money amount)
    {
        ref Account row = ref state.Accounts[account];
        ref Client client = ref state.Clients[row.Client];
        Int128 converted = Valuation.Converted(state, row, amount.Raw);
        client.DayOpeningEquity = Valuation.Hold(client.DayOpeningEquity.Raw + converted);
        client.PeakEquity = Valuation.Hold(client.PeakEquity.Raw + converted);
        for (int strategyRow = client.FirstStrategy; strategyRow >= 0; strategyRow = state.Strategies[strategyRow].NextOfClient)
        {
            ref Strategy strategy = ref state.Strategies[strategyRow];
            if (strategy.Account == account)
            {
                strategy.DayOpeningEquity = Valuation.Hold((Int128)strategy.DayOpeningEquity.Raw + amount.Raw);
                strategy.PeakEquity = Valuation.Hold((Int128)strategy.PeakEquity.Raw + amount.Raw);
            }
        }
    }

    private static void Open(EngineState state, int row)
    {
        state.RuleChanges++;
        ref Client client = ref state.Clients[row];
        client.DayOpeningResult = Valuation.ResultOfClient(state, row);
        client.DayOpeningEquity = Valuation.EquityOfClient(state, row);
        for (int strategyRow = client.FirstStrategy; strategyRow >= 0; strategyRow = state.Strategies[strategyRow].NextOfClient)
        {
            ref Strategy strategy = ref state.Strategies[strategyRow];
            strategy.DayOpeningResult = Valuation.ResultOfStrategy(strategy);
            strategy.DayOpeningEquity = Valuation.Equity(state, strategy.Account);
        }

        Risk.RiskMonitor.OnDay(state, row);
    }
}
