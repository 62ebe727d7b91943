using System.Globalization;
using OrderPlatform.Journal.Devices;

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
    public static string[] List(IJournalDevice device, string directory) =>
        [.. device.List(directory, Suffix)
            .Select(static path => (First: FirstSequenceOf(path), Path: path))
            .OrderBy(static one => one.First)
            .Select(static one => one.Path)];
}
