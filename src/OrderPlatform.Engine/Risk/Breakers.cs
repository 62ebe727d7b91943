using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// Circuit breakers of strategies, clients and venues (R29, R103, R108, R195). Closed: orders flow, and refusals, unknown outcomes and losing trades are
/// counted; at a maximum it opens. Open: nothing that opens flows, until the cooldown ends. Half open: one order may probe; if its venue takes it the breaker
/// closes, if not it opens again. What reduces is never held back and never probes (D16). A venue's breaker is all clients' on purpose: whoever
/// wants clients independent gives them their own.
/// </summary>
internal static class Breakers
{
    /// <summary>An order goes out: whether it probes a breaker that is half open.</summary>
    public static bool TakeProbe(EngineState state, in ProposedOrder order)
    {
        if (order.Opening.IsZero)
        {
            return false;
        }

        ref Position position = ref state.Positions[order.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        return Probe(ref strategy.Breaker) | Probe(ref state.Clients[strategy.Client].Breaker) | Probe(ref VenueOf(state, position).Breaker);
    }

    /// <summary>The venue has taken an order: a probe has succeeded.</summary>
    public static void OnAcknowledged(EngineState state, ref Order order)
    {
        if (order.IsProbe)
        {
            order.IsProbe = false;
            Visit(state, order, Event.Taken);
        }
    }

    /// <summary>The venue has refused an order.</summary>
    public static void OnReject(EngineState state, ref Order order) => Count(state, ref order, Event.Reject);

    /// <summary>The outcome of an order is not known.</summary>
    public static void OnTimeout(EngineState state, ref Order order) => Count(state, ref order, Event.Timeout);

    /// <summary>An order has ended: a probe that told nothing makes room for another.</summary>
    public static void OnEnded(EngineState state, ref Order order)
    {
        if (order.IsProbe)
        {
            order.IsProbe = false;
            Visit(state, order, Event.Untold);
        }
    }

    /// <summary>A venue cannot be reached: its breaker opens, so that it comes back by a probe.</summary>
    public static void OnVenueDown(EngineState state, int row)
    {
        ref Breaker breaker = ref state.Venues[row].Breaker;
        if (breaker.IsSet)
        {
            TripAt(state, ref breaker, Scope.Venue, row, state.Venues[row].Id, 0, 0, ReasonCode.VenueDown, probed: true);
        }
    }

    /// <summary>A trade ended with a net result.</summary>
    public static void OnTrade(EngineState state, in Position position, Money net)
    {
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        Event what = net.Raw < 0 ? Event.Loss : Event.Win;
        Happened(state, ref strategy.Breaker, Scope.Strategy, position.Strategy, strategy.Id, what);
        Happened(state, ref state.Clients[strategy.Client].Breaker, Scope.Client, strategy.Client, state.Clients[strategy.Client].Id, what);
    }

    /// <summary>The cooldown of a breaker has ended.</summary>
    public static void OnTimer(EngineState state, int subject)
    {
        (Scope scope, int row) = Breaker.OwnerOf(subject);
        ref Breaker breaker = ref Find(state, scope, row, out uint id);
        breaker.Timer = -1;
        breaker.Probing = false;
        Change(state, ref breaker, scope, id, BreakerState.HalfOpen, ReasonCode.BreakerHalfOpen, 0, 0);
    }

    /// <summary>A person closes a breaker.</summary>
    public static void Reset(EngineState state, Scope scope, int row)
    {
        ref Breaker breaker = ref Find(state, scope, row, out uint id);
        if (breaker.State != BreakerState.Closed)
        {
            Close(state, ref breaker, scope, id, ReasonCode.OperatorResetBreaker);
        }
    }

    /// <summary>The breaker of a strategy, a client or a venue.</summary>
    public static ref Breaker Find(EngineState state, Scope scope, int row, out uint id)
    {
        switch (scope)
        {
            case Scope.Client:
                id = state.Clients[row].Id;
                return ref state.Clients[row].Breaker;
            case Scope.Strategy:
                id = state.Strategies[row].Id;
                return ref state.Strategies[row].Breaker;
            default:
                id = state.Venues[row].Id;
                return ref state.Venues[row].Breaker;
        }
    }

    private enum Event : byte
    {
        Reject,
        Timeout,
        Loss,
        Win,
        Taken,
        Untold,
    }

    private static bool Probe(ref Breaker breaker)
    {
        bool probes = breaker.State == BreakerState.HalfOpen && !breaker.Probing;
        breaker.Probing |= probes;
        return probes;
    }

    private static void Count(EngineState state, ref Order order, Event what)
    {
        bool wasProbe = order.IsProbe;
        order.IsProbe = false;
        Visit(state, order, what, wasProbe);
    }

    private static void Visit(EngineState state, in Order order, Event what, bool wasProbe = true)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        int venue = state.Instruments[position.Instrument].Venue;
        Happened(state, ref strategy.Breaker, Scope.Strategy, position.Strategy, strategy.Id, what, wasProbe);
        Happened(state, ref state.Clients[strategy.Client].Breaker, Scope.Client, strategy.Client, state.Clients[strategy.Client].Id, what, wasProbe);
        Happened(state, ref state.Venues[venue].Breaker, Scope.Venue, venue, state.Venues[venue].Id, what, wasProbe);
    }

