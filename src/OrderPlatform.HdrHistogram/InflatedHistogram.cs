using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace OrderPlatform.HdrHistogram;

/// <summary>Undoes the compression of a histogram, no further than its own header says it goes.</summary>
internal static class InflatedHistogram
{
    private const int ZlibBytesMin = 8;
    private const int AdlerBytes = 4;

    /// <summary>Deflate makes at most 258 bytes out of two bits.</summary>
    private const int RatioMax = 1032;

    /// <summary>The uncompressed form, in a rented array that the caller returns.</summary>
    public static byte[] Inflate(ReadOnlySpan<byte> source, HistogramDecoderOptions options, out int length)
    {
        ReadOnlySpan<byte> zlib = ZlibOf(source);
        using var stream = new ZLibStream(new MemoryStream(zlib.ToArray(), writable: false), CompressionMode.Decompress);
        Span<byte> header = stackalloc byte[EncodingHeader.Length];
        int got = Read(stream, header);
        if (got < EncodingHeader.Length)
            throw new HistogramFormatException(HistogramFault.Truncated, got, $"It inflates to {got} bytes, and the header alone has {EncodingHeader.Length}");
        if (EncodingHeader.IsCompressed(header))
            throw new HistogramFormatException(HistogramFault.UnsupportedForm, 0, "It inflates to another compressed histogram");
        EncodingHeader.Read(header, options, out int payloadLength);
        length = EncodingHeader.Length + payloadLength;
        if (payloadLength > (long)zlib.Length * RatioMax)
        {
            throw new HistogramFormatException(
                HistogramFault.InvalidLength, sizeof(int), $"{zlib.Length} compressed bytes cannot inflate to a payload of {payloadLength}");
        }

        byte[] inflated = ArrayPool<byte>.Shared.Rent(length + 1);
        try
        {
            header.CopyTo(inflated);
            // One byte more than announced: if it comes, the stream goes on behind the histogram.
            got += Read(stream, inflated.AsSpan(got, length + 1 - got));
            if (got < length)
            {
                throw new HistogramFormatException(
                    HistogramFault.Truncated, got, $"The payload has {payloadLength} bytes, but the stream inflates only to {got - EncodingHeader.Length}");
            }

            if (got > length)
                throw new HistogramFormatException(HistogramFault.TrailingBytes, length, "The stream inflates to more than the histogram");
            AssertChecksum(zlib, inflated.AsSpan(0, length));
            return inflated;
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(inflated);
            throw;
        }
    }

    private static ReadOnlySpan<byte> ZlibOf(ReadOnlySpan<byte> source)
    {
        if (source.Length < EncodingHeader.CompressedLength)
        {
            throw new HistogramFormatException(
                HistogramFault.Truncated, source.Length, $"The header has {EncodingHeader.CompressedLength} bytes, but only {source.Length} are there");
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(source[sizeof(int)..]);
        ReadOnlySpan<byte> rest = source[EncodingHeader.CompressedLength..];
        if (length < ZlibBytesMin)
            throw new HistogramFormatException(HistogramFault.InvalidLength, sizeof(int), $"{length} bytes are no zlib stream");
        if (length > rest.Length)
        {
            throw new HistogramFormatException(
                HistogramFault.Truncated, source.Length, $"The zlib stream has {length} bytes, but only {rest.Length} are there");
        }

        if (length < rest.Length)
        {
            throw new HistogramFormatException(
                HistogramFault.TrailingBytes, EncodingHeader.CompressedLength + length, $"{rest.Length - length} bytes lie behind the zlib stream");
        }

        return rest;
    }

    private static int Read(ZLibStream stream, Span<byte> destination)
    {
        try
        {
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception cause) when (cause is InvalidDataException or IOException)
        {
            throw new HistogramFormatException(
                HistogramFault.DamagedCompression, EncodingHeader.CompressedLength, "The zlib stream is damaged: " + cause.Message, cause);
        }
    }

    /// <remarks>
    /// The runtime's stream does not complain when the checksum is missing, nor of bytes behind it; that the last four bytes are the checksum of what came out
    /// covers both.
    /// </remarks>
    private static void AssertChecksum(ReadOnlySpan<byte> zlib, ReadOnlySpan<byte> inflated)
    {
        const uint Modulus = 65521;
        uint low = 1;
        uint high = 0;
        foreach (byte one in inflated)
        {
            low = (low + one) % Modulus;
            high = (high + low) % Modulus;
        }

        uint found = BinaryPrimitives.ReadUInt32BigEndian(zlib[^AdlerBytes..]);
        uint due = (high << 16) | low;
        if (found != due)
        {
            throw new HistogramFormatException(
                HistogramFault.DamagedCompression,
                EncodingHeader.CompressedLength + zlib.Length - AdlerBytes,
                $"The Adler-32 checksum is {due:X8}, and the stream ends with {found:X8}");
        }
    }
}
