using OrderPlatform.Aeron.Tests.Whole.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>
/// Three machines whose publications, subscriptions and drivers come and go as the seed says, over a bad network: whatever is read is in order, and
/// when all is closed nothing is left behind.
/// </summary>
[TestFixture]
internal sealed class ChaosTests
{
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
        TestContext.Out.WriteLine(
            $"seed {seed}: {chaos.OfferedCount} offered, {chaos.ReceivedCount} received, {chaos.ImageCount} images, "
            + $"{chaos.KillCount} kills, {chaos.DeadClientCount} dead clients, {chaos.RefusedCount} refused");
        using (Assert.EnterMultipleScope())
        {
            foreach (AeronNode node in chaos.Nodes)
            {
                Assert.That(node.Errors().Split('\n').Where(static error => !IsExpected(error)), Is.Empty);
                Assert.That(node.ClientErrors.Where(static error => !IsExpected(error.Message)), Is.Empty);
                Assert.That(LeftBehind.At(node.Directory, node.Client), Is.Empty);
                Assert.That(node.Client.LingeringLogCount, Is.Zero);
            }

            Assert.That(chaos.World.Network.OpenCount, Is.Zero, "sockets");
            // More than the windows of the few streams that nobody reads.
            if (chaos.OfferedCount > 5_000)
                Assert.That(chaos.ReceivedCount, Is.GreaterThan(0));
        }
    }

    /// <summary>Channels that do not go together, and streams that were rejected or over before they could be.</summary>
    private static bool IsExpected(string error) => error.Length == 0
        || error.Contains("InvalidChannel", StringComparison.Ordinal)
        || error.Contains("errorMessage=chaos", StringComparison.Ordinal)
        || error.Contains("to reject: it is over", StringComparison.Ordinal);
}