    private static void Happened(EngineState state, ref Breaker breaker, Scope scope, int row, uint id, Event what, bool wasProbe = false)
    {
        if (!breaker.IsSet)
        {
            return;
        }

        bool probed = wasProbe && breaker is { State: BreakerState.HalfOpen, Probing: true };
        switch (what)
        {
            case Event.Taken when probed:
                Close(state, ref breaker, scope, id, ReasonCode.BreakerClosed);
                break;
            case Event.Untold when probed:
                breaker.Probing = false;
                break;
            case Event.Reject:
                Add(state, ref breaker, ref breaker.Rejects);
                TripAt(state, ref breaker, scope, row, id, breaker.Rejects, breaker.RejectsMaximum, ReasonCode.RejectedByVenue, probed);
                break;
            case Event.Timeout:
                Add(state, ref breaker, ref breaker.Timeouts);
                TripAt(state, ref breaker, scope, row, id, breaker.Timeouts, breaker.TimeoutsMaximum, ReasonCode.OutcomeUnknown, probed);
                break;
            case Event.Loss:
                breaker.Losses += breaker.Losses == uint.MaxValue ? 0u : 1u;
                TripAt(state, ref breaker, scope, row, id, breaker.Losses, breaker.LossesMaximum, ReasonCode.LosingTrades, probed: false);
                break;
            case Event.Win:
                breaker.Losses = 0;
                break;
            default:
                break;
        }
    }

    private static void Add(EngineState state, ref Breaker breaker, ref uint count)
    {
        if (state.NowNanos - breaker.WindowStartNanos >= breaker.WindowNanos)
        {
            breaker.WindowStartNanos = state.NowNanos;
            breaker.Rejects = 0;
            breaker.Timeouts = 0;
        }

        count += count == uint.MaxValue ? 0u : 1u;
    }

    private static void TripAt(
        EngineState state, ref Breaker breaker, Scope scope, int row, uint id, uint count, uint maximum, ReasonCode cause, bool probed)
    {
        if (breaker.State != BreakerState.Open && (probed || (maximum != 0 && count >= maximum)))
        {
            state.Timers.Cancel(ref breaker.Timer);
            breaker.Cause = cause;
            breaker.Probing = false;
            ClearCounts(ref breaker);
            breaker.OpenUntilNanos = state.NowNanos > long.MaxValue - breaker.CooldownNanos ? long.MaxValue : state.NowNanos + breaker.CooldownNanos;
            breaker.Timer = state.Timers.Set(breaker.OpenUntilNanos, TimerKind.Breaker, Breaker.SubjectOf(scope, row));
            Change(state, ref breaker, scope, id, BreakerState.Open, cause, count, maximum);
            Events.Alert(state, Severity.Critical, ReasonCode.BreakerTripped, 0, id, maximum, count);
        }
    }

    private static void Close(EngineState state, ref Breaker breaker, Scope scope, uint id, ReasonCode reason)
    {
        state.Timers.Cancel(ref breaker.Timer);
        breaker.Probing = false;
        breaker.OpenUntilNanos = 0;
        ClearCounts(ref breaker);
        Change(state, ref breaker, scope, id, BreakerState.Closed, reason, 0, 0);
    }

    private static void ClearCounts(ref Breaker breaker)
    {
        breaker.Rejects = 0;
        breaker.Timeouts = 0;
        breaker.Losses = 0;
    }

    private static void Change(EngineState state, ref Breaker breaker, Scope scope, uint id, BreakerState to, ReasonCode reason, long count, long limit)
    {
        breaker.State = to;
        var e = BreakerEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.Scope = scope;
        e.ScopeId = id;
        e.State = to;
        e.Reason = reason;
        e.Count_ = count;
        e.Limit = limit;
        e.UntilNanos = breaker.OpenUntilNanos;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(BreakerEventEncoder.EncodedLength);
    }

    private static ref Venue VenueOf(EngineState state, in Position position) => ref state.Venues[state.Instruments[position.Instrument].Venue];
}
