using System.Buffers;

namespace OrderPlatform.HdrHistogram;

/// <summary>Reads histograms that were encoded with version 2, plain or compressed, by this or any other HdrHistogram.</summary>
/// <remarks>
/// Bytes of any origin may be given: whatever they are, the answer is a histogram or a <see cref="HistogramFormatException"/>, within the memory that the
/// options allow. A decoded histogram has <see cref="LongHistogram.AutoResize"/> on.
/// </remarks>
public static class HistogramDecoder
{
    /// <summary>Decodes either form; the first four bytes tell which it is. All bytes must belong to the histogram.</summary>
    /// <exception cref="HistogramFormatException">The bytes are no such histogram; says why and where.</exception>
    public static LongHistogram Decode(ReadOnlySpan<byte> source, HistogramDecoderOptions? options = null)
    {
        options ??= HistogramDecoderOptions.Default;
        if (!EncodingHeader.IsCompressed(source))
            return DecodePlain(source, options);
        byte[] inflated = InflatedHistogram.Inflate(source, options, out int length);
        try
        {
            return DecodePlain(inflated.AsSpan(0, length), options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(inflated);
        }
    }

    /// <summary>Decodes either form from base64.</summary>
    /// <exception cref="HistogramFormatException">The text is no base64, or its bytes are no such histogram; says why and where.</exception>
    public static LongHistogram DecodeBase64(ReadOnlySpan<char> source, HistogramDecoderOptions? options = null)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent((source.Length / 4 * 3) + 3);
        try
        {
            if (!Convert.TryFromBase64Chars(source, bytes, out int length))
                throw new HistogramFormatException(HistogramFault.InvalidBase64, 0, $"{source.Length} characters are no base64");
            return Decode(bytes.AsSpan(0, length), options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static LongHistogram DecodePlain(ReadOnlySpan<byte> source, HistogramDecoderOptions options)
    {
        BucketLayout layout = EncodingHeader.Read(source, options, out int payloadLength);
        ReadOnlySpan<byte> payload = source[EncodingHeader.Length..];
        if (payload.Length < payloadLength)
        {
            throw new HistogramFormatException(
                HistogramFault.Truncated, source.Length, $"The payload has {payloadLength} bytes, but only {payload.Length} are there");
        }

        if (payload.Length > payloadLength)
        {
            throw new HistogramFormatException(
                HistogramFault.TrailingBytes, EncodingHeader.Length + payloadLength, $"{payload.Length - payloadLength} bytes lie behind the payload");
        }

        var histogram = new LongHistogram(layout) { AutoResize = true };
        histogram.CountsWereSet(ReadCounts(payload, histogram.Counts));
        return histogram;
    }

    private static long ReadCounts(ReadOnlySpan<byte> payload, Span<long> counts)
    {
        long total = 0;
        int index = 0;
        for (int at = 0; at < payload.Length;)
        {
            int length = ZigZagNumber.TryRead(payload[at..], out long number);
            if (length == 0)
                throw Fault(HistogramFault.TruncatedNumber, at, "The payload ends within a number");
            if (number < -int.MaxValue)
                throw Fault(HistogramFault.ZeroRunTooLong, at, $"A run of {-(Int128)number} empty cells");
            if ((number < 0 ? -number : 1) > counts.Length - index)
            {
                string what = number < 0 ? $"A run of {-number} empty cells from cell {index} on" : $"A count for cell {index}";
                throw Fault(HistogramFault.IndexBeyondCounts, at, $"{what} of {counts.Length}");
            }

            if (number > LongHistogram.BulkCountMax - total)
                throw Fault(HistogramFault.CountOverflow, at, $"A count of {number} after {total}: the sum passes {LongHistogram.BulkCountMax}");
            if (number >= 0)
                counts[index] = number;
            total += Math.Max(0, number);
            index += number < 0 ? (int)-number : 1;
            at += length;
        }

        return total;
    }

    private static HistogramFormatException Fault(HistogramFault kind, int payloadOffset, string reason) =>
        new(kind, EncodingHeader.Length + payloadOffset, reason);
}
