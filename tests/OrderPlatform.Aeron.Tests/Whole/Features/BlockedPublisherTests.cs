using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>A client claims room in a publication that it shares, and dies before it commits.</summary>
[TestFixture]
internal sealed class BlockedPublisherTests
{
    [TestCase("aeron:udp?endpoint=127.0.0.1:20330")]
    [TestCase("aeron:ipc")]
    public void The_others_go_on_when_the_claim_is_taken_for_dead(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication publication = node.Client.AddPublication(channel, 1);
        AeronClient dying = node.Connect();
        Publication shared = dying.AddPublication(channel, 1);
        world.Connect(publication, subscription);
        world.Pass(publication, 50, 1, subscription);

        var claim = new BufferClaim();
        Assert.That(shared.TryClaim(100, claim), Is.Positive);
        Assert.That(publication.Offer("behind"u8), Is.Positive);
        int read = 0;
        TimeSpan time = world.WaitUntil(
            () =>
            {
                subscription.Poll((message, in header) => read++, 10);
                return read == 1;
            },
            TimeSpan.FromSeconds(20),
            "what is behind the claim");
        Assert.That(time.TotalSeconds, Is.InRange(14.5, 18));
        Assert.That(node.SystemCounter(SystemCounterId.UnblockedPublications), Is.EqualTo(1));
        Assert.That(node.SystemCounter(SystemCounterId.ClientTimeouts), Is.EqualTo(1));
        world.Pass(publication, 50, 2, subscription);
        dying.Dispose();
        world.CloseAndCheckNothingIsLeft(node);
    }
}
