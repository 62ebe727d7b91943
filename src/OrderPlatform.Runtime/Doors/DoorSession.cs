using System.Net;
using OrderPlatform.Aeron.Client;

namespace OrderPlatform.Runtime.Doors;

/// <summary>Where a session stands.</summary>
internal enum SessionPhase
{
    /// <summary>It has not said hello.</summary>
    Waiting,

    /// <summary>The way back is being opened.</summary>
    Opening,

    /// <summary>What an earlier session of the publisher put in is on its way into the journal: only then is it known how far the numbers have come.</summary>
    Settling,

    /// <summary>The welcome, or the refusal, waits for a connected way back.</summary>
    Welcoming,

    /// <summary>Submissions come.</summary>
    Live,

    /// <summary>It is rejected and not read any more; its image goes away by and by.</summary>
    Gone,
}

/// <summary>A publisher's stream as it comes in: an Aeron image, the way back, and what has no answer yet.</summary>
internal sealed class DoorSession(Image image, int kind, int streamId, long nowTicks)
{
    public Image Image { get; } = image;

    /// <summary>1 signals, 2 market data, 3 commands.</summary>
    public int Kind { get; } = kind;

    public int StreamId { get; } = streamId;

    /// <summary>Where it comes from; null for shared memory.</summary>
    public IPAddress? Source { get; } = ResponseRoute.SourceOf(image);

    public SessionPhase Phase { get; set; }

    /// <summary>When it came into its phase, or when an answer could last leave.</summary>
    public long SinceTicks { get; set; } = nowTicks;

    public AnswerQueue Answers { get; } = new();

    public FragmentBuffer Fragments { get; } = new();

    /// <summary>Who it is; null before a hello that names a configured publisher.</summary>
    public PublisherMember? Member { get; set; }

    /// <summary>Its publisher's numbers; null before an accepted hello.</summary>
    public PublisherStream? Stream { get; set; }

    /// <summary>What the last hello said.</summary>
    public HelloParts Hello { get; set; }

    /// <summary>Whether that hello is refused, and why.</summary>
    public Verdict Refusal { get; set; }

    /// <summary>The channel of the way back.</summary>
    public string? Route { get; set; }

    /// <summary>The way back while the media driver has not answered.</summary>
    public long? RouteRegistration { get; set; }

    /// <summary>The way back.</summary>
    public ExclusivePublication? Response { get; set; }

    /// <summary>Malformed messages before a hello.</summary>
    public int Garbage { get; set; }

    /// <summary>Whether reading is held back at the moment.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Reasons of refusals that were told to the audit at once.</summary>
    public ulong ToldReasons { get; set; }

    /// <summary>Whether the publisher ended the stream, or its image is gone: another session may take its place.</summary>
    public bool HasEnded => Image.IsClosed || Image.IsEndOfStream || Phase == SessionPhase.Gone;

    /// <summary>The publisher that it says it is; 0 before a hello.</summary>
    public uint PublisherId => Member?.Rule.Id ?? 0;

    public void Enter(SessionPhase phase, long nowTicks)
    {
        Phase = phase;
        SinceTicks = nowTicks;
    }
}

/// <summary>What is kept of a hello until it is answered.</summary>
internal readonly record struct HelloParts(uint PublisherId, int ResponseStreamId, ulong NextNumber);
