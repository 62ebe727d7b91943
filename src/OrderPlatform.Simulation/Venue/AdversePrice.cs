namespace OrderPlatform.Simulation.Venue;

/// <summary>Rounding of prices to the tick against the order: up for a buy (sign 1), down for a sell (sign -1), never below one tick.</summary>
internal static class AdversePrice
{
    /// <summary>Rounds <paramref name="numerator"/> / <paramref name="denominator"/>; a tick of zero counts as the smallest unit; saturates.</summary>
    public static long Round(Int128 numerator, Int128 denominator, int sign, long tickRaw)
    {
        Int128 tick = Math.Max(1, tickRaw);
        Int128 unit = denominator * tick;
        Int128 ticks = numerator / unit;
        if (sign > 0 && ticks * unit < numerator)
        {
            ticks++;
        }

        Int128 largest = long.MaxValue / tick;
        return (long)(tick * Int128.Clamp(ticks, 1, largest));
    }
}
