using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>Whom a publisher with several receivers waits for.</summary>
[TestFixture]
internal sealed class GroupFlowControlTests
{
    private const string Control = "control=127.0.0.1:20260|control-mode=dynamic";

    private static readonly byte[] Message = new byte[992];

    [Test]
    public void Min_with_a_group_size_is_connected_when_all_of_the_group_are_there()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Publication publication = publisher.Client.AddPublication($"aeron:udp?{Control}|fc=min,g:/2", 1);
        Subscription first = Subscribe(one, 20261);
        world.StepUntil(() => first.IsConnected && Receivers(publisher, publication) == 1, TimeSpan.FromSeconds(3), "the first is there");
        world.StepFor(TimeSpan.FromSeconds(1));
        Assert.That(publication.IsConnected, Is.False);
        Assert.That(publication.Offer(Message), Is.EqualTo(Publication.NotConnected));

        Subscription second = Subscribe(other, 20262);
        world.Connect(publication, first, second);
        Assert.That(Receivers(publisher, publication), Is.EqualTo(2));
        world.Pass(publication, 100, 1, first, second);

        second.Dispose();
        world.WaitUntil(() => !publication.IsConnected, TimeSpan.FromSeconds(12), "one less than the group needs");
        world.CloseAndCheckNothingIsLeft(publisher, one, other);
    }

    [TestCase("min", 1)]
    [TestCase("max", 10)]
    public void Min_waits_for_the_slowest_and_max_does_not(string strategy, int windows)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Publication publication = publisher.Client.AddPublication($"aeron:udp?{Control}|fc={strategy}", 1);
        Subscription first = Subscribe(one, 20261);
        Subscription second = Subscribe(other, 20262);
        world.Connect(publication, first, second);
        Reach(world, publication, first);
        // The receivers' window is half a term of 64 KiB; the publisher's as much again.
        long reached = publication.Position;
        if (windows == 1)
            Assert.That(reached, Is.LessThanOrEqualTo((2 * 32768) + 1024));
        else
            Assert.That(reached, Is.GreaterThan(windows * 32768));
        Assert.That(second.IsConnected, Is.True);
    }

    [TestCase(101, false)]
    [TestCase(102, true)]
    public void Tagged_waits_for_those_of_the_group_only(long tagOfTheSlow, bool goesOn)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Publication publication = publisher.Client.AddPublication($"aeron:udp?{Control}|fc=tagged,g:101/1", 1);
        Subscription slow = Subscribe(other, 20262, $"|gtag={tagOfTheSlow}");
        world.StepUntil(() => slow.IsConnected, TimeSpan.FromSeconds(3), "the slow one is there");
        world.StepFor(TimeSpan.FromMilliseconds(500));
        Assert.That(publication.IsConnected, Is.EqualTo(!goesOn), "one of the group is needed");
        Subscription quick = Subscribe(one, 20261, "|gtag=101");
        world.Connect(publication, quick);
        Reach(world, publication, quick);
        Assert.That(publication.Position > 4 * 32768, Is.EqualTo(goesOn));
        Assert.That(Receivers(publisher, publication), Is.EqualTo(goesOn ? 1 : 2));
    }

    /// <summary>Offers for two seconds while only one reads.</summary>
    private static void Reach(AeronWorld world, Publication publication, Subscription reader)
    {
        long endNs = world.Clock.NanoTime + 2_000_000_000;
        while (world.Clock.NanoTime < endNs)
        {
            publication.Offer(Message);
            reader.Poll(static (message, in header) => { }, 10);
            world.Step();
        }
    }

    private static Subscription Subscribe(AeronNode node, int port, string more = "") =>
        node.Client.AddSubscription($"aeron:udp?endpoint=127.0.0.1:{port}|{Control}{more}", 1);

    private static long Receivers(AeronNode node, Publication publication) => node.Counter(CounterTypes.FlowControlReceivers, publication.RegistrationId);
}
