using System.Buffers;
using System.Buffers.Binary;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>Snapshots as bytes and as lists of records.</summary>
internal static class Captured
{
    public static byte[] Of(BusinessLogicProcessor engine)
    {
        var sink = new ArrayBufferWriter<byte>();
        engine.Capture(sink);
        return sink.WrittenSpan.ToArray();
    }

    public static List<byte[]> Records(ReadOnlySpan<byte> snapshot)
    {
        var records = new List<byte[]>();
        while (snapshot.Length > 0)
        {
            MessageHeader.TryRead(snapshot, out MessageHeader header);
            int length = MessageHeader.EncodedLength + header.BlockLength;
            records.Add(snapshot[..length].ToArray());
            snapshot = snapshot[length..];
        }

        return records;
    }

    public static ushort Template(byte[] record)
    {
        MessageHeader.TryRead(record, out MessageHeader header);
        return header.TemplateId;
    }

    /// <summary>Puts records together again, with a trailer that agrees with them: the digest and the number of records of what stands before it.</summary>
    public static byte[] Forge(IEnumerable<byte[]> records)
    {
        byte[][] all = [.. records];
        byte[] trailer = [.. all[^1]];
        DigestBuilder digest = default;
        foreach (byte[] record in all[..^1])
        {
            digest.Add(record);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(trailer.AsSpan(trailer.Length - 16), (ulong)all.Length - 1);
        BinaryPrimitives.WriteUInt64LittleEndian(trailer.AsSpan(trailer.Length - 8), digest.Value);
        return [.. all[..^1].SelectMany(record => record), .. trailer];
    }
}
