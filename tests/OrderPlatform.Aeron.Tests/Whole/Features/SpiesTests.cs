using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>Subscriptions to what their own driver sends.</summary>
[TestFixture]
internal sealed class SpiesTests
{
    private const string Channel = "aeron:udp?endpoint=127.0.0.1:20240";
    private const string Spy = $"aeron-spy:{Channel}";

    [Test]
    public void A_spy_reads_what_the_receivers_get_from_where_it_joins()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode subscriber = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription(Channel, 1);
        Publication publication = publisher.Client.AddPublication(Channel, 1);
        world.Connect(publication, subscription);
        world.Pass(publication, 100, 1, subscription);
        world.StepFor(TimeSpan.FromMilliseconds(20));

        Subscription late = publisher.Client.AddSubscription(Spy, 1);
        Subscription otherStream = publisher.Client.AddSubscription(Spy, 2);
        Subscription otherSession = publisher.Client.AddSubscription($"{Spy}|session-id={publication.SessionId + 1}", 1);
        Subscription itsSession = publisher.Client.AddSubscription($"{Spy}|session-id={publication.SessionId}", 1);
        world.Connect(publication, late, itsSession);
        Assert.That(late.Images[0].JoinPosition, Is.EqualTo(publication.Position));
        world.Pass(publication, 200, 2, subscription, late, itsSession);
        Assert.That(otherStream.IsConnected || otherSession.IsConnected, Is.False);

        publication.Dispose();
        world.StepUntil(() => !late.IsConnected && !itsSession.IsConnected, TimeSpan.FromSeconds(4), "spies are told of the end");
        world.CloseAndCheckNothingIsLeft(publisher, subscriber);
    }

    [Test]
    public void Without_receivers_a_spy_connects_only_a_publication_that_says_so()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription spy = node.Client.AddSubscription(Spy, 1);
        Publication silent = node.Client.AddPublication(Channel, 1);
        world.StepUntil(() => spy.IsConnected, TimeSpan.FromSeconds(1), "the spy joins");
        world.StepFor(TimeSpan.FromSeconds(1));
        Assert.That(silent.Offer("x"u8), Is.EqualTo(Publication.NotConnected));

        Subscription simulating = node.Client.AddSubscription("aeron-spy:aeron:udp?endpoint=127.0.0.1:20241", 1);
        Publication publication = node.Client.AddPublication("aeron:udp?endpoint=127.0.0.1:20241|ssc=true", 1);
        world.Connect(publication, simulating);
        world.Pass(publication, 500, 1, simulating);
        simulating.Dispose();
        world.StepUntil(() => !publication.IsConnected, TimeSpan.FromSeconds(1), "without the spy nobody is there");
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_slow_spy_holds_the_publisher_back()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription spy = node.Client.AddSubscription(Spy, 1);
        Publication publication = node.Client.AddPublication($"{Channel}|ssc=true", 1);
        world.Connect(publication, spy);
        byte[] message = new byte[992];
        world.StepUntil(() => publication.Offer(message) == Publication.BackPressured, TimeSpan.FromSeconds(1), "held back");
        world.StepFor(TimeSpan.FromSeconds(2));
        Assert.That(publication.Offer(message), Is.EqualTo(Publication.BackPressured));
        Assert.That(publication.Position, Is.InRange(publication.TermBufferLength / 2, (publication.TermBufferLength / 2) + 1024));

        long read = 0;
        world.StepUntil(
            () =>
            {
                publication.Offer(message);
                read += spy.Poll((message, in header) => { }, 4);
                return read >= 200;
            },
            TimeSpan.FromSeconds(2),
            "goes on as the spy reads");
    }

    [Test]
    public void A_spy_finds_its_publication_by_the_tag_of_the_channel()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Publication publication = node.Client.AddPublication($"{Channel}|tags=4711|ssc=true", 1);
        Subscription spy = node.Client.AddSubscription("aeron-spy:aeron:udp?tags=4711", 1);
        world.Connect(publication, spy);
        world.Pass(publication, 50, 1, spy);
    }
}
