using System.Diagnostics.CodeAnalysis;

namespace OrderPlatform.Sbe;

/// <summary>Bounds of variable-length data: a length prefix and that many bytes.</summary>
public static class VariableData
{
    /// <summary>Whether a prefix of <paramref name="prefixBytes"/> fits at the limit.</summary>
    public static bool PrefixFits(int bufferLength, int limit, int prefixBytes) => bufferLength - limit >= prefixBytes;

    /// <summary>Whether the data behind the prefix is allowed and fits.</summary>
    public static MessageProblem Check(int bufferLength, int limit, int prefixBytes, uint lengthBytes, uint lengthMax) =>
        lengthBytes > lengthMax ? MessageProblem.DataTooLong
        : lengthBytes > (uint)(bufferLength - limit - prefixBytes) ? MessageProblem.DataOutsideBuffer
        : MessageProblem.None;

    /// <summary>Throws unless a value of this length may be written at the limit.</summary>
    /// <exception cref="ArgumentException">The value is longer than its type allows.</exception>
    /// <exception cref="SbeException">The buffer has no room for it.</exception>
    public static void CheckRoom(int bufferLength, int limit, int prefixBytes, int lengthBytes, uint lengthMax, string dataName)
    {
        if ((uint)lengthBytes > lengthMax)
        {
            ThrowTooLong(dataName, lengthBytes, lengthMax);
        }

        if ((long)prefixBytes + lengthBytes > bufferLength - limit)
        {
            SbeException.ThrowTooShort(dataName, (long)prefixBytes + lengthBytes, bufferLength - limit);
        }
    }

    [DoesNotReturn]
    private static void ThrowTooLong(string dataName, int lengthBytes, uint lengthMax) =>
        throw new ArgumentException($"{dataName}: {lengthBytes} bytes were given, the type allows {lengthMax}");
}
