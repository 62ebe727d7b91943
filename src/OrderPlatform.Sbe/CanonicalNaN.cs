using System.Runtime.CompilerServices;

namespace OrderPlatform.Sbe;

/// <summary>
/// One bit pattern for NaN on the wire: 7FC00000 and 7FF8000000000000. C#'s own NaN has the sign bit set and a computed NaN may
/// carry anything, so that equal messages would otherwise differ in their bytes.
/// </summary>
internal static class CanonicalNaN
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Of<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && float.IsNaN(Unsafe.BitCast<T, float>(value)))
        {
            return Unsafe.BitCast<uint, T>(0x7FC0_0000u);
        }

        if (typeof(T) == typeof(double) && double.IsNaN(Unsafe.BitCast<T, double>(value)))
        {
            return Unsafe.BitCast<ulong, T>(0x7FF8_0000_0000_0000ul);
        }

        return value;
    }
}
