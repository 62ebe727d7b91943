using System.Numerics;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Tests.Crashes;

/// <summary>Reads a journal beside the process that writes it: what it has seen is there, and must be there after any end of that process.</summary>
internal sealed class JournalWatch : IDisposable
{
    private readonly string _folder;
    private JournalReader? _reader;

    public JournalWatch(string folder) => _folder = folder;

    /// <summary>The last input that was seen.</summary>
    public long Sequence { get; private set; }

    /// <summary>A checksum of all inputs that were seen.</summary>
    public uint Checksum { get; private set; }

    /// <summary>The checksum after one more input.</summary>
    public static uint Add(uint checksum, long sequence, ReadOnlySpan<byte> payload)
    {
        checksum = BitOperations.Crc32C(checksum, (ulong)sequence);
        foreach (byte one in payload)
        {
            checksum = BitOperations.Crc32C(checksum, one);
        }

        return checksum;
    }

    /// <summary>Looks what is there now.</summary>
    public void Look()
    {
        if (_reader is null && !TryOpen())
        {
            return;
        }

        while (_reader!.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                Sequence = record.Sequence;
                Checksum = Add(Checksum, record.Sequence, record.Payload);
            }
        }
    }

    public void Dispose() => _reader?.Dispose();

    // The process may be just about to make its first segment.
    private bool TryOpen()
    {
        try
        {
            _reader = JournalWriter.Exists(_folder) ? JournalReader.Open(_folder, new JournalReaderOptions { IsFollowing = true, SchemaId = MessagesSchema.SchemaId }) : null;
        }
        catch (JournalException failure) when (failure.Kind is JournalFault.Missing)
        {
            _reader = null;
        }

        return _reader is not null;
    }
}
