using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>One visible part at a time (R76): the next when it filled, and a renewed one when it did not within the refresh time.</summary>
internal static class IcebergSteps
{
    public static void Step(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        long refresh = ExecutionDefaults.RefreshNanos(state.Strategies[state.Positions[parent.Position].Strategy].Execution);
        if (parent.FirstOrder >= 0)
        {
            if (parent.Type != OrderType.Market && state.NowNanos - parent.StartNanos >= refresh)
            {
                Renewal.Begin(state, row);
            }

            return;
        }

        ref Instrument instrument = ref state.Instruments[state.Positions[parent.Position].Instrument];
        Price price = Lots.UnitPrice(instrument, ChildPrice.Of(state, parent, parent.Position, parent.Type));
        Quantity part = Iceberg.Next(parent.Quantity, parent.Quantity - parent.Unsent, parent.DisplayQuantity, price, Lots.Of(state, parent, parent.Position));
        if (part.IsZero)
        {
            ParentDesk.EndRest(state, row, ReasonCode.Leftover);
            return;
        }

        parent.StartNanos = state.NowNanos;
        Retry.Arm(state, row, state.NowNanos + refresh);
        ReasonCode refused = Parts.Send(state, row, part, parent.Type);
        if (refused != ReasonCode.None)
        {
            ParentSteps.GiveUp(state, row, refused);
        }
    }
}
