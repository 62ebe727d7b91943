using OrderPlatform.Aeron.Tests;
using OrderPlatform.Aeron.Tests.Whole;
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

/// <summary>The world's clock as a time provider.</summary>
internal sealed class WorldTime(ManualClock clock) : TimeProvider
{
    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => clock.NanoTime;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(clock.EpochNanos / 100);
}

/// <summary>A rule of a test.</summary>
internal sealed class TestRule(uint id) : ISubscriberRule
{
    private readonly byte[] _key = [];

    public uint Id => id;

    public bool SeesAll { get; init; }

    public uint[] Clients { get; init; } = [];

    public string? Source { get; init; }

    public byte[] KeyBytes
    {
        init => _key = value;
    }

    public ReadOnlySpan<byte> Key => _key;

    public bool Sees(uint clientId) => Array.IndexOf(Clients, clientId) >= 0;

    public bool MayComeFrom(string sourceIdentity) => Source is null || sourceIdentity.StartsWith(Source, StringComparison.Ordinal);
}
