using OrderPlatform.Engine.Execution.Routing;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>Where a position will be: what is wanted, else what is ordered, else what is held; with smart routing at all venues of its product.</summary>
internal static class Outlook
{
    /// <summary>The side that is held.</summary>
    public static Direction SideOf(EngineState state, int row) => ProductPosition.SideOf(state, row);

    /// <summary>The side that is coming.</summary>
    public static Direction Coming(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        return position.Intent.State != IntentState.None ? position.Intent.Target
            : position.WorkingParent >= 0 ? state.Parents[position.WorkingParent].Target
            : SideOf(state, row);
    }

    /// <summary>Whether an order of an intent is under way.</summary>
    public static bool IsOrdered(in Position position) => position.WorkingParent >= 0;

    /// <summary>Whether nothing is ordered or wanted.</summary>
    public static bool IsSettled(in Position position) => !IsOrdered(position) && position.Intent.State == IntentState.None;

    /// <summary>Whether nothing is held, ordered or wanted.</summary>
    public static bool IsIdle(EngineState state, int row) => IsSettled(state.Positions[row]) && SideOf(state, row) == Direction.Neutral;

    /// <summary>Whether the position leaves by a market order that is under way; one in slices takes its time, and a protective exit does not wait for it.</summary>
    public static bool IsLeavingAtMarket(EngineState state, in Position position) =>
        position.WorkingParent >= 0
        && state.Parents[position.WorkingParent] is { Type: OrderType.Market, Algorithm: ExecutionAlgorithm.Immediate, Target: var target } && target != position.Side;
}
