using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>A cell of the table: where an event leads from a state.</summary>
/// <param name="Next">The next state; 0 is the same.</param>
/// <param name="Effects">What is done.</param>
public readonly record struct OrderCell(OrderStatus Next, OrderEffects Effects)
{
    /// <summary>Whether the event has no meaning here, and nobody is told.</summary>
    public bool IsNothing => Next == 0 && Effects == OrderEffects.None;

    /// <summary>Whether it does something.</summary>
    public bool Has(OrderEffects effect) => (Effects & effect) != 0;
}
