using OrderPlatform.Runtime.Doors;

namespace OrderPlatform.Runtime.Events;

/// <summary>Where the events stream listens, who may subscribe, and its bounds.</summary>
public sealed record EventsOptions
{
    /// <summary>The door's channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The stream on which subscribers ask.</summary>
    public int StreamId { get; init; } = 1020;

    /// <summary>Who may subscribe.</summary>
    public required IReadOnlyList<ISubscriberRule> Rules { get; init; }

    /// <summary>Subscribers at a time; the next is refused.</summary>
    public int SubscribersMax { get; init; } = 64;

    /// <summary>Subscribers of one publisher at a time, so that one cannot take all places.</summary>
    public int SubscribersOfOneMax { get; init; } = 8;

    /// <summary>Refusals that are being answered at a time; what is beyond them is counted and gets no answer.</summary>
    public int AnswersMax { get; init; } = 16;

    /// <summary>Length of a term of a subscriber's publication, which bounds what waits for it: a power of two from 65,536.</summary>
    public int TermLengthBytes { get; init; } = 1 << 20;

    /// <summary>Rows of a snapshot that one subscriber is sent in a cycle.</summary>
    public int RowsPerCycle { get; init; } = 64;

    /// <summary>How long a subscriber's response channel may take to connect.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The stream beside a door: on its channel, for its publishers, each of whom sees the clients that it may speak for.</summary>
    /// <exception cref="ArgumentException">A rule's source or key is not what it must be.</exception>
    public static EventsOptions Beside(DoorOptions door) => new()
    {
        Channel = door.Channel,
        Rules = [.. door.Publishers.Select(static rule => new PublisherSubscriberRule(rule))],
    };
}
