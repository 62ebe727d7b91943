using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrderPlatform.Sbe;

/// <summary>Variable-length data that is written: the bounds of a length prefix and that many bytes, and the copy.</summary>
public static class VariableData
{
    /// <summary>Throws unless a value of this length may be written at the limit.</summary>
    /// <exception cref="ArgumentException">The value is longer than its type allows.</exception>
    /// <exception cref="SbeException">The buffer has no room for it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckRoom(int remainingBytes, int prefixBytes, int lengthBytes, uint lengthMax, string dataName)
    {
        if ((uint)lengthBytes > lengthMax)
            ThrowTooLong(dataName, lengthBytes, lengthMax);
        if ((long)prefixBytes + lengthBytes > remainingBytes)
            SbeException.ThrowTooShort(dataName, (long)prefixBytes + lengthBytes, remainingBytes);
    }

    /// <summary>Copies a value to where its bounds were checked. Most text is short: two moves that may overlap need no call and no loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<byte> value, ref byte destination)
    {
        ref byte source = ref MemoryMarshal.GetReference(value);
        int length = value.Length;
        if (length is >= sizeof(ulong) and <= 2 * sizeof(ulong))
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref source);
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, length - sizeof(ulong)));
            Unsafe.WriteUnaligned(ref destination, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, length - sizeof(ulong)), last);
        }
        else
        {
            CopyOther(value, ref destination);
        }
    }

    private static void CopyOther(ReadOnlySpan<byte> value, ref byte destination)
    {
        ref byte source = ref MemoryMarshal.GetReference(value);
        int length = value.Length;
        if (length is >= sizeof(uint) and < sizeof(ulong))
        {
            uint first = Unsafe.ReadUnaligned<uint>(ref source);
            uint last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, length - sizeof(uint)));
            Unsafe.WriteUnaligned(ref destination, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, length - sizeof(uint)), last);
        }
        else
        {
            value.CopyTo(MemoryMarshal.CreateSpan(ref destination, length));
        }
    }

    [DoesNotReturn]
    private static void ThrowTooLong(string dataName, int lengthBytes, uint lengthMax) =>
        throw new ArgumentException($"{dataName}: {lengthBytes} bytes were given, the type allows {lengthMax}");
}
