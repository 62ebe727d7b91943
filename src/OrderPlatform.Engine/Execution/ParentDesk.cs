using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>Carries parent orders out.</summary>
internal static class ParentDesk
{
    /// <summary>An order of a parent filled, in part or whole.</summary>
    public static void OnFill(EngineState state, int orderRow, in Fill fill)
    {
    }

    /// <summary>An order of a parent ended.</summary>
    public static void OnOrderEnded(EngineState state, int orderRow, ReasonCode reason)
    {
    }

    /// <summary>The outcome of an order of a parent is not known, or is known again (T2).</summary>
    public static void OnDoubt(EngineState state, int orderRow, bool inDoubt)
    {
    }
}
