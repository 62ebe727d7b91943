using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Subscribers;

/// <summary>Where one subscription is in one stream: it holds the stream back while it is active.</summary>
internal sealed class SubscriberPosition(long subscriptionRegistrationId, AtomicCounter position, bool isTether, bool isRejoin)
{
    /// <summary>What becomes of a subscriber that does not keep up and is not tethered.</summary>
    public enum TetherState
    {
        /// <summary>It holds the stream back.</summary>
        Active,

        /// <summary>It was left behind and told so; its memory is kept while it may still read.</summary>
        Linger,

        /// <summary>It waits to be let in again.</summary>
        Resting,
    }

    public long SubscriptionRegistrationId { get; } = subscriptionRegistrationId;

    /// <summary>Written by the client; the sub-pos counter.</summary>
    public AtomicCounter Position { get; private set; } = position;

    public bool IsTether { get; } = isTether;

    public bool IsRejoin { get; } = isRejoin;

    public TetherState State { get; set; }

    /// <summary>When the state changed, or when it was last seen inside the window.</summary>
    public long TimeOfLastUpdateNs { get; set; }

    /// <summary>A rested subscriber reads on with a new counter.</summary>
    public void Renew(AtomicCounter position)
    {
        Position = position;
        State = TetherState.Active;
    }
}
