using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrderPlatform.Host.Tests;

/// <summary>
/// Every sample runs, and ends where it did when its digest was pinned: on this machine and any other. See README.md for how to change a pinned digest on purpose.
/// </summary>
public sealed class SampleTests
{
    private const string FileName = "pinned-digests.json";
    private const string UpdateVariable = "UPDATE_PINNED_DIGESTS";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    private static IEnumerable<string> Samples => Directory.GetFiles(SampleFolder, "*.yaml").Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static string SampleFolder => Path.Combine(AppContext.BaseDirectory, "samples");

    [TestCaseSource(nameof(Samples))]
    public void A_sample_ends_with_its_pinned_digest(string sample)
    {
        using var folder = new WorkFolder();
        string file = Path.Combine(SampleFolder, sample + ".yaml");
        HostResult result = HostProcess.Run(folder, "backtest", file).Succeeded();
        var actual = new PinnedDigest(result.FinalSequence, result.Digest);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Pin(sample, actual);
            Assert.Fail($"{sample} is now pinned to {actual}: review {FileName} and run again without {UpdateVariable}");
        }

        Dictionary<string, PinnedDigest> pinned = Read(Path.Combine(AppContext.BaseDirectory, FileName));
        Assert.That(actual, Is.EqualTo(pinned.GetValueOrDefault(sample)), $"if engine, simulation or sample were changed on purpose, run once with {UpdateVariable}=1 and commit {FileName}");
    }

    [TestCase("trades-slow-venue")]
    [TestCase("quotes-immediate")]
    [TestCase("signals-from-file")]
    public void The_live_pipeline_in_lockstep_ends_there_too(string sample)
    {
        using var folder = new WorkFolder();
        HostResult result = HostProcess.Run(folder, "run", Path.Combine(SampleFolder, sample + ".yaml")).Succeeded();
        PinnedDigest? pinned = Read(Path.Combine(AppContext.BaseDirectory, FileName)).GetValueOrDefault(sample);
        Assert.That(new PinnedDigest(result.FinalSequence, result.Digest), Is.EqualTo(pinned));
    }

    [Test]
    public void No_digest_is_pinned_of_a_sample_that_is_gone() =>
        Assert.That(Read(Path.Combine(AppContext.BaseDirectory, FileName)).Keys, Is.EqualTo(Samples));

    /// <summary>How a sample ends.</summary>
    internal static PinnedDigest PinnedOf(string sample) => Read(Path.Combine(AppContext.BaseDirectory, FileName))[sample];

    private static Dictionary<string, PinnedDigest> Read(string path) => JsonSerializer.Deserialize<Dictionary<string, PinnedDigest>>(File.ReadAllText(path))!;

    private static void Pin(string sample, PinnedDigest digest, [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, FileName);
        var all = new SortedDictionary<string, PinnedDigest>(Read(path), StringComparer.Ordinal) { [sample] = digest };
        foreach (string gone in all.Keys.Except(Samples).ToArray())
        {
            all.Remove(gone);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(all, Format) + "\n");
    }

    internal sealed record PinnedDigest(long FinalSequence, string Digest);
}
