namespace OrderPlatform.Strategies.Publishing;

/// <summary>How a subscriber of events stands.</summary>
public enum EventsStatus
{
    /// <summary>Nobody listens there.</summary>
    Connecting,

    /// <summary>It has asked, and waits for the answer.</summary>
    Asking,

    /// <summary>The engine refuses; it asks again later.</summary>
    Refused,

    /// <summary>The snapshot is coming: what is known is not whole.</summary>
    Snapshotting,

    /// <summary>All is known up to the last event.</summary>
    Live,
}
