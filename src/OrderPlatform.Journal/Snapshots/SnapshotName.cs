using System.Globalization;

namespace OrderPlatform.Journal.Snapshots;

/// <summary>Names of files in a directory of snapshots: one is called after its sequence.</summary>
internal static class SnapshotName
{
    public const string Suffix = ".snapshot";

    /// <summary>What a snapshot is called until it is whole.</summary>
    public const string WritingSuffix = ".writing";

    private const int Digits = 20;

    public static string PathOf(string directory, long sequence) =>
        Path.Combine(directory, sequence.ToString("D20", CultureInfo.InvariantCulture) + Suffix);

    /// <summary>The sequence in a name; -1 if it is no snapshot's name.</summary>
    public static long SequenceOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        bool isName = Path.GetExtension(path) == Suffix && name.Length == Digits;
        return isName && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : -1;
    }

    /// <summary>The snapshots of a directory, newest first; none if there is no directory.</summary>
    /// <exception cref="JournalException">The directory cannot be read.</exception>
    public static string[] ListNewestFirst(string directory)
    {
        try
        {
            return Directory.Exists(directory)
                ? [.. Directory.GetFiles(directory, "*" + Suffix).Where(static path => SequenceOf(path) >= 0).OrderDescending(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Unavailable, $"Cannot list the snapshots in {directory}: {failure.Message}", directory, cause: failure);
        }
    }
}
