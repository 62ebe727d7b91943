namespace OrderPlatform.Gateways.Sessions;

/// <summary>Where a gateway meets its engine, and how it behaves.</summary>
public sealed record GatewaySessionOptions
{
    /// <summary>Channel of orders: the gateway receives on it.</summary>
    public required string OrdersChannel { get; init; }

    /// <summary>Stream of orders.</summary>
    public int OrdersStreamId { get; init; } = LinkProtocol.OrdersStreamId;

    /// <summary>Channel of reports: the engine receives on it.</summary>
    public required string ReportsChannel { get; init; }

    /// <summary>Stream of reports.</summary>
    public int ReportsStreamId { get; init; } = LinkProtocol.ReportsStreamId;

    /// <summary>The gateway's name, for people; at most 160 bytes.</summary>
    public string Name { get; init; } = "gateway";

    /// <summary>How often a hello is said until it is answered.</summary>
    public TimeSpan HelloEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Told of what an operator wants to know: connections, losses, and what is wrong. Rare; on the session's thread.</summary>
    public Action<GatewayNotice>? OnNotice { get; init; }
}
