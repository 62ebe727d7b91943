using System.Buffers.Binary;
using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>A directory for one test, and records whose content follows from their sequence.</summary>
internal sealed class JournalFolder : IDisposable
{
    public static readonly JournalOptions Small = new() { SegmentLengthBytes = 4096, SchemaId = 7, SchemaVersion = 2, ShardId = 3 };

    public JournalFolder() => FullPath = Directory.CreateTempSubdirectory("journal-test-").FullName;

    public string FullPath { get; }

    public string[] Segments => SegmentName.List(MappedDevice.Instance, FullPath);

    public static byte[] PayloadOf(long sequence)
    {
        byte[] payload = new byte[8 + (sequence * 13 % 90)];
        for (int index = 0; index < payload.Length; index++)
            payload[index] = (byte)((sequence * 31) + index + 1);
        BinaryPrimitives.WriteInt64LittleEndian(payload, sequence);
        return payload;
    }

    public static void Append(JournalWriter writer, long sequence) =>
        writer.Append(sequence, sequence * 1000, (ushort)(sequence % 50), JournalFlags.None, PayloadOf(sequence));

    public static void AssertIs(in JournalRecord record, long sequence)
    {
        bool isRight = record.Sequence == sequence && record.TimestampNanos == sequence * 1000 && record.TemplateId == sequence % 50
            && record.Flags == JournalFlags.None && record.Payload.SequenceEqual(PayloadOf(sequence));
        Assert.That(isRight, Is.True, $"record {record.Sequence} is not what was written as {sequence}");
    }

    public JournalWriter Create(int inputs = 0, JournalOptions? options = null)
    {
        JournalWriter writer = JournalWriter.Create(FullPath, options ?? Small);
        for (long sequence = 1; sequence <= inputs; sequence++)
            Append(writer, sequence);
        return writer;
    }

    public void Fill(int inputs, JournalOptions? options = null) => Create(inputs, options).Dispose();

    /// <summary>Reads all and checks each record; returns the last sequence and what was torn.</summary>
    public (long Last, JournalTail? Torn) ReadAll()
    {
        using JournalReader reader = JournalReader.Open(FullPath);
        long last = 0;
        while (reader.TryRead(out JournalRecord record))
            AssertIs(record, ++last);
        return (last, reader.Torn);
    }

    public JournalFault FaultOfReading() => Assert.Throws<JournalException>(() => ReadAll())!.Kind;

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
