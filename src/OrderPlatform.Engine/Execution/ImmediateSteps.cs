using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>All that is not sent goes out now (R73).</summary>
internal static class ImmediateSteps
{
    public static void Step(EngineState state, int row)
    {
        ref ParentOrder parent = ref state.Parents[row];
        if (parent.Unsent.Raw <= 0)
        {
            return;
        }

        ReasonCode refused = Parts.Send(state, row, parent.Unsent, parent.Type);
        if (refused != ReasonCode.None)
        {
            ParentSteps.GiveUp(state, row, refused);
        }
    }
}
