using System;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>What a venue says of our use of its limits: how much, and how long nothing may be sent (429, 418; T11). What waits for it is woken.</summary>
internal static class VenueLimits
{
    /// <summary>How long nothing goes where the venue names no time: the shortest ban of Binance, 2 minutes.</summary>
    public const long UnnamedNanos = 120_000_000_000;

    /// <summary>A request was refused by the venue's rate limit.</summary>
    public static void OnThrottled(EngineState state, in Order order, in ExecutionReportDecoder report)
    {
        int venue = state.Instruments[state.Positions[order.Position].Instrument].Venue;
        Block(state, venue, report.TryGetRetryAfterNanos(out long nanos) ? nanos : 0);
        Events.Alert(state, Severity.Warning, ReasonCode.Throttled, ExecutionReportDecoder.TemplateId, order.ClientOrderId, state.Venues[venue].BlockedUntilNanos);
    }

    /// <summary>A venue's status; whether it can be reached is noted already.</summary>
    public static void OnStatus(EngineState state, in VenueStatusDecoder status)
    {
        if (!state.Venues.TryFind(status.VenueId, out int row))
        {
            return;
        }

        if (status.TryGetBudgetId(out uint budgetId) && status.TryGetUsed(out uint used) && state.Budgets.TryFind(budgetId, out int budget))
        {
            state.Budgets[budget].Meter.Overwrite(state.NowNanos, used);
        }

        if (status.TryGetRetryAfterNanos(out long nanos) && nanos > 0)
        {
            Block(state, row, nanos);
            Events.Alert(state, Severity.Warning, ReasonCode.Throttled, VenueStatusDecoder.TemplateId, status.VenueId, state.Venues[row].BlockedUntilNanos);
        }

        for (int account = 0; account < state.Accounts.Count; account++)
        {
            if (state.Accounts[account].Venue == row)
            {
                RequestQueue.Wake(state, account);
            }
        }
    }

    // A longer block stays.
    private static void Block(EngineState state, int row, long retryAfterNanos)
    {
        Int128 until = (Int128)state.NowNanos + (retryAfterNanos > 0 ? retryAfterNanos : UnnamedNanos);
        ref Venue venue = ref state.Venues[row];
        venue.BlockedUntilNanos = (long)Int128.Max(venue.BlockedUntilNanos, Int128.Min(until, long.MaxValue - 1));
    }
}
