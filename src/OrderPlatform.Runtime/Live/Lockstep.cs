using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// The hand-shake between feed and gateway: the feed shows its next item and waits; the gateway, once the pipeline is quiet, lets the venue do all that it
/// does up to that time, one report after the other, shows it the item's market event, and agrees. So the next item enters when the venue has
/// answered what the last one caused, and the order of inputs is that of the backtest's loop.
/// </summary>
internal sealed class Lockstep
{
    private long _asked;
    private long _agreed;

    /// <summary>How far the venue may go. Valid for the gateway while <see cref="IsAsked"/>.</summary>
    public long HorizonNanos { get; private set; }

    /// <summary>The feed's item, or null at the end of the feed.</summary>
    public FeedItem? Item { get; private set; }

    /// <summary>Whether the feed waits for an agreement.</summary>
    public bool IsAsked => Volatile.Read(ref _asked) != Volatile.Read(ref _agreed);

    /// <summary>Feed: shows the next item; the release store of the ticket publishes it.</summary>
    public void Ask(FeedItem? item)
    {
        Item = item;
        HorizonNanos = item?.TimeNanos ?? long.MaxValue;
        Volatile.Write(ref _asked, _asked + 1);
    }

    /// <summary>Gateway: the venue is up to date.</summary>
    public void Agree() => Volatile.Write(ref _agreed, Volatile.Read(ref _asked));
}
