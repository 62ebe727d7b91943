using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>A limit order for a time; then it is cancelled, and what is left goes to the market or ends (R74).</summary>
internal static class LimitThenMarketSteps
{
    public static void Step(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        bool isOver = parent.Type == OrderType.Market || state.NowNanos >= parent.EndNanos;
        if (!isOver)
        {
            Retry.Arm(state, row, parent.EndNanos);
        }

        if (parent.FirstOrder >= 0 && isOver && parent.Type != OrderType.Market)
        {
            Renewal.Begin(state, row);
            return;
        }

        if (parent.Unsent.Raw <= 0)
        {
            return;
        }

        if (isOver && parent.Type != OrderType.Market && !Fallback.TryBegin(state, ref parent))
        {
            ParentSteps.GiveUp(state, row, ReasonCode.Expired);
            return;
        }

        ReasonCode refused = Parts.Send(state, row, parent.Unsent, parent.Type);
        if (refused != ReasonCode.None)
        {
            ParentSteps.GiveUp(state, row, refused);
        }
    }

    /// <summary>The venue ended its limit order, with a rest: the time for it is over.</summary>
    public static void EndLimit(EngineState state, int row) => state.Parents[row].EndNanos = state.NowNanos;
}
