namespace OrderPlatform.Engine.Execution;

/// <summary>
/// What rests is cancelled so that it can go out again at another price or size. Nothing is sent until every cancel is answered: a fill that overtakes it cannot
/// make the parent execute too much (T17).
/// </summary>
internal static class Renewal
{
    private const long AgainNanos = 1_000_000_000;

    /// <summary>Asks for the end of all open orders. Comes last: one that never left the engine ends at once, and the parent goes on from there.</summary>
    public static void Begin(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        parent.Renewing = true;
        ParentRecords.Changed(state, parent);
        ChildOrders.CancelAll(state, row);
    }

    /// <summary>A venue kept an order. When no cancel is under way any more the parent goes on with what it has, and tries again.</summary>
    public static void AfterRefusedCancel(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (parent.Renewing && !ChildOrders.IsAnyCancelling(state, parent))
        {
            parent.Renewing = false;
            if (parent.Timer < 0)
            {
                Retry.Arm(state, row, state.NowNanos + AgainNanos);
            }
        }
    }
}
