using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace OrderPlatform.HdrHistogram;

/// <summary>Writes histograms as bytes that every HdrHistogram reads: version 2, plain or compressed. Time stamps and tag are not part of it.</summary>
public static class HistogramEncoder
{
    /// <summary>How many bytes <see cref="Encode(LongHistogram, Span{byte})"/> writes.</summary>
    public static int GetEncodedLength(LongHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return EncodingHeader.Length + Payload(histogram, []);
    }

    /// <summary>Encodes into a span and answers the number of bytes written. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The span is too short; <see cref="GetEncodedLength"/> says what is needed.</exception>
    public static int Encode(LongHistogram histogram, Span<byte> destination)
    {
        int length = GetEncodedLength(histogram);
        if (destination.Length < length)
            throw new ArgumentException($"The encoded histogram has {length} bytes, and there is room for {destination.Length}.", nameof(destination));
        EncodingHeader.Write(destination, histogram.Layout, length - EncodingHeader.Length);
        Payload(histogram, destination[EncodingHeader.Length..length]);
        return length;
    }

    /// <summary>Encodes into a buffer writer and answers the number of bytes written.</summary>
    public static int Encode(LongHistogram histogram, IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int written = Encode(histogram, writer.GetSpan(GetEncodedLength(histogram)));
        writer.Advance(written);
        return written;
    }

    /// <summary>Encodes into a new array.</summary>
    public static byte[] Encode(LongHistogram histogram)
    {
        byte[] bytes = new byte[GetEncodedLength(histogram)];
        Encode(histogram, bytes);
        return bytes;
    }

    /// <summary>Encodes and compresses (zlib) into a new array.</summary>
    /// <remarks>The compressed bytes depend on the level and on the runtime's zlib; what they inflate to does not.</remarks>
    public static byte[] EncodeCompressed(LongHistogram histogram, CompressionLevel level = CompressionLevel.Optimal)
    {
        int length = GetEncodedLength(histogram);
        byte[] plain = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Encode(histogram, plain);
            using var compressed = new MemoryStream(EncodingHeader.CompressedLength + (length / 2) + 64);
            compressed.SetLength(EncodingHeader.CompressedLength);
            compressed.Position = EncodingHeader.CompressedLength;
            using (var zlib = new ZLibStream(compressed, level, leaveOpen: true))
                zlib.Write(plain, 0, length);
            byte[] bytes = compressed.ToArray();
            BinaryPrimitives.WriteInt32BigEndian(bytes, EncodingHeader.CompressedCookie);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(sizeof(int)), bytes.Length - EncodingHeader.CompressedLength);
            return bytes;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <summary>Encodes and compresses into a buffer writer and answers the number of bytes written.</summary>
    public static int EncodeCompressed(LongHistogram histogram, IBufferWriter<byte> writer, CompressionLevel level = CompressionLevel.Optimal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        byte[] bytes = EncodeCompressed(histogram, level);
        writer.Write(bytes);
        return bytes.Length;
    }

    /// <summary>The compressed encoding as base64, as logs hold it; begins with HISTFAAA.</summary>
    public static string ToBase64(LongHistogram histogram, CompressionLevel level = CompressionLevel.SmallestSize) =>
        Convert.ToBase64String(EncodeCompressed(histogram, level));

    /// <summary>
    /// The counts from cell 0 to the last that is not empty, one number each; two or more empty cells in a row are one negative number. Into an empty span
    /// nothing is written. Answers the length.
    /// </summary>
    private static int Payload(LongHistogram histogram, Span<byte> destination)
    {
        ReadOnlySpan<long> counts = histogram.Counts.AsSpan(0, Math.Max(1, histogram.MaxIndex() + 1));
        bool isWriting = !destination.IsEmpty;
        int length = 0;
        while (!counts.IsEmpty)
        {
            int empty = counts[0] != 0 ? 0 : counts.IndexOfAnyExcept(0L);
            empty = empty < 0 ? counts.Length : empty;
            long number = empty switch { 0 => counts[0], 1 => 0, _ => -empty };
            length += isWriting ? ZigZagNumber.Write(destination[length..], number) : ZigZagNumber.Length(number);
            counts = counts[Math.Max(1, empty)..];
        }

        return length;
    }
}
