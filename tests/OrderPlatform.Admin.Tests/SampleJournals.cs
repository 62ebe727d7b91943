using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Admin.Tests;

/// <summary>Journals that are made once, by the backtest in this process, and only read by tests.</summary>
[SetUpFixture]
internal sealed class SampleJournals
{
    private static readonly WorkFolder Folder = new();

    private static readonly Lazy<string> MonthJournal = new(() => Record("month", "btc-ma-cross.yaml"));

    private static readonly Lazy<string> SmallJournal = new(static () =>
    {
        RecordedRun.Make(Folder, "small");
        return Folder.PathOf("small");
    });

    /// <summary>The README's sample: a generated month, 91,069 inputs.</summary>
    public static string Month => MonthJournal.Value;

    /// <summary>A few hours of it.</summary>
    public static string Small => SmallJournal.Value;

    /// <summary>The journal of a sample's backtest, new.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="sample">A file below samples/.</param>
    /// <param name="data">Market data instead of the sample's, or null.</param>
    public static string Record(WorkFolder folder, string sample, string? data = null)
    {
        string journal = folder.PathOf(Path.GetFileNameWithoutExtension(sample));
        RecordAt(journal, sample, data);
        return journal;
    }

    /// <summary>A copy that a test may change.</summary>
    public static string Copy(string journal, WorkFolder folder, string name = "copy")
    {
        string copy = folder.PathOf(name);
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(journal))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Takes snapshots of a journal.</summary>
    public static void TakeSnapshots(string journal, long every)
    {
        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(journal), SnapshotReplay.Options with { CountMax = 1_000 });
        using JournalReader reader = JournalReader.Open(journal);
        new ReplayRunner(reader, null, new SnapshotTaker(store, every)).Run(null, CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Remove() => Folder.Dispose();

    private static string Record(string name, string sample)
    {
        string journal = Folder.PathOf(name);
        RecordAt(journal, sample, null);
        return journal;
    }

    private static void RecordAt(string journal, string sample, string? data)
    {
        using RunParts parts = RunParts.Create(Path.Combine(AppContext.BaseDirectory, "samples", sample), data, null);
        using JournalWriter writer = JournalWriter.Create(journal, JournalPlaces.Options());
        parts.NewBacktest(writer, null).Run(null, CancellationToken.None);
    }
}
