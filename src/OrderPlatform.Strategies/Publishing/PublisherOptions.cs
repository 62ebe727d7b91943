namespace OrderPlatform.Strategies.Publishing;

/// <summary>A publisher on one of the door's streams.</summary>
public sealed record PublisherOptions
{
    /// <summary>The door's channel: <c>aeron:udp?endpoint=&lt;host&gt;:&lt;port&gt;</c> or <c>aeron:ipc</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>As the engine's configuration has it, 1 to 65535.</summary>
    public required uint PublisherId { get; init; }

    /// <summary>1001 signals, 1002 market data, 1003 commands.</summary>
    public int StreamId { get; init; } = DoorProtocol.SignalsStreamId;

    /// <summary>
    /// Where answers come: <c>aeron:ipc</c> where the door's channel is, else an endpoint of the address that this machine has towards the engine, with a
    /// port or 0 for one that is free. Null: <c>aeron:ipc</c>, or 127.0.0.1 and a free port.
    /// </summary>
    public string? ResponseChannel { get; init; }

    /// <summary>The stream of the answers: 1010 to 1019, or from 10000 on.</summary>
    public int ResponseStreamId { get; init; } = DoorProtocol.ResponseStreamId;

    /// <summary>The publisher's key, where the engine has one for it.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Submissions that may be without an answer at a time, 1 to 1024; the door may allow fewer.</summary>
    public int Window { get; init; } = DoorProtocol.WindowMax;

    /// <summary>How long a hello waits for its answer before it is said again.</summary>
    public TimeSpan HelloInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may come back while something waits, or the connection may be gone, before a new session is begun.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
