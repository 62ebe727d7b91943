using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrderPlatform.Host.Tests;

/// <summary>How a run ends.</summary>
internal sealed record PinnedDigest(long FinalSequence, string Digest);

/// <summary>A file of how runs ended when they were pinned. See README.md for how to change it on purpose.</summary>
internal static class PinnedDigests
{
    private const string UpdateVariable = "UPDATE_PINNED_DIGESTS";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>All that a file has.</summary>
    public static Dictionary<string, PinnedDigest> Read(string fileName) => ReadPath(Path.Combine(AppContext.BaseDirectory, fileName));

    /// <summary>Compares how a run ended with what is pinned, or pins it where that is wanted.</summary>
    /// <param name="fileName">The file beside the tests.</param>
    /// <param name="run">The run.</param>
    /// <param name="actual">How it ended.</param>
    /// <param name="runs">All runs that there are: others are removed.</param>
    public static void Compare(string fileName, string run, PinnedDigest actual, IEnumerable<string> runs)
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Pin(fileName, run, actual, runs);
            Assert.Fail($"{run} is now pinned to {actual}: review {fileName} and run again without {UpdateVariable}");
        }

        Assert.That(actual, Is.EqualTo(Read(fileName).GetValueOrDefault(run)), $"if engine, simulation or sample were changed on purpose, run once with {UpdateVariable}=1 and commit {fileName}");
    }

    private static Dictionary<string, PinnedDigest> ReadPath(string path) => JsonSerializer.Deserialize<Dictionary<string, PinnedDigest>>(File.ReadAllText(path))!;

    private static void Pin(string fileName, string run, PinnedDigest digest, IEnumerable<string> runs, [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, fileName);
        var all = new SortedDictionary<string, PinnedDigest>(ReadPath(path), StringComparer.Ordinal) { [run] = digest };
        foreach (string gone in all.Keys.Except(runs).ToArray())
        {
            all.Remove(gone);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(all, Format) + "\n");
    }
}
