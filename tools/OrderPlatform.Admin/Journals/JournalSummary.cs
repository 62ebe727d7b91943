using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Admin.Journals;

/// <summary>A journal at a glance: its first record and its newest segment are read, nothing between.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Segments">Its files.</param>
/// <param name="Bytes">Of the files, with the room that is prepared.</param>
internal sealed record JournalSummary(string Folder, int Segments, long Bytes)
{
    /// <summary>Its shard.</summary>
    public uint? Shard { get; private init; }

    /// <summary>The first input; null if there is none.</summary>
    public long? FirstSequence { get; private init; }

    /// <summary>The last whole input.</summary>
    public long? LastSequence { get; private init; }

    /// <summary>Time of the first record.</summary>
    public long FirstNanos { get; private init; }

    /// <summary>Time of the last record.</summary>
    public long LastNanos { get; private init; }

    /// <summary>Files of snapshots.</summary>
    public int Snapshots { get; private init; }

    /// <summary>Whether a writer has it.</summary>
    public bool IsRunning { get; private init; }

    /// <summary>Whether its last word is that its run ended cleanly.</summary>
    public bool IsCleanEnd { get; private init; }

    /// <summary>Good, torn tail or damage, as far as was read.</summary>
    public string Verdict { get; private init; } = "good";

    /// <summary>Journals in a folder and below it, in order of their paths; links are not followed.</summary>
    public static IEnumerable<JournalSummary> Below(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateDirectories(folder, "*", options).Prepend(folder).Where(JournalArgument.IsJournal).Order(StringComparer.Ordinal).Select(Read);
    }

    private static JournalSummary Read(string folder)
    {
        FileInfo[] segments = [.. new DirectoryInfo(folder).GetFiles("*.journal")];
        var summary = new JournalSummary(folder, segments.Length, segments.Sum(static segment => segment.Length))
        {
            IsRunning = JournalInspection.HasWriter(folder),
            Snapshots = Directory.Exists(EngineStart.FolderOf(folder)) ? Directory.GetFiles(EngineStart.FolderOf(folder), "*.snapshot").Length : 0,
        };
        try
        {
            return summary.WithFirst().WithLast();
        }
        catch (JournalException failure)
        {
            return summary with { Verdict = $"damage ({failure.Kind})" };
        }
    }

    private JournalReaderOptions Reading => new() { IsFollowing = IsRunning };

    private JournalSummary WithFirst()
    {
        using JournalReader reader = JournalReader.Open(Folder, Reading);
        long? first = null;
        long nanos = 0;
        while (first is null && reader.TryRead(out JournalRecord record))
        {
            nanos = nanos == 0 ? record.TimestampNanos : nanos;
            first = record.IsControl ? null : record.Sequence;
        }

        return this with { FirstSequence = first, FirstNanos = nanos, Shard = reader.ShardId };
    }

    private JournalSummary WithLast()
    {
        // A newest segment without a record ends with the sequence before it.
        using JournalReader reader = JournalReader.Open(Folder, Reading with { FromSequence = FirstSequence is null ? 0 : long.MaxValue });
        while (reader.TryRead(out _))
        {
        }

        using JournalReader last = JournalReader.Open(Folder, Reading with
        {
            FromSequence = FirstSequence is null ? 0 : Math.Max(FirstSequence.Value, reader.LastSequence)
        });
        bool isClean = false;
        while (last.TryRead(out JournalRecord record))
        {
            isClean = record.IsControl && record.TemplateId == CleanShutdownDecoder.TemplateId;
        }

        return this with
        {
            LastSequence = FirstSequence is null ? null : reader.LastSequence,
            LastNanos = reader.LastTimestampNanos,
            IsCleanEnd = isClean,
            Verdict = reader.Torn is null ? "good" : "torn tail",
        };
    }
}
