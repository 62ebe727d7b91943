using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>One datagram for a group of receivers.</summary>
[TestFixture]
internal sealed class MulticastTests
{
    private const string Channel = "aeron:udp?endpoint=224.20.30.39:20230|interface=127.0.0.1";

    [Test]
    public void All_of_a_group_get_everything_also_what_was_lost()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Subscription first = one.Client.AddSubscription(Channel, 1);
        Subscription second = other.Client.AddSubscription(Channel, 1);
        Publication publication = publisher.Client.AddPublication(Channel, 1);
        world.Connect(publication, first, second);
        int sent = 0;
        world.Network.Filter = datagram => datagram.Bytes[6] != (byte)FrameType.Data || ++sent % 7 != 0;
        world.Pass(publication, 300, 1, first, second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(publisher.SystemCounter(SystemCounterId.RetransmitsSent), Is.Positive);
            Assert.That(publisher.Errors() + one.Errors() + other.Errors(), Is.Empty);
        }

        world.Network.Filter = null;
        publication.Dispose();
        world.WaitUntil(() => !first.IsConnected && !second.IsConnected, TimeSpan.FromSeconds(8), "the end is told to all");
        world.CloseAndCheckNothingIsLeft(publisher, one, other);
    }

    [Test]
    public void One_of_a_group_that_leaves_does_not_stop_the_others()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode one = world.Add(2);
        AeronNode other = world.Add(3);
        Subscription first = one.Client.AddSubscription(Channel, 1);
        Subscription second = other.Client.AddSubscription(Channel, 1);
        Publication publication = publisher.Client.AddPublication(Channel, 1);
        world.Connect(publication, first, second);
        second.Dispose();
        world.Pass(publication, 200, 1, first);
        world.Wait(TimeSpan.FromSeconds(12));
        Assert.That(publication.IsConnected, Is.True);
        world.Pass(publication, 200, 2, first);
    }
}
