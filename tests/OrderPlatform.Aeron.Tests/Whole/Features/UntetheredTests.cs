using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>Subscriptions that do not hold a stream back: left behind when they are slow, and let in again.</summary>
[TestFixture]
internal sealed class UntetheredTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20360";

    [TestCase(Udp, Udp)]
    [TestCase("aeron:ipc", "aeron:ipc")]
    [TestCase(Udp, "aeron-spy:" + Udp)]
    public void A_slow_one_is_left_behind_and_comes_back_where_the_stream_is_then(string channel, string slowChannel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription quick = node.Client.AddSubscription(channel, 1);
        Subscription slow = node.Client.AddSubscription($"{slowChannel}{(slowChannel == "aeron:ipc" ? '?' : '|')}tether=false", 1);
        Publication publication = node.Client.AddPublication(channel, 1);
        world.Connect(publication, quick, slow);
        TimeSpan time = WriteUntil(world, publication, quick, () => !slow.IsConnected);
        Assert.That(time.TotalSeconds, Is.InRange(4, 8), "left behind");
        time = WriteUntil(world, publication, quick, () => slow.IsConnected);
        Assert.That(time.TotalSeconds, Is.InRange(14, 18), "after five seconds of lingering and ten of rest");
        long joined = slow.Images[0].JoinPosition;
        Assert.That(joined, Is.GreaterThan(publication.TermBufferLength));
        world.StepUntil(
            () =>
            {
                quick.Poll(static (message, in header) => { }, 100);
                slow.Poll(static (message, in header) => { }, 100);
                return quick.Images[0].Position == publication.Position && slow.Images[0].Position == publication.Position;
            },
            TimeSpan.FromSeconds(1),
            "all read");
        world.Pass(publication, 100, 1, quick, slow);

        // And gone while it is left behind: nothing stays.
        WriteUntil(world, publication, quick, () => !slow.IsConnected);
        world.Wait(TimeSpan.FromSeconds(7));
        slow.Dispose();
        world.CloseAndCheckNothingIsLeft(node);
        Assert.That(node.Errors(), Is.Empty);
    }

    [TestCase(Udp)]
    [TestCase("aeron:ipc")]
    public void One_that_may_not_rejoin_stays_away(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        string of = channel + (channel == Udp ? '|' : '?');
        Subscription quick = node.Client.AddSubscription($"{of}rejoin=false", 1);
        Subscription slow = node.Client.AddSubscription($"{of}rejoin=false|tether=false", 1);
        Publication publication = node.Client.AddPublication(channel, 1);
        world.Connect(publication, quick, slow);
        WriteUntil(world, publication, quick, () => !slow.IsConnected);
        world.Wait(TimeSpan.FromSeconds(30));
        Assert.That(slow.IsConnected, Is.False);
        Assert.That(quick.IsConnected, Is.True);
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_tethered_slow_one_is_waited_for()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription quick = node.Client.AddSubscription("aeron:ipc", 1);
        Subscription slow = node.Client.AddSubscription("aeron:ipc", 1);
        Publication publication = node.Client.AddPublication("aeron:ipc", 1);
        world.Connect(publication, quick, slow);
        long endNs = world.Clock.NanoTime + 30_000_000_000;
        WriteUntil(world, publication, quick, () => world.Clock.NanoTime > endNs);
        Assert.That(slow.IsConnected, Is.True);
        Assert.That(publication.Position, Is.LessThan(publication.TermBufferLength));
    }

    private static TimeSpan WriteUntil(AeronWorld world, Publication publication, Subscription reader, Func<bool> condition)
    {
        byte[] message = new byte[992];
        return world.WaitUntil(
            () =>
            {
                publication.Offer(message);
                reader.Poll(static (message, in header) => { }, 10);
                return condition();
            },
            TimeSpan.FromSeconds(40),
            "while one reads");
    }
}
