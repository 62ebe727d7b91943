using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>A stream from a publication to a subscription, and whether all of it has come.</summary>
internal sealed class StreamRun(Traffic traffic, Publication publication, Subscription subscription, long count)
{
    private readonly TrafficSource _source = new(traffic, publication, count);
    private readonly TrafficSink _sink = new(traffic);

    /// <summary>Messages that came.</summary>
    public long Count => _sink.Count;

    /// <summary>Messages that were offered.</summary>
    public long Offered => _source.Next;

    /// <summary>Offers and polls a little; true when all has come, and no more than all.</summary>
    public bool Work()
    {
        if (!_source.IsDone && publication.AvailableWindow > 0)
            _source.Offer(10);
        _sink.Poll(subscription);
        if (Count > count)
            Assert.Fail($"{Count} messages came, {count} were sent");
        return Count == count;
    }
}
