using System.Numerics;

namespace OrderPlatform.HdrHistogram;

/// <summary>
/// Whole numbers in 1 to 9 bytes: the sign goes to the lowest bit, then 7 bits a byte, lowest first, the top bit says that another follows; a ninth byte
/// carries 8 bits and no such flag.
/// </summary>
internal static class ZigZagNumber
{
    public const int BytesMax = 9;

    public static int Length(long value) => Math.Min(BytesMax, (70 - BitOperations.LeadingZeroCount(Folded(value) | 1)) / 7);

    /// <summary>Writes a number and answers how many bytes it took.</summary>
    public static int Write(Span<byte> destination, long value)
    {
        ulong rest = Folded(value);
        int length = 0;
        while (rest > 0x7F && length < BytesMax - 1)
        {
            destination[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        destination[length++] = (byte)rest;
        return length;
    }

    /// <summary>Reads a number and answers how many bytes it took; 0 if the source ends within it.</summary>
    public static int TryRead(ReadOnlySpan<byte> source, out long value)
    {
        ulong folded = 0;
        for (int at = 0; at < source.Length && at < BytesMax; at++)
        {
            bool isLast = at == BytesMax - 1;
            folded |= (ulong)(isLast ? source[at] : source[at] & 0x7F) << (7 * at);
            if (isLast || source[at] < 0x80)
            {
                value = (long)(folded >> 1) ^ -(long)(folded & 1);
                return at + 1;
            }
        }

        value = 0;
        return 0;
    }

    private static ulong Folded(long value) => (ulong)((value << 1) ^ (value >> 63));
}
