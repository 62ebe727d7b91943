using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>What a client is told of a socket that it cannot have.</summary>
[TestFixture]
internal sealed class RefusedSocketTests
{
    [Test]
    public void A_socket_that_another_channel_has_is_refused_with_the_reason()
    {
        using var world = new AeronWorld();
        AeronNode node = world.Add(1);
        using Subscription first = node.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20123", 1001);
        Assert.That(
            () => node.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20123|control=127.0.0.1:20122|control-mode=dynamic", 1001),
            Throws.TypeOf<RegistrationException>().With.Message.Contains("cannot be opened"));
    }
}
