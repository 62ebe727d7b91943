using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>What a truncation did.</summary>
/// <param name="LastSequence">The last input now.</param>
/// <param name="File">The segment that is the last now.</param>
/// <param name="Offset">Where it ends, in bytes.</param>
/// <param name="KeptFiles">The files beside the journal that keep the original: that segment whole, and all later ones.</param>
public sealed record JournalTruncated(long LastSequence, string File, long Offset, IReadOnlyList<string> KeptFiles);

/// <summary>Ends a journal behind a sequence, because an operator says so. Nothing is destroyed: the original stays beside.</summary>
public static class JournalTruncation
{
    /// <summary>Makes a sequence the last one. A journal that is damaged behind it can be opened afterwards.</summary>
    /// <param name="directory">The journal.</param>
    /// <param name="sequence">The last input to keep; one less than the first keeps none.</param>
    /// <exception cref="JournalException">A writer has the journal, the sequence is not whole in it, or nothing lies behind it.</exception>
    public static JournalTruncated At(string directory, long sequence) => At(directory, sequence, MappedDevice.Instance);

    internal static JournalTruncated At(string directory, long sequence, IJournalDevice device)
    {
        if (SegmentName.List(device, directory).Length == 0)
            throw new JournalException(JournalFault.Missing, $"There is no segment in {directory}: check the path.", directory);
        using IDisposable writerLock = device.Lock(directory);
        (string path, long offset) = Find(directory, sequence, device);
        using Segment segment = Segment.Open(device, path, isWritable: true);
        string[] later = [.. SegmentName.List(device, directory).Where(one => SegmentName.FirstSequenceOf(one) > segment.Header.FirstSequence)];
        string whole = JournalCut.KeepWhole(device, segment);
        device.SyncDirectory(directory);
        IReadOnlyList<string> kept = JournalCut.Apply(device, directory, segment, offset, later, keepsTail: false);
        return new JournalTruncated(sequence, path, offset, [whole, .. kept]);
    }

    private static (string Path, long Offset) Find(string directory, long sequence, IJournalDevice device)
    {
        using JournalReader reader = JournalReader.Open(directory, new JournalReaderOptions { Device = device });
        long first = reader.SegmentHeader.FirstSequence;
        if (sequence < first - 1)
            throw Refusal(directory, sequence, $"the journal begins with sequence {first}: choose {first - 1} or more");
        bool isDamaged = false;
        try
        {
            while (reader.TryRead(out JournalRecord record))
            {
                if (!record.IsControl && record.Sequence == sequence + 1)
                    return (reader.File, reader.Offset - RecordHeader.Align(RecordHeader.LengthBytes + record.Payload.Length));
            }
        }
        catch (JournalException)
        {
            // What the reader has passed is whole; that is all that is asked here.
            isDamaged = true;
        }

        if (sequence != reader.LastSequence)
            throw Refusal(directory, sequence, $"the last whole input is {reader.LastSequence}: choose that or less");
        if (!isDamaged && reader.Torn is null)
            throw Refusal(directory, sequence, "it is the last input already, and nothing lies behind it: there is nothing to cut");
        return (reader.File, reader.Offset);
    }

    private static JournalException Refusal(string directory, long sequence, string why) =>
        new(JournalFault.SequenceGap, $"Cannot truncate {directory} at sequence {sequence}: {why}.", directory, sequence: sequence);
}
