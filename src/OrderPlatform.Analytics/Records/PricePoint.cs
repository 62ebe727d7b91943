using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>The instrument's price at one moment, for drawing.</summary>
/// <param name="TimeNanos">Nanoseconds since the Unix epoch, UTC.</param>
/// <param name="Price">The price, such as a bar's close.</param>
public readonly record struct PricePoint(long TimeNanos, Price Price);
