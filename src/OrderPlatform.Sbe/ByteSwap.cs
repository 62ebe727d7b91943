using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace OrderPlatform.Sbe;

/// <summary>Reverses the bytes of a fixed-size value: an integer, a float, an enum.</summary>
internal static class ByteSwap
{
    /// <summary>The value with its bytes in the other order. The size tests are constants for the JIT: one bswap remains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Reverse<T>(T value)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == sizeof(ushort))
        {
            return Unsafe.BitCast<ushort, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ushort>(value)));
        }

        if (Unsafe.SizeOf<T>() == sizeof(uint))
        {
            return Unsafe.BitCast<uint, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, uint>(value)));
        }

        if (Unsafe.SizeOf<T>() == sizeof(ulong))
        {
            return Unsafe.BitCast<ulong, T>(BinaryPrimitives.ReverseEndianness(Unsafe.BitCast<T, ulong>(value)));
        }

        return value;
    }
}
