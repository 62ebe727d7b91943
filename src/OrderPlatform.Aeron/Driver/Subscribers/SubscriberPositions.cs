namespace OrderPlatform.Aeron.Driver.Subscribers;

/// <summary>The subscribers of one stream. The conductor's thread only.</summary>
internal sealed class SubscriberPositions
{
    private readonly List<SubscriberPosition> _all = [];

    public IReadOnlyList<SubscriberPosition> All => _all;

    public bool IsEmpty => _all.Count == 0;

    /// <summary>True if somebody holds the stream back.</summary>
    public bool HasActive { get; private set; }

    public void Add(SubscriberPosition subscriber)
    {
        _all.Add(subscriber);
        OnStateChanged();
    }

    public void Remove(SubscriberPosition subscriber)
    {
        _all.Remove(subscriber);
        OnStateChanged();
    }

    /// <summary>To be called when a subscriber's state was changed.</summary>
    public void OnStateChanged() => HasActive = _all.Exists(static subscriber => subscriber.State == SubscriberPosition.TetherState.Active);

    /// <summary>
    /// The least and the greatest position of the active, each down to the beginning of a frame: clients write them, and what follows from one that
    /// is none would lie askew in the log. Both <paramref name="fallback"/> when there is none.
    /// </summary>
    public void MinMax(long fallback, out long min, out long max)
    {
        min = long.MaxValue;
        max = long.MinValue;
        foreach (SubscriberPosition subscriber in _all)
        {
            if (subscriber.State != SubscriberPosition.TetherState.Active)
                continue;
            long position = subscriber.Position.Get() & -LogBuffers.LogBufferDescriptor.FrameAlignment;
            min = Math.Min(min, position);
            max = Math.Max(max, position);
        }

        if (min == long.MaxValue)
            min = max = fallback;
    }
}
