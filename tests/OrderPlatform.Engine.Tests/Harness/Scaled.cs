namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Between decimals, as people write them, and 64-bit integers scaled by 1e8, as messages carry them.</summary>
internal static class Scaled
{
    private const decimal One = 100_000_000m;

    /// <summary>The decimal times 1e8.</summary>
    /// <exception cref="ArgumentException">The decimal has more than 8 places.</exception>
    public static long Raw(decimal value)
    {
        decimal raw = value * One;
        return raw == decimal.Truncate(raw) ? (long)raw : throw new ArgumentException($"{value} has more than 8 decimals");
    }

    /// <summary>The decimal that a scaled integer stands for.</summary>
    public static decimal Of(long raw) => raw / One;

    /// <summary>The integer of an optional field: null becomes the wire's null value.</summary>
    public static long OrNull(decimal? value) => value is { } present ? Raw(present) : long.MinValue;
}
