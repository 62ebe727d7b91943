using System.Numerics;

namespace OrderPlatform.Aeron.Memory;

/// <summary>Rounding to powers of two.</summary>
public static class BitAlignment
{
    /// <summary>The next multiple of a power of two.</summary>
    public static int Align(int value, int alignment) => (value + (alignment - 1)) & -alignment;

    /// <inheritdoc cref="Align(int, int)"/>
    public static long Align(long value, long alignment) => (value + (alignment - 1)) & -alignment;

    /// <summary>True for 1, 2, 4, 8 …</summary>
    public static bool IsPowerOfTwo(int value) => value > 0 && BitOperations.IsPow2(value);
}
