using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Whether anything may open now: trading states, venues that are down, circuit breakers (R29, R103, R108, R195).</summary>
internal static class TradingStateChecks
{
    /// <summary>While a client's orders are asked for after a restart, nothing new is sent for it, whatever it is (T1).</summary>
    public static bool IsReconciling(in CheckedOrder order, ref CheckList list)
    {
        if (!order.Client.Reconciling)
        {
            return false;
        }

        list.Add(CheckKind.TradingState, Scope.Client, ReasonCode.Reconciling, CheckNumber.OfCount(order.Client.InDoubt), 0);
        return true;
    }

    /// <summary>Recorded only where it refuses: the state of the shard, the client or the strategy, or a venue or account that cannot be reached.</summary>
    public static void State(in CheckedOrder order, ref CheckList list)
    {
        TradingState shard = order.State.LedgerBroken ? TradingState.Halted : order.State.TradingState;
        TradingState client = order.Client.State;
        TradingState strategy = order.Strategy.State;
        ref Venue venue = ref order.State.Venues[order.Instrument.Venue];
        if (shard != TradingState.Active || client != TradingState.Active || strategy != TradingState.Active)
        {
            TradingState worst = shard > client ? shard : client;
            worst = worst > strategy ? worst : strategy;
            Scope scope = worst == shard ? Scope.Shard : worst == client ? Scope.Client : Scope.Strategy;
            ReasonCode reason = worst == TradingState.Halted ? ReasonCode.Halted : ReasonCode.Reducing;
            list.Add(CheckKind.TradingState, scope, reason, CheckNumber.OfCount((long)worst), 0);
        }
        else if (venue.IsDown || order.Account.IsDown)
        {
            list.Add(CheckKind.TradingState, venue.IsDown ? Scope.Venue : Scope.Account, ReasonCode.VenueDown, CheckNumber.OfCount(1), 0);
        }
    }

    /// <summary>The first breaker of strategy, client and venue that holds the order back; a half-open one lets one order probe.</summary>
    public static void Breaker(in CheckedOrder order, ref CheckList list)
    {
        ref Breaker strategy = ref order.Strategy.Breaker;
        ref Breaker client = ref order.Client.Breaker;
        ref Breaker venue = ref order.State.Venues[order.Instrument.Venue].Breaker;
        if (!strategy.IsSet && !client.IsSet && !venue.IsSet)
        {
            return;
        }

        (Scope scope, BreakerState found, bool holds) = strategy.Holds ? (Scope.Strategy, strategy.State, true)
            : client.Holds ? (Scope.Client, client.State, true)
            : venue.Holds ? (Scope.Venue, venue.State, true)
            : strategy.IsSet ? (Scope.Strategy, strategy.State, false)
            : client.IsSet ? (Scope.Client, client.State, false)
            : (Scope.Venue, venue.State, false);
        list.Add(CheckKind.Breaker, scope, holds ? ReasonCode.BreakerOpen : ReasonCode.None, CheckNumber.OfCount((long)found), 0);
    }
}
