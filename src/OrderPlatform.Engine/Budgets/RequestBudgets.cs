using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Budgets;

/// <summary>What rate budgets and venues say of a request.</summary>
internal static class RequestBudgets
{
    /// <summary>The earliest time at which a request may go, not before now; <see cref="long.MaxValue"/> while nobody can tell.</summary>
    public static long WhenFree(EngineState state, in Order order, RequestKind kind)
    {
        ref Venue venue = ref state.Venues[state.Instruments[state.Positions[order.Position].Instrument].Venue];
        if (venue.IsDown || (kind == RequestKind.New && OrderChanges.ClientOf(state, order).Reconciling))
        {
            return long.MaxValue;
        }

        return venue.BlockedUntilNanos > state.NowNanos ? venue.BlockedUntilNanos : state.NowNanos;
    }

    /// <summary>Counts a request that may go now.</summary>
    public static void Take(EngineState state, in Order order, RequestKind kind)
    {
    }

    /// <summary>Counts a request if it may go now.</summary>
    public static bool TryTake(EngineState state, in Order order, RequestKind kind)
    {
        if (WhenFree(state, order, kind) > state.NowNanos)
        {
            return false;
        }

        Take(state, order, kind);
        return true;
    }

    /// <summary>An order filled for the first time: venues that count unfilled orders give some back.</summary>
    public static void OnFirstFill(EngineState state, in Order order, Liquidity liquidity)
    {
    }
}
