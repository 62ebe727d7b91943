using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>What the grouping of trades needs to know of one fill.</summary>
/// <param name="TimeNanos">Nanoseconds since the Unix epoch, UTC.</param>
/// <param name="IsBuy">Whether it bought.</param>
/// <param name="Price">Its price; may be negative.</param>
/// <param name="Quantity">Above zero.</param>
/// <param name="Fee">In quote currency; negative for a rebate.</param>
/// <param name="OrderId">The order that it filled.</param>
public readonly record struct TradeFill(long TimeNanos, bool IsBuy, Price Price, Quantity Quantity, Money Fee, ulong OrderId);
