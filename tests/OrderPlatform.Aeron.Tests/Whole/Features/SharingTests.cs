using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Protocol;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>Publications that clients share or must not share, tags that name them, and where a stream begins.</summary>
[TestFixture]
internal sealed class SharingTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20270";
    private const string Ipc = "aeron:ipc";

    [TestCase(Udp)]
    [TestCase(Ipc)]
    public void Clients_of_one_channel_and_stream_share_a_publication(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        AeronClient second = node.Connect();
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication first = node.Client.AddPublication(channel, 1);
        Publication shared = second.AddPublication(channel, 1);
        Publication otherStream = node.Client.AddPublication(channel, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shared.SessionId, Is.EqualTo(first.SessionId));
            Assert.That(shared.OriginalRegistrationId, Is.EqualTo(first.RegistrationId));
            Assert.That((first.IsOriginal, shared.IsOriginal), Is.EqualTo((true, false)));
            Assert.That(shared.PositionLimitId, Is.EqualTo(first.PositionLimitId));
            Assert.That(otherStream.SessionId, Is.Not.EqualTo(first.SessionId));
        }

        world.Connect(first, subscription);
        world.Pass(shared, 50, 1, subscription);
        world.Pass(first, 50, 2, subscription);
        first.Dispose();
        second.InvokeConductor();
        world.StepFor(TimeSpan.FromSeconds(3));
        world.Pass(shared, 50, 3, subscription);
        second.Dispose();
        world.StepUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(4), "the last that held it is gone");
        world.CloseAndCheckNothingIsLeft(node);
    }

    [TestCase(Udp)]
    [TestCase(Ipc)]
    public void Exclusive_publications_have_sessions_of_their_own(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication[] all =
        [
            node.Client.AddExclusivePublication(channel, 1),
            node.Client.AddExclusivePublication(channel, 1),
            node.Client.AddPublication(channel, 1),
        ];
        Assert.That(all.Select(static publication => publication.SessionId), Is.Unique);
        world.StepUntil(
            () => subscription.ImageCount == 3 && Array.TrueForAll(all, static publication => publication.IsConnected),
            TimeSpan.FromSeconds(2),
            "three images");
        for (int index = 0; index < all.Length; index++)
        {
            world.Pass(all[index], 50, index, subscription);
        }

        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void Whoever_shares_a_publication_must_ask_for_what_it_is(
        [Values(Udp, Ipc)] string channel,
        [Values(
            "term-length=128k", "mtu=4096", "pub-wnd=8k", "sparse=false", "eos=false", "ssc=true", "max-resend=3",
            "init-term-id=1|term-id=1|term-offset=0|term-length=64k")] string asked)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Publication first = node.Client.AddPublication(channel, 1);
        string wrong = channel + (channel == Ipc ? '?' : '|') + asked;
        WorldSteps.Refused(() => node.Client.AddPublication(wrong, 1), ErrorCode.InvalidChannel, asked.Split('=')[0]);
        Publication own = node.Client.AddExclusivePublication(wrong, 1);
        Assert.That(own.SessionId, Is.Not.EqualTo(first.SessionId));
        world.CloseAndCheckNothingIsLeft(node);
    }

    [TestCase(Udp)]
    [TestCase(Ipc)]
    public void A_session_that_is_in_use_is_refused(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        string session = channel + (channel == Ipc ? '?' : '|') + "session-id=42";
        Publication first = node.Client.AddPublication(session, 1);
        Assert.That(first.SessionId, Is.EqualTo(42));
        Assert.That(node.Client.AddPublication(session, 1).OriginalRegistrationId, Is.EqualTo(first.RegistrationId));
        WorldSteps.Refused(() => node.Client.AddExclusivePublication(session, 1), ErrorCode.GenericError, "session-id=42 is in use");
        Assert.That(node.Client.AddExclusivePublication(session, 2).SessionId, Is.EqualTo(42), "of another stream");
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_tag_names_an_open_channel_and_a_session()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode subscriber = world.Add(2);
        Publication first = publisher.Client.AddPublication($"{Udp}|tags=1001,2001", 1);
        Publication tagged = publisher.Client.AddPublication("aeron:udp?tags=1001|session-id=tag:2001", 2);
        Publication ipc = publisher.Client.AddPublication("aeron:ipc?session-id=tag:2001", 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tagged.ChannelStatusId, Is.EqualTo(first.ChannelStatusId), "one socket");
            Assert.That(tagged.SessionId, Is.EqualTo(first.SessionId));
            Assert.That(ipc.SessionId, Is.EqualTo(first.SessionId));
            Assert.That(world.Network.OpenCount, Is.EqualTo(1));
        }

        Subscription named = subscriber.Client.AddSubscription($"{Udp}|tags=3001", 1);
        Subscription byTag = subscriber.Client.AddSubscription("aeron:udp?tags=3001", 2);
        Assert.That(byTag.ChannelStatusId, Is.EqualTo(named.ChannelStatusId));
        world.Connect(first, named);
        world.Connect(tagged, byTag);
        world.Pass(first, 50, 1, named);
        world.Pass(tagged, 50, 2, byTag);
        world.CloseAndCheckNothingIsLeft(publisher, subscriber);
    }

    [Test]
    public void A_tag_that_names_nothing_or_something_else_is_refused()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        AeronClient client = node.Client;
        WorldSteps.Refused(() => client.AddPublication("aeron:udp?tags=9", 1), ErrorCode.InvalidChannel, "tag");
        WorldSteps.Refused(() => client.AddSubscription("aeron:udp?tags=9", 1), ErrorCode.InvalidChannel, "tag");
        WorldSteps.Refused(() => client.AddPublication($"{Udp}|session-id=tag:9", 1), ErrorCode.InvalidChannel, "tag:9");
        client.AddPublication($"{Udp}|tags=9", 1);
        client.AddSubscription($"{Udp}|tags=8", 1);
        WorldSteps.Refused(() => client.AddPublication("aeron:udp?endpoint=127.0.0.1:20271|tags=9", 1), ErrorCode.InvalidChannel, "other addresses");
        WorldSteps.Refused(() => client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20271|tags=8", 1), ErrorCode.InvalidChannel, "another endpoint");
        world.CloseAndCheckNothingIsLeft(node);
    }

    [TestCase(Udp, true)]
    [TestCase(Udp, false)]
    [TestCase(Ipc, true)]
    [TestCase(Ipc, false)]
    public void A_stream_begins_where_its_channel_says(string channel, bool isExclusive)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        string start = $"{channel}{(channel == Ipc ? '?' : '|')}term-length=64k|init-term-id=-5|term-id=3|term-offset=65440";
        const long Position = (8L * 65536) + 65440;
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication publication = isExclusive ? node.Client.AddExclusivePublication(start, 1) : node.Client.AddPublication(start, 1);
        world.Connect(publication, subscription);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(publication.InitialTermId, Is.EqualTo(-5));
            Assert.That(publication.Position, Is.EqualTo(Position));
            Assert.That(subscription.Images[0].JoinPosition, Is.EqualTo(Position));
            Assert.That(subscription.Images[0].InitialTermId, Is.EqualTo(-5));
        }

        world.Pass(publication, 500, 1, subscription);
        Assert.That(node.Errors(), Is.Empty);
    }

    [Test]
    public void Whoever_shares_a_socket_must_be_content_with_its_buffers()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        node.Client.AddSubscription($"{Udp}|so-rcvbuf=256k", 1);
        node.Client.AddSubscription($"{Udp}|so-rcvbuf=256k", 2);
        node.Client.AddSubscription(Udp, 3);
        WorldSteps.Refused(
            () => node.Client.AddSubscription($"{Udp}|so-rcvbuf=1m", 4), ErrorCode.InvalidChannel, "so-rcvbuf=1048576 does not match existing value of 262144");
        node.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20271", 1);
        WorldSteps.Refused(
            () => node.Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:20271|so-rcvbuf=1m|rcv-wnd=1m", 2), ErrorCode.InvalidChannel, "so-rcvbuf");
        node.Client.AddPublication(Udp, 1);
        WorldSteps.Refused(() => node.Client.AddPublication($"{Udp}|so-sndbuf=1m", 2), ErrorCode.InvalidChannel, "OS default");
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void Subscriptions_of_one_stream_must_agree_on_how_its_images_are_made()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        node.Client.AddSubscription(Udp, 1);
        WorldSteps.Refused(() => node.Client.AddSubscription($"{Udp}|reliable=false", 1), ErrorCode.InvalidChannel, "reliable");
        WorldSteps.Refused(() => node.Client.AddSubscription($"{Udp}|rejoin=false", 1), ErrorCode.InvalidChannel, "rejoin");
        WorldSteps.Refused(() => node.Client.AddSubscription($"{Udp}|gtag=7", 1), ErrorCode.InvalidChannel, "gtag");
        node.Client.AddSubscription($"{Udp}|reliable=false", 2);
        world.CloseAndCheckNothingIsLeft(node);
    }
}
