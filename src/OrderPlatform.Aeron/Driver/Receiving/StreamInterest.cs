using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Which sessions of a stream somebody subscribes to, and what is known of each. The receiver's thread.</summary>
internal sealed class StreamInterest(int streamId)
{
    /// <summary>A session without an image.</summary>
    /// <param name="State">What is known of it.</param>
    /// <param name="Source">Where it comes from; counted among that source's sessions while it is pending or being made.</param>
    public readonly record struct Session(SessionState State, UdpAddress Source)
    {
        /// <summary>True for the states that may become an image.</summary>
        public bool CountsForSource => State is SessionState.PendingSetup or SessionState.InitInProgress;
    }

    public int StreamId { get; } = streamId;

    /// <summary>Somebody subscribes to whatever comes.</summary>
    public bool IsAllSessions { get; set; }

    /// <summary>Sessions that were subscribed to by name.</summary>
    public HashSet<int> NamedSessions { get; } = [];

    public Dictionary<int, PublicationImage> Images { get; } = [];

    /// <summary>Sessions without an image.</summary>
    public Dictionary<int, Session> Sessions { get; } = [];

    /// <summary>True when nobody subscribes to anything of the stream.</summary>
    public bool IsOver => !IsAllSessions && NamedSessions.Count == 0;

    public bool Wants(int sessionId) => IsAllSessions || NamedSessions.Contains(sessionId);
}
