using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>What a journal is worth.</summary>
public enum JournalVerdict
{
    /// <summary>Whole to its end.</summary>
    Good,

    /// <summary>Behind the last whole record lies what a kill or a power cut left; a writer cuts it when it opens the journal, and keeps it beside.</summary>
    TornTail,

    /// <summary>What was whole once is damaged or gone; no writer opens it.</summary>
    Damaged,
}

/// <summary>What reading all of a journal has found.</summary>
/// <param name="Segments">Files.</param>
/// <param name="Inputs">Whole records of inputs, up to the verdict's place.</param>
/// <param name="Controls">Whole control records.</param>
/// <param name="FirstSequence">The first input, or the one that is due.</param>
/// <param name="LastSequence">The last whole input; one less than the first if there is none.</param>
/// <param name="IsSynced">True if the last segment that was read was written under a policy that syncs.</param>
/// <param name="DurableSequence">The last input that a mark calls durable; 0 without marks. What lies behind may be durable too.</param>
/// <param name="Torn">What lies behind the last whole record, or null.</param>
/// <param name="Damage">What is wrong, or null.</param>
public sealed record JournalReport(
    int Segments,
    long Inputs,
    long Controls,
    long FirstSequence,
    long LastSequence,
    bool IsSynced,
    long DurableSequence,
    JournalTail? Torn,
    JournalException? Damage)
{
    /// <summary>
    /// True if a writer had the journal while it was read. What lies behind the last whole record is then what it was writing, and is not called torn.
    /// </summary>
    public bool IsBeingWritten { get; init; }

    /// <summary>The verdict.</summary>
    public JournalVerdict Verdict => Damage is not null ? JournalVerdict.Damaged : Torn is not null ? JournalVerdict.TornTail : JournalVerdict.Good;
}

/// <summary>Reads and verifies a whole journal, changing nothing.</summary>
public static class JournalInspection
{
    /// <summary>Whether a writer has a journal open now; no where that cannot be told.</summary>
    public static bool HasWriter(string directory) => MappedDevice.Instance.IsLocked(directory);

    /// <summary>Inspects a journal.</summary>
    /// <exception cref="JournalException">
    /// There is none, or it cannot be read at all: kind <see cref="JournalFault.Missing"/> or <see cref="JournalFault.Unavailable"/>.
    /// </exception>
    public static JournalReport Inspect(string directory) => Inspect(directory, MappedDevice.Instance);

    internal static JournalReport Inspect(string directory, IJournalDevice device)
    {
        // Before and after: a writer may close, or begin, while its journal is read.
        bool isBeingWritten = device.IsLocked(directory);
        int segments = device.List(directory, SegmentName.Suffix).Length;
        JournalReader? reader = null;
        long inputs = 0;
        long controls = 0;
        long first = 0;
        JournalException? damage = null;
        try
        {
            reader = JournalReader.Open(directory, new JournalReaderOptions { Device = device });
            first = reader.SegmentHeader.FirstSequence;
            while (reader.TryRead(out JournalRecord record))
                _ = record.IsControl ? controls++ : inputs++;
        }
        catch (JournalException failure) when (failure.Kind is not (JournalFault.Missing or JournalFault.Unavailable))
        {
            damage = failure;
        }

        using (reader)
        {
            isBeingWritten |= device.IsLocked(directory);
            JournalTail? torn = isBeingWritten ? null : reader?.Torn;
            bool isSynced = reader?.SegmentHeader.HasDurableMarks is not null and not 0u;
            return new JournalReport(
                segments, inputs, controls, first, reader?.LastSequence ?? 0, isSynced, reader?.MarkedDurableSequence ?? 0, torn, damage)
            {
                IsBeingWritten = isBeingWritten,
            };
        }
    }
}
