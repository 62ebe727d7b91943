using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
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

    /// <summary>The venue kept an order that was to be cancelled. Whoever still wants its end asks again: the cancel may have overtaken the order.</summary>
    public static void OnCancelRejected(EngineState state, int orderRow)
    {
    }

    /// <summary>An order of a parent has another quantity: so much more or less was asked for.</summary>
    public static void OnAmended(EngineState state, in Order order, Quantity before)
    {
    }

    /// <summary>Nothing is in doubt any more: parents that waited for that go on.</summary>
    public static void Resume(EngineState state)
    {
    }
}
