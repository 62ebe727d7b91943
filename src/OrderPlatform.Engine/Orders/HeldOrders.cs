using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Orders whose trigger the engine watches because their venue cannot (R59, R62): a list for each instrument, oldest first. Prices are tested when they come,
/// so an order whose trigger was passed before it was placed fires with the next price. What fires is checked anew (R193), because the world has changed
/// since it was placed; a reduce-only order shrinks to what there is to reduce.
/// </summary>
internal static class HeldOrders
{
    private const int None = -1;

    // What was reached by the prices of this input; a held order asks its venue nothing, so the field is free.
    private const byte Reached = 1;

    /// <summary>Begins to watch an order. The first one's link to the one before leads to the last.</summary>
    public static void Add(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        order.NextHeld = None;
        if (instrument.FirstHeld == None)
        {
            instrument.FirstHeld = row;
            order.PreviousHeld = row;
            return;
        }

        ref Order first = ref state.Orders[instrument.FirstHeld];
        order.PreviousHeld = first.PreviousHeld;
        state.Orders[first.PreviousHeld].NextHeld = row;
        first.PreviousHeld = row;
    }

    /// <summary>Ends the watch over an order, if there is one.</summary>
    public static void Remove(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (order.PreviousHeld == None)
        {
            return;
        }

        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        if (instrument.FirstHeld == row)
        {
            instrument.FirstHeld = order.NextHeld;
        }
        else
        {
            state.Orders[order.PreviousHeld].NextHeld = order.NextHeld;
        }

        if (order.NextHeld != None)
        {
            state.Orders[order.NextHeld].PreviousHeld = order.PreviousHeld;
        }
        else if (instrument.FirstHeld != None)
        {
            state.Orders[instrument.FirstHeld].PreviousHeld = order.PreviousHeld;
        }

        order.NextHeld = None;
        order.PreviousHeld = None;
    }

    /// <summary>An order that waited for its primary may go: to the watch over its trigger, or out.</summary>
    public static void Begin(EngineState state, int row, byte batch = 0)
    {
        ref Order order = ref state.Orders[row];
        ref Venue venue = ref state.Venues[state.Instruments[state.Positions[order.Position].Instrument].Venue];
        if (OrderKinds.HasTrigger(order.Type) && !OrderKinds.IsNative(venue.Features, order.Type))
        {
            Add(state, row);
            OrderTimers.Arm(state, row);
        }
        else
        {
            RequestQueue.Send(state, row, batch);
        }
    }

    /// <summary>New prices of an instrument.</summary>
    public static void OnPrices(EngineState state, int instrumentRow, in PriceRange range)
    {
        bool isAny = false;
        for (int row = state.Instruments[instrumentRow].FirstHeld; row != None; row = state.Orders[row].NextHeld)
        {
            ref Order order = ref state.Orders[row];
            if (OrderTriggers.IsReached(ref order, range))
            {
                order.Attempts = Reached;
                isAny = true;
            }
        }

        if (isAny)
        {
            FireReached(state, instrumentRow);
        }
    }

    // What one order causes may end or hold others, so the walk begins anew after each; each one that fires leaves the list.
    private static void FireReached(EngineState state, int instrumentRow)
    {
        int row = state.Instruments[instrumentRow].FirstHeld;
        while (row != None)
        {
            if (state.Orders[row].Attempts == Reached)
            {
                state.Orders[row].Attempts = 0;
                Fire(state, row);
                row = state.Instruments[instrumentRow].FirstHeld;
            }
            else
            {
                row = state.Orders[row].NextHeld;
            }
        }
    }

    private static void Fire(EngineState state, int row)
    {
        Remove(state, row);
        if (!TryReduce(state, row))
        {
            Reconciliation.EndWithout(state, row, OrderStatus.Cancelled, ReasonCode.NotReducing);
            return;
        }

        if (CheckAgain(state, row) is { } refusal)
        {
            Reconciliation.EndWithout(state, row, OrderStatus.Rejected, refusal.Reason);
            return;
        }

        state.Orders[row].Reason = ReasonCode.TriggerReached;
        RequestQueue.Send(state, row, batch: 0);
        Events.Order(state, state.Orders[row]);
    }

    /// <summary>A reduce-only order takes no more than there is.</summary>
    /// <returns><c>false</c> if there is nothing.</returns>
    public static bool TryReduce(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        if (!order.ReduceOnly)
        {
            return true;
        }

        ref Position position = ref state.Positions[order.Position];
        bool reduces = position.Side == (order.Side == Side.Sell ? Direction.Long : Direction.Short);
        Quantity most = reduces ? position.Quantity.Abs() : Quantity.Zero;
        long step = state.Instruments[position.Instrument].QuantityStep.Raw;
        Quantity wanted = order.Quantity < most ? order.Quantity : new Quantity(FixedPoint.FloorToStep(most.Raw, step));
        if (wanted <= order.Cumulative)
        {
            return false;
        }

        OrderLinks.Resize(state, row, wanted);
        return true;
    }

    private static Refusal? CheckAgain(EngineState state, int row)
    {
        ref Order order = ref state.Orders[row];
        ref Position position = ref state.Positions[order.Position];
        Quantity opening = new(OrderDesk.OpeningLeft(order));
        var proposed = new ProposedOrder(order.Position, order.Side, order.Leaves - opening, Quantity.Zero, order.ReservePrice, order.RequestId, opening);
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        bool isStopped = state.TradingState != TradingState.Active || strategy.State != TradingState.Active
            || state.Clients[strategy.Client].State != TradingState.Active;
        Refusal? refusal = isStopped && !opening.IsZero
            ? new Refusal(CheckKind.TradingState, ReasonCode.Halted, 1, 0)
            : state.Clients[strategy.Client].Reconciling ? null : PreTradeChecks.Check(state, proposed);
        if (refusal is { } refused)
        {
            RiskRecords.Refused(state, proposed, refused);
        }

        return refusal;
    }
}
