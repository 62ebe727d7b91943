using System.CommandLine;
using System.Globalization;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Admin;

/// <summary>The journal that a verb is about: the folder of a run, or a folder of runs, which stands for its newest.</summary>
internal static class JournalArgument
{
    /// <summary>The argument.</summary>
    public static Argument<string> Create() =>
        CommandLine.File("journal", "Folder of a journal, as journal/btc_ma_cross_v1/0001; journal/btc_ma_cross_v1 stands for its newest run.");

    /// <summary>The folder of one journal.</summary>
    /// <exception cref="JournalException">There is no journal at that place.</exception>
    public static string Resolve(string path)
    {
        if (!Directory.Exists(path) || IsJournal(path))
        {
            return path;
        }

        string? newest = Directory.EnumerateDirectories(path)
            .Where(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && IsJournal(folder))
            .MaxBy(static folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
        return newest ?? path;
    }

    /// <summary>How a journal is read: beside a live writer what is not whole yet is no torn tail.</summary>
    public static JournalReaderOptions ReadingOf(string journal, out bool isRunning)
    {
        isRunning = JournalInspection.HasWriter(journal);
        return new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId, IsFollowing = isRunning };
    }

    /// <summary>Whether a folder holds segments.</summary>
    public static bool IsJournal(string folder) => Directory.EnumerateFiles(folder, "*.journal").Any();
}
