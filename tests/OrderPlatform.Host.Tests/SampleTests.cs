namespace OrderPlatform.Host.Tests;

/// <summary>
/// Every sample runs, and ends where it did when its digest was pinned: on this machine and any other. See README.md for how to change a pinned digest on purpose.
/// </summary>
public sealed class SampleTests
{
    private const string FileName = "pinned-digests.json";

    private static IEnumerable<string> Samples => Directory.GetFiles(SampleFolder, "*.yaml").Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static string SampleFolder => Path.Combine(AppContext.BaseDirectory, "samples");

    [TestCaseSource(nameof(Samples))]
    public void A_sample_ends_with_its_pinned_digest(string sample)
    {
        using var folder = new WorkFolder();
        HostResult result = HostProcess.Run(folder, "backtest", Path.Combine(SampleFolder, sample + ".yaml")).Succeeded();
        PinnedDigests.Compare(FileName, sample, new PinnedDigest(result.FinalSequence, result.Digest), Samples);
    }

    [TestCase("trades-slow-venue")]
    [TestCase("quotes-immediate")]
    [TestCase("signals-from-file")]
    public void The_live_pipeline_in_lockstep_ends_there_too(string sample)
    {
        using var folder = new WorkFolder();
        HostResult result = HostProcess.Run(folder, "run", Path.Combine(SampleFolder, sample + ".yaml")).Succeeded();
        Assert.That(new PinnedDigest(result.FinalSequence, result.Digest), Is.EqualTo(PinnedDigests.Read(FileName).GetValueOrDefault(sample)));
    }

    [Test]
    public void No_digest_is_pinned_of_a_sample_that_is_gone() => Assert.That(PinnedDigests.Read(FileName).Keys, Is.EqualTo(Samples));

    /// <summary>How a sample ends.</summary>
    internal static PinnedDigest PinnedOf(string sample) => PinnedDigests.Read(FileName)[sample];
}
