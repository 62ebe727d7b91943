using System.Buffers.Binary;

namespace OrderPlatform.HdrHistogram;

/// <summary>The 40 bytes before the payload of version 2, big endian, and the cookies that tell the forms apart.</summary>
internal static class EncodingHeader
{
    public const int Length = 40;
    public const int CompressedLength = 8;
    public const int Cookie = 0x1C849313;
    public const int CompressedCookie = 0x1C849314;

    /// <summary>Bits 4 to 7 of a cookie are a word size; without them it names the form.</summary>
    private const int WordSizeBits = 0xF0;

    private const int CookieAt = 0;
    private const int PayloadLengthAt = 4;
    private const int NormalizingOffsetAt = 8;
    private const int DigitsAt = 12;
    private const int LowestAt = 16;
    private const int HighestAt = 24;
    private const int RatioAt = 32;

    public static void Write(Span<byte> destination, in BucketLayout layout, int payloadLength)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination[CookieAt..], Cookie);
        BinaryPrimitives.WriteInt32BigEndian(destination[PayloadLengthAt..], payloadLength);
        BinaryPrimitives.WriteInt32BigEndian(destination[NormalizingOffsetAt..], 0);
        BinaryPrimitives.WriteInt32BigEndian(destination[DigitsAt..], layout.Digits);
        BinaryPrimitives.WriteInt64BigEndian(destination[LowestAt..], layout.Lowest);
        BinaryPrimitives.WriteInt64BigEndian(destination[HighestAt..], layout.Highest);
        BinaryPrimitives.WriteDoubleBigEndian(destination[RatioAt..], 1.0);
    }

    /// <summary>Whether the bytes begin as a compressed histogram; refuses what begins as neither form of version 2.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> source)
    {
        if (source.Length < sizeof(int))
            throw new HistogramFormatException(HistogramFault.Truncated, source.Length, $"{source.Length} bytes are no encoded histogram");
        int cookie = BinaryPrimitives.ReadInt32BigEndian(source);
        return (cookie & ~WordSizeBits) switch
        {
            Cookie & ~WordSizeBits => false,
            CompressedCookie & ~WordSizeBits => true,
            0x1C849301 or 0x1C849302 => throw Unsupported(cookie, "a histogram in encoding version 1"),
            0x1C849308 or 0x1C849309 => throw Unsupported(cookie, "a histogram in encoding version 0"),
            0x0C72124E & ~WordSizeBits => throw Unsupported(cookie, "a histogram of doubles"),
            0x0C72124F & ~WordSizeBits => throw Unsupported(cookie, "a compressed histogram of doubles"),
            _ => throw new HistogramFormatException(HistogramFault.UnknownCookie, CookieAt, $"The cookie 0x{cookie:X8} is no histogram's"),
        };
    }

    /// <summary>Reads and checks a header of the uncompressed form.</summary>
    public static BucketLayout Read(ReadOnlySpan<byte> source, HistogramDecoderOptions options, out int payloadLength)
    {
        if (source.Length < Length)
            throw new HistogramFormatException(HistogramFault.Truncated, source.Length, $"The header has {Length} bytes, but only {source.Length} are there");
        payloadLength = BinaryPrimitives.ReadInt32BigEndian(source[PayloadLengthAt..]);
        AssertNoDoubles(source);
        int digits = BinaryPrimitives.ReadInt32BigEndian(source[DigitsAt..]);
        long lowest = BinaryPrimitives.ReadInt64BigEndian(source[LowestAt..]);
        long highest = BinaryPrimitives.ReadInt64BigEndian(source[HighestAt..]);
        if (BucketLayout.Refusal(lowest, highest, digits) is string refusal)
        {
            int place = digits is < 0 or > BucketLayout.DigitsMax ? DigitsAt : lowest < 1 || lowest <= highest / 2 ? LowestAt : HighestAt;
            throw new HistogramFormatException(HistogramFault.InvalidParameters, place, "The header has " + refusal);
        }

        var layout = new BucketLayout(lowest, Math.Max(highest, options.LeastHighestTrackableValue), digits);
        long bytes = (long)layout.CountsLength * sizeof(long);
        if (bytes > options.CountsBytesMax)
            throw new HistogramFormatException(HistogramFault.TooLarge, HighestAt, $"The counts take {bytes} bytes, and {options.CountsBytesMax} are allowed");
        if (payloadLength < 0 || payloadLength > (long)layout.CountsLength * ZigZagNumber.BytesMax)
        {
            throw new HistogramFormatException(
                HistogramFault.InvalidLength, PayloadLengthAt, $"A payload of {payloadLength} bytes for {layout.CountsLength} counts");
        }

        return layout;
    }

    /// <remarks>
    /// A histogram of doubles holds whole numbers to be multiplied by a ratio, in memory that is turned by a normalizing offset. One of whole numbers has
    /// offset 0 and ratio 1.0; hdr-histogram-js writes offset 1 and, as the ratio, the integer 1, for cells that are not turned and values that are not
    /// multiplied.
    /// </remarks>
    private static void AssertNoDoubles(ReadOnlySpan<byte> source)
    {
        int offset = BinaryPrimitives.ReadInt32BigEndian(source[NormalizingOffsetAt..]);
        long ratioBits = BinaryPrimitives.ReadInt64BigEndian(source[RatioAt..]);
        if (offset == 1 && ratioBits == 1)
            return;
        double ratio = BitConverter.Int64BitsToDouble(ratioBits);
        if (offset != 0)
        {
            throw new HistogramFormatException(
                HistogramFault.UnsupportedForm, NormalizingOffsetAt, $"Its cells are shifted by {offset}, as those of a histogram of doubles are");
        }

        if (ratio != 1.0)
        {
            throw new HistogramFormatException(
                HistogramFault.UnsupportedForm, RatioAt, $"Its values are to be multiplied by {ratio:R}, as those of a histogram of doubles are");
        }
    }

    private static HistogramFormatException Unsupported(int cookie, string what) =>
        new(HistogramFault.UnsupportedForm, CookieAt, $"The cookie 0x{cookie:X8} is that of {what}; version 2 is read here");
}
