using System.Runtime.CompilerServices;

namespace OrderPlatform.Sbe;

/// <summary>
/// Unchecked access to little endian values in a block. The caller has checked the block's bounds once, at wrap;
/// with a constant offset each call is one move (and a byte swap where the machine's order differs).
/// </summary>
public static class LittleEndian
{
    /// <summary>Reads the value that starts <paramref name="offsetBytes"/> after the start of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ref readonly byte block, int offsetBytes)
        where T : unmanaged
    {
        T value = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref Unsafe.AsRef(in block), offsetBytes));
        return BitConverter.IsLittleEndian ? value : ByteSwap.Reverse(value);
    }

    /// <summary>Writes the value <paramref name="offsetBytes"/> after the start of the block; NaN in its canonical form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write<T>(ref byte block, int offsetBytes, T value)
        where T : unmanaged
    {
        T canonical = CanonicalNaN.Of(value);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref block, offsetBytes), BitConverter.IsLittleEndian ? canonical : ByteSwap.Reverse(canonical));
    }
}
