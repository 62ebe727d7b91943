using OrderPlatform.Engine.Execution.Slicing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// TWAP, VWAP and POV (R75, R78): at each of its times a parent sends what should be committed by then less what is. Nothing is remembered of parts that were
/// refused, cancelled or filled in part: the next one takes them along. Limit orders that rest when the next part is due are renewed with it. At the end what is
/// left goes to the market where the strategy says so, or is a leftover with its reason (T14).
/// </summary>
internal static class ScheduledSteps
{
    /// <summary>POV looks at the volume so often.</summary>
    public const long VolumeIntervalNanos = 1_000_000_000;

    public static void Step(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (state.NowNanos >= parent.EndNanos)
        {
            End(state, row);
            return;
        }

        bool isNewPart = IsNewPart(state, ref parent);
        Retry.Arm(state, row, NextDueNanos(state, parent));
        if (isNewPart && parent.Type == OrderType.Limit && parent.FirstOrder >= 0)
        {
            Renewal.Begin(state, row);
            return;
        }

        Quantity due = Due(state, parent);
        if (!due.IsZero)
        {
            uint children = parent.Children;
            parent.Reason = Parts.Send(state, row, due, parent.Type);
            if (parent.Reason != ReasonCode.None && parent.Children == children)
            {
                ParentRecords.Changed(state, parent);
            }
        }
    }

    /// <summary>When the next part is due; the end after the last one.</summary>
    public static long NextDueNanos(EngineState state, in ParentOrder parent)
    {
        long next = parent.Algorithm == ExecutionAlgorithm.Pov
            ? state.NowNanos + VolumeIntervalNanos
            : parent.StartNanos + Times(parent).DueNanos(Times(parent).IndexAt(state.NowNanos - parent.StartNanos) + 1);
        return next < parent.EndNanos ? next : parent.EndNanos;
    }

    /// <summary>The times of its parts.</summary>
    public static SliceTimes Times(in ParentOrder parent) => new(parent.Steps, parent.EndNanos - parent.StartNanos);

    private static bool IsNewPart(EngineState state, ref ParentOrder parent)
    {
        int index = parent.Algorithm == ExecutionAlgorithm.Pov
            ? (int)((state.NowNanos - parent.StartNanos) / VolumeIntervalNanos % ushort.MaxValue)
            : Times(parent).IndexAt(state.NowNanos - parent.StartNanos);
        bool isNew = index + 1 != parent.StepsDone;
        parent.StepsDone = (ushort)(index + 1);
        parent.Attempts = isNew ? (byte)0 : parent.Attempts;
        return isNew;
    }

    private static Quantity Due(EngineState state, in ParentOrder parent)
    {
        int instrumentRow = state.Positions[parent.Position].Instrument;
        ref Instrument instrument = ref state.Instruments[instrumentRow];
        LotRules rules = Lots.Of(state, parent, parent.Position);
        Price price = Lots.UnitPrice(instrument, ChildPrice.Of(state, parent, parent.Position, parent.Type));
        Quantity committed = parent.Quantity - parent.Unsent;
        if (parent.Algorithm == ExecutionAlgorithm.Pov)
        {
            Ratio rate = ExecutionDefaults.Participation(state.Strategies[state.Positions[parent.Position].Strategy].Execution);
            return new Participation(rate, Quantity.Zero).Next(parent.Quantity, committed, instrument.Traded - parent.VolumeAtStart, price, rules);
        }

        int index = Times(parent).IndexAt(state.NowNanos - parent.StartNanos);
        Quantity target = parent.Algorithm == ExecutionAlgorithm.Vwap && VolumeProfile.TryRead(state, instrumentRow, out HourWeights weights)
            && new VwapSchedule(parent.Quantity, rules.Step, Times(parent), parent.StartNanos) is var schedule && schedule.Fault(weights) == SlicingFault.None
            ? schedule.Target(index, weights)
            : new TwapSchedule(parent.Quantity, rules.Step, Times(parent)).Target(index);
        return SliceSize.Next(parent.Quantity, committed, target, price, rules);
    }

    private static void End(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (parent.FirstOrder >= 0)
        {
            // A market order answers by itself.
            if (parent.Type == OrderType.Limit)
            {
                Renewal.Begin(state, row);
            }

            return;
        }

        if (parent.Type != OrderType.Limit || !Fallback.TryBegin(state, ref parent))
        {
            ParentDesk.EndRest(state, row, parent.Reason == ReasonCode.None ? ReasonCode.Leftover : parent.Reason);
            return;
        }

        ReasonCode refused = Parts.Send(state, row, parent.Unsent, parent.Type);
        if (refused != ReasonCode.None)
        {
            ParentSteps.GiveUp(state, row, refused);
        }
    }
}
