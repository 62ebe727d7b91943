namespace OrderPlatform.Strategies.Publishing;

/// <summary>What publishers and the engine's door agree on: versions, streams, sizes. <c>docs/publishers.md</c> tells it to people.</summary>
public static class DoorProtocol
{
    /// <summary>The version in a hello.</summary>
    public const ushort Version = 1;

    /// <summary>Stream of signals, kind 1.</summary>
    public const int SignalsStreamId = 1001;

    /// <summary>Stream of market data, kind 2.</summary>
    public const int MarketDataStreamId = 1002;

    /// <summary>Stream of commands, kind 3.</summary>
    public const int CommandsStreamId = 1003;

    /// <summary>Stream of welcomes and acknowledgements on a publisher's own response channel, unless its hello names another.</summary>
    public const int ResponseStreamId = 1010;

    /// <summary>Streams from 1010 to this one are for answers of the door and of the events stream.</summary>
    public const int ResponseStreamIdLast = 1019;

    /// <summary>So are streams from this one on; all others belong to the engine and its gateways.</summary>
    public const int OwnStreamIdFirst = 10_000;

    /// <summary>The longest message between a publisher and the door; the largest submission is shorter.</summary>
    public const int MessageLengthMax = 1_024;

    /// <summary>Submissions that may be without an answer at a time, at most.</summary>
    public const int WindowMax = 1_024;

    /// <summary>The stream of a kind.</summary>
    /// <param name="kind">1 signals, 2 market data, 3 commands.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no kind.</exception>
    public static int StreamIdOf(int kind) => kind switch
    {
        1 => SignalsStreamId,
        2 => MarketDataStreamId,
        3 => CommandsStreamId,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "kinds are 1 signals, 2 market data, 3 commands"),
    };

    /// <summary>Whether a hello may name this stream for its answers.</summary>
    public static bool IsResponseStream(int streamId) => streamId is >= ResponseStreamId and <= ResponseStreamIdLast or >= OwnStreamIdFirst;
}
