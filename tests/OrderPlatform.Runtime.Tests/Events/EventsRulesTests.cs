using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Events;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>Who may see what, and what is said to who may not; each bound of the stream (law 6) and each refusal (law 7).</summary>
[TestFixture]
internal sealed class EventsRulesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly byte[] Key = "a key of thirty-two bytes or so!"u8.ToArray();

    [Test]
    public void Who_may_see_one_client_sees_that_client_and_the_market_and_nothing_of_others()
    {
        using EventsWorld world = WorldOf(TestRule.Of(7, clients: [2]));
        EventsReader reader = world.Join(2);
        Trade(world, 400);
        world.Settle();
        Assert.That(world.Differences(reader.Book, client: 2), Is.Empty);
        Assert.That(reader.Book.Positions.Values.Select(static position => position.ClientId), Is.Not.Empty.And.All.EqualTo(2u));
        Assert.That(reader.Book.States.Keys.Select(static key => key.Scope), Has.None.EqualTo(Scope.Shard));
    }

    [Test]
    public void Who_asks_for_one_client_gets_only_that_one()
    {
        using EventsWorld world = WorldOf(TestRule.Of(7, seesAll: true));
        EventsReader reader = world.Join(2, static options => options with { ClientId = 3 });
        Trade(world, 400);
        world.Settle();
        Assert.That(world.Differences(reader.Book, client: 3), Is.Empty);
        Assert.That(reader.Book.Positions.Values.Select(static position => position.ClientId), Is.Not.Empty.And.All.EqualTo(3u));
    }

    [Test]
    public void Topics_that_nobody_asked_for_are_not_sent()
    {
        using EventsWorld world = WorldOf(TestRule.Of(7, seesAll: true));
        EventsReader reader = world.Join(2, static options => options with { Topics = EventTopics.Market });
        Trade(world, 300);
        world.Settle();
        Assert.That((reader.Book.Positions.Count, reader.Book.Orders.Count, reader.Book.Balances.Count, reader.Book.Markets.Count), Is.EqualTo((0, 0, 0, 4)));
    }

    [Test]
    public void A_token_of_the_right_key_is_taken()
    {
        using EventsWorld world = WorldOf(TestRule.Of(7, seesAll: true, key: Key));
        EventsReader reader = world.Join(2, static options => options with { Key = Key });
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live, Limit, "a snapshot");
        Assert.That(world.Stream.Refused, Is.Zero);
    }

    [TestCase("UnknownPublisher")]
    [TestCase("BadToken")]
    [TestCase("WrongSource")]
    [TestCase("ClientNotAllowed")]
    [TestCase("KindNotAllowed")]
    public void Who_may_not_is_told_why(string reason)
    {
        PublisherSubscriberRule rule = TestRule.Of(
            reason == "UnknownPublisher" ? 8u : 7,
            clients: [1],
            sources: reason == "WrongSource" ? ["10.0.0.0/8", "ipc"] : [],
            key: reason == "BadToken" ? Key : null);
        using EventsWorld world = WorldOf(rule);
        EventsReader reader = world.Join(2, options => options with
        {
            ClientId = reason == "ClientNotAllowed" ? 2u : 0,
            Topics = reason == "KindNotAllowed" ? 0 : options.Topics,
            Key = reason == "BadToken" ? "another key that is as long"u8.ToArray() : null,
        });
        world.StepUntil(() => reader.Book.Status == EventsStatus.Refused, Limit, "a refusal");
        Assert.That(reader.Book.Detail, Does.StartWith(reason));
        Assert.That((world.Stream.Refused, world.Stream.SubscriberCount, world.Stream.Snapshots), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public void A_refused_one_asks_again_and_its_publications_do_not_pile_up()
    {
        using EventsWorld world = WorldOf(TestRule.Of(8));
        EventsReader reader = world.Join(2);
        world.StepUntil(() => world.Stream.Refused == 4, TimeSpan.FromSeconds(60), "asked four times");
        world.StepFor(TimeSpan.FromSeconds(3));
        Assert.That(reader.Book.Status, Is.EqualTo(EventsStatus.Refused));
        Assert.That(world.World.Network.OpenCount, Is.LessThan(12));
    }

    [Test]
    public void No_publisher_takes_more_than_its_places_and_all_not_more_than_there_are()
    {
        using EventsWorld world = new(1, static options => options with
        {
            Rules = [TestRule.Of(7, seesAll: true), TestRule.Of(8, seesAll: true)],
            SubscribersMax = 3,
            SubscribersOfOneMax = 2,
        });
        EventsReader[] own = [world.Join(2), world.Join(3), world.Join(4)];
        world.StepUntil(() => own.All(static reader => reader.Book.Status is EventsStatus.Live or EventsStatus.Refused), Limit, "answers");
        Assert.That(own.Count(static reader => reader.Book.Status == EventsStatus.Refused), Is.EqualTo(1));
        string detail = Array.Find(own, static reader => reader.Book.Status == EventsStatus.Refused)!.Book.Detail;
        Assert.That(detail, Does.StartWith("TooMany").And.Contain("2 of one"));
        EventsReader[] other = [world.Join(5, As(8)), world.Join(6, As(8))];
        world.StepUntil(() => other.All(static reader => reader.Book.Status is EventsStatus.Live or EventsStatus.Refused), Limit, "answers");
        Assert.That(other.Count(static reader => reader.Book.Status == EventsStatus.Live), Is.EqualTo(1));

        // A place that becomes free is the next one's, once it asks again.
        world.Leave(Array.Find(own, static reader => reader.Book.Status == EventsStatus.Live)!);
        world.StepUntil(
            () => own.Concat(other).Count(static reader => reader.Book.Status == EventsStatus.Live) == 4, TimeSpan.FromSeconds(60), "the place is taken again");
    }

    [Test]
    public void What_is_no_request_is_counted_and_changes_nothing()
    {
        using EventsWorld world = WorldOf(TestRule.Of(7, seesAll: true));
        EventsReader reader = world.Join(2);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live, Limit, "a snapshot");
        using ExclusivePublication hostile = reader.Node.Client.AddExclusivePublication(EventsWorld.Channel, 1020);
        world.StepUntil(() => hostile.IsConnected, Limit, "connected");
        var random = new Random(5);
        var garbage = new byte[400];
        for (int sent = 0; sent < 200;)
        {
            random.NextBytes(garbage);
            int length = random.Next(garbage.Length);
            if (random.Next(2) == 0)
            {
                EventsSubscribeEncoder.WrapForEncodeAndApplyHeader(garbage.AsSpan(0, 64));
            }

            sent += hostile.Offer(garbage.AsSpan(0, length)) > 0 ? 1 : 0;
            world.Step();
        }

        Trade(world, 100);
        world.Settle();
        Assert.That(world.Stream.Malformed + world.Stream.Refused, Is.EqualTo(200));
        Assert.That((world.Stream.SubscriberCount, world.Stream.TimesBehind, world.Stream.Snapshots), Is.EqualTo((1, 0, 1)));
        Assert.That(world.Differences(reader.Book), Is.Empty);
    }

    [TestCase(1001)]
    [TestCase(2001)]
    [TestCase(1020)]
    public void Events_do_not_go_to_streams_that_are_the_engines_own(int streamId)
    {
        using EventsWorld world = WorldOf(TestRule.Of(7, seesAll: true));
        EventsReader reader = world.Join(2, options => options with { ResponseStreamId = streamId });
        world.StepUntil(() => world.Stream.Refused > 0, Limit, "a refusal");
        Assert.That((world.Stream.SubscriberCount, reader.Book.IsWhole), Is.EqualTo((0, false)));
    }

    private static EventsWorld WorldOf(ISubscriberRule rule) => new(1, options => options with { Rules = [rule] });

    private static Func<EventsSubscriberOptions, EventsSubscriberOptions> As(uint publisher) => options => options with { PublisherId = publisher };

    private static void Trade(EventsWorld world, int inputs)
    {
        for (int input = 0; input < inputs; input++)
        {
            world.Trading.Step();
            world.Step();
        }
    }
}
