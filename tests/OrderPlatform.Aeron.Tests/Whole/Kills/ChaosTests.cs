using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Tests.Whole.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>
/// Three machines whose publications, subscriptions and drivers come and go as the seed says, over a bad network: whatever is read is in order, and
/// when all is closed nothing is left behind.
/// </summary>
[TestFixture]
internal sealed class ChaosTests
{
    private const int SystemCounterCount = 46;

    /// <summary>Seeds from AERON_SEED on; one for each 5000 of AERON_MESSAGES.</summary>
    public static IEnumerable<int> Seeds => Enumerable.Range(CampaignSize.Seed, (int)Math.Max(1, CampaignSize.Messages / 5_000));

    [TestCaseSource(nameof(Seeds))]
    public void Whatever_comes_and_goes_streams_are_in_order_and_nothing_is_left_behind(int seed)
    {
        using var chaos = new ChaosWorld(seed);
        for (int round = 0; round < 40; round++)
        {
            chaos.Change();
            chaos.Run();
        }

        chaos.CloseAll();
        chaos.World.StepFor(TimeSpan.FromSeconds(60));
        TestContext.Out.WriteLine($"seed {seed}: {chaos.OfferedCount} offered, {chaos.ReceivedCount} received, {chaos.ImageCount} images, {chaos.KillCount} kills");
        using (Assert.EnterMultipleScope())
        {
            foreach (AeronNode node in chaos.Nodes)
            {
                Assert.That(node.Errors(), Is.Empty);
                Assert.That(node.ClientErrors, Is.Empty);
                string[] counters = [.. node.Client.CountersReader.Counters().Where(static counter => counter.TypeId != CounterTypes.ClientHeartbeat).Select(static counter => counter.Label)];
                Assert.That(counters, Has.Length.EqualTo(SystemCounterCount), string.Join('\n', counters.Skip(SystemCounterCount)));
                Assert.That(Directory.EnumerateFiles(Path.Combine(node.Directory, AeronDirectory.PublicationsFolder)), Is.Empty);
                Assert.That(Directory.EnumerateFiles(Path.Combine(node.Directory, AeronDirectory.ImagesFolder)), Is.Empty);
                Assert.That(node.Client.LingeringLogCount, Is.Zero);
            }

            Assert.That(chaos.World.Network.OpenCount, Is.Zero, "sockets");
            Assert.That(chaos.ReceivedCount, Is.GreaterThan(0));
        }
    }
}
