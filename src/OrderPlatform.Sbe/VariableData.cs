using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace OrderPlatform.Sbe;

/// <summary>Bounds of variable-length data that is written: a length prefix and that many bytes.</summary>
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

    [DoesNotReturn]
    private static void ThrowTooLong(string dataName, int lengthBytes, uint lengthMax) =>
        throw new ArgumentException($"{dataName}: {lengthBytes} bytes were given, the type allows {lengthMax}");
}
