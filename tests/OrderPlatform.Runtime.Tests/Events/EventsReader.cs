using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Runtime.Events;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>A subscriber with its machine, and the book that it keeps.</summary>
internal sealed class EventsReader : IDisposable
{
    private readonly AeronWorld _world;

    public EventsReader(AeronWorld world, AeronNode node, TimeProvider time, Func<EventsSubscriberOptions, EventsSubscriberOptions> change)
    {
        _world = world;
        Node = node;
        Subscriber = new EventsSubscriber(
            change(new EventsSubscriberOptions { Channel = EventsWorld.Channel, ResponseChannel = "aeron:udp?endpoint=127.0.0.1:0", PublisherId = 7 }),
            node.Client,
            Book,
            time);
    }

    public AeronNode Node { get; }

    public EventsSubscriber Subscriber { get; }

    public EventsBook Book { get; } = new();

    /// <summary>It does not read: a slow subscriber.</summary>
    public bool IsStopped { get; set; }

    public void DoWork()
    {
        if (!IsStopped)
        {
            Subscriber.DoWork();
        }
    }

    public void Dispose()
    {
        Subscriber.Dispose();
        _world.Kill(Node);
    }
}

/// <summary>Rules of tests.</summary>
internal static class TestRule
{
    public static PublisherSubscriberRule Of(uint id, bool seesAll = false, uint[]? clients = null, string[]? sources = null, byte[]? key = null) =>
        new(new PublisherRule(id, "a test", clients ?? [], DoorKinds.None, sources ?? [], key, 0, 0) { AllClients = seesAll });
}
