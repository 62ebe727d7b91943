using OrderPlatform.Gateways.Sessions;

namespace OrderPlatform.Runtime.Links;

/// <summary>Where and how an engine speaks to a gateway.</summary>
/// <param name="VenueId">Whose gateway it is.</param>
/// <param name="VenueName">Its name, for people.</param>
/// <param name="OrdersChannel">Aeron channel from the engine to the gateway.</param>
/// <param name="ReportsChannel">Aeron channel from the gateway to the engine.</param>
public sealed record GatewayPortOptions(ushort VenueId, string VenueName, string OrdersChannel, string ReportsChannel)
{
    /// <summary>The stream of requests.</summary>
    public int OrdersStreamId { get; init; } = LinkProtocol.OrdersStreamId;

    /// <summary>The stream of reports.</summary>
    public int ReportsStreamId { get; init; } = LinkProtocol.ReportsStreamId;

    /// <summary>The shard.</summary>
    public ushort ShardId { get; init; }

    /// <summary>At least so often each side says something.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Who says nothing for so long is gone: new orders to its venue are refused until it is back.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Requests that are kept until the gateway has done them, a power of two; more hold the shard back.</summary>
    public int RetainedMax { get; init; } = 65_536;

    /// <summary>Whether the venue is simulated: it is shown its market, and how far time goes.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Whether its market is the run's own data, each event once and in order, so that the venue must be the same all the time.</summary>
    public bool ShowsData { get; init; }

    /// <summary>Done while the first hello is awaited, where nobody else moves the world: in tests.</summary>
    internal Action? OnWait { get; init; }

    /// <summary>Whether the venue is told to be down while its gateway is silent; not in lockstep, where time stands still meanwhile.</summary>
    public bool TellsSilence { get; init; } = true;
}
