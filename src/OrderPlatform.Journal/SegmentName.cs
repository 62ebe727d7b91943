using System.Globalization;

namespace OrderPlatform.Journal;

/// <summary>Names of files in a journal's directory: a segment is called after its first sequence.</summary>
internal static class SegmentName
{
    public const string Suffix = ".journal";

    public const string PreparingSuffix = ".preparing";

    private const int Digits = 20;

    public static string PathOf(string directory, long firstSequence) =>
        Path.Combine(directory, firstSequence.ToString("D20", CultureInfo.InvariantCulture) + Suffix);

    public static long FirstSequenceOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (name.Length == Digits && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long firstSequence))
            return firstSequence;
        throw new JournalException(
            JournalFault.DamagedHeader,
            $"{path} is not named like a segment (20 digits and {Suffix}): move it elsewhere or give it its name back.",
            path);
    }

    /// <summary>The segments of a directory in order.</summary>
    /// <exception cref="JournalException">The directory cannot be read, or a file has a wrong name.</exception>
    public static string[] List(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new JournalException(
                JournalFault.Missing, $"There is no journal directory {directory}: check the path, or create a journal there.", directory);
        }

        try
        {
            string[] paths = Directory.GetFiles(directory, "*" + Suffix);
            Array.Sort(paths, static (left, right) => FirstSequenceOf(left).CompareTo(FirstSequenceOf(right)));
            if (paths.Length == 1)
                FirstSequenceOf(paths[0]);
            return paths;
        }
        catch (InvalidOperationException failure) when (failure.InnerException is JournalException cause)
        {
            throw cause;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Unavailable, $"Cannot list {directory}: {failure.Message}", directory, cause: failure);
        }
    }
}
