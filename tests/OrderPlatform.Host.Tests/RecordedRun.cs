using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;

namespace OrderPlatform.Host.Tests;

/// <summary>A journal of a short backtest, made in process, in one small segment.</summary>
internal static class RecordedRun
{
    private const int SegmentLengthBytes = 1 << 20;

    /// <summary>Makes it and returns the path of its segment.</summary>
    public static string Make(WorkFolder folder, string journal)
    {
        string file = folder.Write("s.yaml", StrategyText.Runs.With("orders", "{mode: long_short}").ToString());
        string path = folder.PathOf(journal);
        using (RunParts parts = RunParts.Create(file, null, null))
        using (JournalWriter writer = JournalWriter.Create(path, JournalPlaces.Options() with { SegmentLengthBytes = SegmentLengthBytes }))
        {
            parts.NewBacktest(writer, null).Run(null, CancellationToken.None);
        }

        return Directory.GetFiles(path, "*.journal").Single();
    }

    /// <summary>How many bytes of a segment are in use.</summary>
    public static int UsedBytes(byte[] segment) => segment.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;

    /// <summary>The last input in a journal that may still be written to; 0 if it cannot be read yet.</summary>
    public static long LastSequence(string journal)
    {
        try
        {
            using JournalReader reader = JournalReader.Open(journal, new JournalReaderOptions { IsFollowing = true });
            while (reader.TryRead(out _))
            {
            }

            return reader.LastSequence;
        }
        catch (JournalException)
        {
            return 0;
        }
    }
}
