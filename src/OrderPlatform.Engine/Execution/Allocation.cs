using System;
using OrderPlatform.Engine.Execution.Routing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// Where a part goes with the positions as they are now: what closes goes first, each to the venue of its position, the parent's own before the others of the
/// product; what opens goes where the strategy's routing says (R24, R72).
/// </summary>
internal static class Allocation
{
    /// <summary>Places a part.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="quantity">The part.</param>
    /// <param name="type">Type of its orders.</param>
    /// <param name="legs">Room for <see cref="Leg.Max"/>.</param>
    /// <param name="count">How many legs there are.</param>
    /// <returns><see cref="ReasonCode.None"/>, or why not all of it is placed.</returns>
    public static ReasonCode Of(EngineState state, in ParentOrder parent, Quantity quantity, OrderType type, Span<Leg> legs, out int count)
    {
        bool isRouted = Routes.IsRouted(state, parent);
        Quantity closing = Smaller(Closable.At(state, parent, parent.Position), quantity);
        legs[0] = new Leg { Position = parent.Position, Closing = closing };
        count = 1;
        Quantity rest = quantity - closing;
        if (isRouted)
        {
            rest -= CloseElsewhere(state, parent, rest, type, legs, ref count);
        }

        Quantity opening = Smaller(MayOpen(state, parent, quantity), rest);
        if (!isRouted)
        {
            legs[0].Opening = opening;
        }
        else if (!opening.IsZero)
        {
            Quantity placed = Routes.Place(state, parent, opening, type, legs, ref count);
            if (placed < opening)
            {
                return ReasonCode.Leftover;
            }
        }

        return opening < rest ? ReasonCode.NotReducing : ReasonCode.None;
    }

    // The part lies behind what was committed before it. What opens is the last of the parent, so a position that others reduced is not opened instead.
    private static Quantity MayOpen(EngineState state, in ParentOrder parent, Quantity quantity)
    {
        if (parent.ReduceOnly || !Legs.MayOpen(state.Positions[parent.Position], parent.Side))
        {
            return Quantity.Zero;
        }

        if (parent.Origin != OrderOrigin.Intent)
        {
            return quantity;
        }

        Int128 beyond = (Int128)quantity.Raw - parent.Unsent.Raw + parent.Opening.Raw;
        return beyond <= 0 ? Quantity.Zero : new Quantity((long)Int128.Min(beyond, quantity.Raw));
    }

    private static Quantity CloseElsewhere(EngineState state, in ParentOrder parent, Quantity wanted, OrderType type, Span<Leg> legs, ref int count)
    {
        Quantity placed = Quantity.Zero;
        ref Position home = ref state.Positions[parent.Position];
        for (int other = state.Instruments[home.Instrument].NextOfProduct; other != home.Instrument && count < legs.Length; other = state.Instruments[other].NextOfProduct)
        {
            if (!state.Positions.TryFind(home.Strategy, other, home.Leg, out int row))
            {
                continue;
            }

            LotRules rules = Lots.Of(state, parent, row);
            long most = FixedPoint.FloorToStep(Smaller(Closable.At(state, parent, row), wanted - placed).Raw, rules.Step.Raw);
            Price price = Lots.UnitPrice(state.Instruments[other], ChildPrice.Of(state, parent, row, type));
            if (LotSize.Check(new Quantity(most), price, rules with { MinimumQuantity = state.Instruments[other].MinimumQuantity }) == SizeVerdict.Fits)
            {
                legs[count++] = new Leg { Position = row, Closing = new Quantity(most) };
                placed += new Quantity(most);
            }
        }

        return placed;
    }

    private static Quantity Smaller(Quantity left, Quantity right) => left < right ? left : right;
}
