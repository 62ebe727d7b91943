using System;
using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>Sends a part of a parent order: placed at venues, split where it is above a maximum (D3), each order checked with what the ones before it left.</summary>
internal static class Parts
{
    /// <summary>Sends a part with the position as it is now.</summary>
    /// <returns><see cref="ReasonCode.None"/>, or why not all of it went out. What has no room in this input goes out with the next one.</returns>
    public static ReasonCode Send(EngineState state, int row, Quantity quantity, OrderType type)
    {
        Span<Leg> legs = stackalloc Leg[Leg.Max];
        legs.Clear();
        ReasonCode reason = Allocation.Of(state, state.Parents[row], quantity, type, legs, out int count);
        for (int leg = 0; leg < count; leg++)
        {
            ReasonCode refused = SendLeg(state, row, legs[leg], type);
            reason = reason == ReasonCode.None ? refused : reason;
        }

        return reason;
    }

    private static ReasonCode SendLeg(EngineState state, int row, in Leg leg, OrderType type)
    {
        ref ParentOrder parent = ref state.Parents[row];
        ProposedOrder whole = ChildOrders.Proposed(state, parent, leg.Position, leg.Closing, leg.Opening, type);
        if (whole.Quantity.IsZero)
        {
            return ReasonCode.None;
        }

        if (!Oversize.MustSplit(state, leg.Position, leg.Closing, leg.Opening, whole.Price))
        {
            return SendOne(state, row, whole, type);
        }

        ref Instrument instrument = ref state.Instruments[state.Positions[leg.Position].Instrument];
        Price unit = Lots.UnitPrice(instrument, whole.Price);
        LotRules rules = Lots.Of(state, parent, leg.Position);
        SlicingFault fault = OrderSplit.Cut(whole.Quantity, unit, Oversize.Limits(state, leg.Position, leg.Opening, unit), rules, int.MaxValue, out OrderSplit split);
        if (fault != SlicingFault.None)
        {
            // The check names the maximum that it is above.
            return SendOne(state, row, whole, type);
        }

        return SendSplit(state, row, whole, split, type);
    }

    private static ReasonCode SendSplit(EngineState state, int row, in ProposedOrder whole, in OrderSplit split, OrderType type)
    {
        Quantity closing = whole.Closing;
        for (int child = 0; child < split.Children; child++)
        {
            Quantity quantity = split.Child(child);
            Quantity closes = closing < quantity ? closing : quantity;
            closing -= closes;
            ReasonCode refused = SendOne(state, row, whole with { Closing = closes, Opening = quantity - closes }, type);
            if (refused != ReasonCode.None)
            {
                return refused;
            }
        }

        return ReasonCode.None;
    }

    private static ReasonCode SendOne(EngineState state, int row, ProposedOrder proposed, OrderType type)
    {
        if (state.OrdersOfInput == ClientOrderId.OrdersPerInputMax)
        {
            Retry.Arm(state, row, state.NowNanos);
            return ReasonCode.None;
        }

        Quantity opening = proposed.Opening;
        bool passes = ChildOrders.Passes(state, ref proposed, state.Parents[row].Origin == OrderOrigin.Intent, isWhole: false, out ReasonCode refused);
        ReasonCode unsent = passes ? ChildOrders.Send(state, row, proposed, type) : refused;
        return unsent != ReasonCode.None ? unsent : proposed.Opening < opening ? refused : ReasonCode.None;
    }
}
