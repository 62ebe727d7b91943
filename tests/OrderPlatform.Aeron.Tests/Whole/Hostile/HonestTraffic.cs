using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>A stream that has to come through whatever others do: each message once, in order, byte by byte; and nobody writes where nobody may.</summary>
internal sealed class HonestTraffic : IDisposable
{
    // Behind the last field of a log's metadata: the driver has no business there.
    private const int CanaryOffset = 1024;
    private const byte Canary = 0xA5;

    private readonly AeronWorld _world;
    private readonly Subscription _subscription;
    private readonly Publication _publication;
    private readonly TrafficSource _source;
    private readonly TrafficSink _sink;
    private readonly List<MappedFile> _logs = [];

    public HonestTraffic(AeronWorld world, AeronNode publisher, AeronNode subscriber, string channel, int streamId, int seed, string? subscriberChannel = null)
    {
        _world = world;
        _subscription = subscriber.Client.AddSubscription(subscriberChannel ?? channel, streamId);
        _publication = publisher.Client.AddPublication(channel, streamId);
        world.StepUntil(() => _publication.IsConnected && _subscription.IsConnected, TimeSpan.FromSeconds(3), $"{channel} is connected");
        var traffic = new Traffic(seed, _publication.MaxMessageLength);
        _source = new TrafficSource(traffic, _publication, long.MaxValue);
        _sink = new TrafficSink(traffic);
        ImageId = _subscription.Images[0].CorrelationId;
        AddCanary(AeronDirectory.PublicationLog(publisher.Directory, _publication.OriginalRegistrationId));
        if (publisher != subscriber || !channel.Contains("ipc", StringComparison.Ordinal))
            AddCanary(AeronDirectory.ImageLog(subscriber.Directory, ImageId));
    }

    /// <summary>What a client would reject it by.</summary>
    public long ImageId { get; }

    public long Count => _sink.Count;

    /// <summary>Sends some messages and takes what has come.</summary>
    public void Exchange(int messagesMax = 2)
    {
        _source.Offer(messagesMax);
        _sink.Poll(_subscription);
    }

    /// <summary>All that was sent comes, and no byte was written outside the terms.</summary>
    public void AssertWhole(string when)
    {
        _world.StepUntil(
            () =>
            {
                _sink.Poll(_subscription);
                return _sink.Next == _source.Next;
            },
            TimeSpan.FromSeconds(60),
            $"all messages, {when}");
        foreach (MappedFile log in _logs)
        {
            ReadOnlySpan<byte> canary = CanaryOf(log);
            Assert.That(canary.ContainsAnyExcept(Canary), Is.False, $"{log.Path} was written outside its terms, {when}");
        }
    }

    public void Dispose()
    {
        _logs.ForEach(static log => log.Dispose());
        _subscription.Dispose();
        _publication.Dispose();
    }

    private static Span<byte> CanaryOf(MappedFile log) => log.Buffer.AsSpan(
        log.Buffer.CapacityBytes - LogBufferDescriptor.MetaDataLength + CanaryOffset, LogBufferDescriptor.MetaDataLength - CanaryOffset);

    private void AddCanary(string path)
    {
        var log = MappedFile.OpenExisting(path);
        CanaryOf(log).Fill(Canary);
        _logs.Add(log);
    }
}
