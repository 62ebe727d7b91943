using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>Whoever subscribes knows what the engine knows, when it may be known, and holds nobody up.</summary>
[TestFixture]
internal sealed class EventsStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Test]
    public void A_subscriber_gets_a_snapshot_and_then_what_happens()
    {
        using var world = new EventsWorld(1);
        Trade(world, 200);
        EventsReader reader = world.Join(2);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live, Limit, "the snapshot");
        Assert.That(world.Differences(reader.Book), Is.Empty);
        Assert.That(reader.Book.Orders, Is.Not.Empty);
        Trade(world, 300);
        world.Settle();
        Assert.That(world.Differences(reader.Book), Is.Empty);
        Assert.That((reader.Book.Sequence > 300, world.Stream.Snapshots, world.Stream.TimesBehind), Is.EqualTo((true, 1, 0)));
    }

    [Test]
    public void Nothing_is_told_before_it_is_durable()
    {
        using var world = new EventsWorld(1);
        EventsReader reader = world.Join(2);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live, Limit, "the snapshot");
        world.Durable = world.Trading.Engine.State.Sequence + 50;
        Trade(world, 100);

        // Neither by events to who is there nor by a snapshot to who comes now.
        EventsReader late = world.Join(3);
        world.StepFor(TimeSpan.FromSeconds(2));
        Assert.That(reader.Book.Sequence, Is.LessThanOrEqualTo(world.Durable));
        Assert.That((late.Book.Sequence, late.Book.IsWhole), Is.EqualTo((0, false)));
        world.Durable = long.MaxValue;
        world.Settle();
        Assert.That(world.Differences(reader.Book) + world.Differences(late.Book), Is.Empty);
    }

    [Test]
    public void A_follower_that_waits_for_the_disk_is_not_idle_so_that_a_drain_goes_on_to_the_end_but_not_for_ever()
    {
        using var world = new EventsWorld(1);
        world.StepFor(TimeSpan.FromMilliseconds(50));
        long before = world.Replica.Sequence;
        world.Durable = before;
        world.Trading.Step();
        Assert.That(world.Follower.DoWork(), Is.Positive);
        Assert.That((world.Replica.Sequence, world.Follower.DoWork()), Is.EqualTo((before + 1, 1)), "it has processed it, and waits");
        int cycles = 0;
        while (cycles < 20_000 && world.Follower.DoWork() > 0)
        {
            cycles++;
        }

        Assert.That(cycles, Is.LessThan(20_000));
        world.Durable = before + 1;
        world.Trading.Step();
        Assert.That(world.Follower.DoWork(), Is.Positive);
        Assert.That(world.Replica.Sequence, Is.EqualTo(before + 2));
    }

    [Test]
    public void A_subscriber_that_does_not_read_holds_nobody_up_and_gets_a_new_snapshot_when_it_reads_again()
    {
        using var world = new EventsWorld(1);
        EventsReader reader = world.Join(2);
        EventsReader slow = world.Join(3);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live && slow.Book.Status == EventsStatus.Live, Limit, "the snapshots");
        slow.IsStopped = true;
        Trade(world, 2_000);
        Assert.That(world.Trading.Engine.State.Sequence - world.Replica.Sequence, Is.LessThan(2));
        Assert.That((world.Stream.TimesBehind, world.Stream.Snapshots), Is.EqualTo((1, 2)), "behind once, and left alone");
        world.Settle();
        Assert.That(world.Differences(reader.Book), Is.Empty);
        slow.IsStopped = false;
        world.StepUntil(() => world.Stream.Snapshots == 3 && slow.Book.IsWhole, Limit, "the new snapshot");
        world.StepFor(TimeSpan.FromMilliseconds(50));
        Assert.That(world.Differences(slow.Book), Is.Empty);
        Assert.That(slow.Subscriber.TimesAsked, Is.EqualTo(1), "it did not have to ask again");
    }

    [Test]
    public void A_subscriber_that_is_cut_off_is_let_go_and_comes_back_by_itself()
    {
        using var world = new EventsWorld(1);
        EventsReader reader = world.Join(2);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live, Limit, "the snapshot");
        world.World.Network.Filter = static _ => false;
        Trade(world, 200);
        world.StepFor(TimeSpan.FromSeconds(30));
        Assert.That((world.Stream.SubscriberCount, reader.Book.IsWhole), Is.EqualTo((0, false)));
        world.World.Network.Filter = null;
        Trade(world, 50);
        world.Settle();
        Assert.That(world.Differences(reader.Book), Is.Empty);
        Assert.That(reader.Subscriber.TimesAsked, Is.GreaterThan(1));
    }

    [Test]
    public void A_snapshot_goes_on_while_things_happen_and_ends_with_all_that_happened()
    {
        using var world = new EventsWorld(3, static options => options with { RowsPerCycle = 1 });
        Trade(world, 400);
        EventsReader reader = world.Join(2);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Snapshotting, Limit, "the snapshot has begun");
        int during = 0;
        while (reader.Book.Status == EventsStatus.Snapshotting)
        {
            Trade(world, 1);
            during++;
        }

        Assert.That(during, Is.GreaterThan(5));
        world.Settle();
        Assert.That(world.Differences(reader.Book), Is.Empty);
    }

    [Test]
    public void Over_shared_memory_it_is_the_same()
    {
        using var world = new EventsWorld(1, static options => options with { Channel = "aeron:ipc" });
        var book = new EventsBook();
        using var subscriber = new EventsSubscriber(
            new EventsSubscriberOptions { Channel = "aeron:ipc", ResponseChannel = "aeron:ipc", PublisherId = 7 }, world.Node.Client, book, world.Time);
        for (int input = 0; input < 500; input++)
        {
            world.Trading.Step();
            world.Step();
            subscriber.DoWork();
        }

        world.StepUntil(() => subscriber.DoWork() == 0 && book.Status == EventsStatus.Live && book.Sequence > 400, Limit, "all is known");
        Assert.That(world.Differences(book), Is.Empty);
    }

    [Test]
    public void When_the_driver_is_lost_the_stream_ends_and_the_follower_goes_on()
    {
        using var world = new EventsWorld(1);
        EventsReader reader = world.Join(2);
        world.StepUntil(() => reader.Book.Status == EventsStatus.Live, Limit, "the snapshot");
        world.Node.Client.Dispose();
        Trade(world, 50);
        EventsReader late = world.Join(3);
        world.StepFor(TimeSpan.FromSeconds(30));
        Assert.That(world.Replica.Sequence, Is.EqualTo(world.Trading.Engine.State.Sequence));
        Assert.That((late.Book.IsWhole, reader.Book.IsWhole, world.Stream.IsEnded), Is.EqualTo((false, false, true)));
        Assert.That(world.Problems, Has.Count.EqualTo(1).And.Some.Contains("the events stream ended"));
    }

    [Test]
    public void An_event_to_four_subscribers_allocates_nothing_on_either_side()
    {
        using var world = new EventsWorld(1);
        EventsReader[] readers = [world.Join(2), world.Join(3), world.Join(4)];
        var counter = new Counter();
        using var counted = new EventsSubscriber(
            new EventsSubscriberOptions { Channel = EventsWorld.Channel, ResponseChannel = "aeron:udp?endpoint=127.0.0.1:0", PublisherId = 7 },
            readers[0].Node.Client,
            counter,
            world.Time);
        world.StepUntil(
            () => counted.DoWork() == 0 && counted.Status == EventsStatus.Live && Array.TrueForAll(readers, static reader => reader.Book.IsWhole),
            Limit,
            "snapshots");
        byte[] book = Book();
        bool isTold = true;
        long sending = AllocationCount.LeastOfRounds(() =>
        {
            for (int input = 0; input < 16; input++)
            {
                world.Follower.Engine.Process(world.Replica.Sequence + 1, world.Replica.NowNanos + 1, book);
                isTold &= world.Stream.TryObserve(world.Replica.Sequence, book, world.Follower.Engine);
            }
        });
        for (int step = 0; step < 100; step++)
        {
            world.World.Step();
        }

        long before = counter.Count;
        long reading = AllocationCount.LeastOfRounds(() => counted.DoWork());
        Assert.That((sending, reading, isTold, world.Stream.TimesBehind), Is.EqualTo((0, 0, true, 0)));
        Assert.That(counter.Count - before, Is.EqualTo(5 * 16), "all were sent, and all were read");
    }

    private static byte[] Book()
    {
        var message = new byte[TopOfBookEncoder.EncodedLength];
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(message);
        e.InstrumentId = 1;
        e.BidPrice = 100_00000000;
        e.AskPrice = 101_00000000;
        e.BidQuantity = e.AskQuantity = 1;
        return message;
    }

    private static void Trade(EventsWorld world, int inputs)
    {
        for (int input = 0; input < inputs; input++)
        {
            world.Trading.Step();
            world.Step();
        }
    }

    /// <summary>Counts and keeps nothing.</summary>
    private sealed class Counter : IEventsListener
    {
        public long Count { get; private set; }

        public void OnEvent(long sequence, long timestampNanos, int index, EventPart part, ReadOnlySpan<byte> message) => Count++;

        public void OnStatus(EventsStatus status, string detail)
        {
        }
    }
}
