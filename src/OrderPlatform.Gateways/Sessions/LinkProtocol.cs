namespace OrderPlatform.Gateways.Sessions;

/// <summary>What an engine and its gateways agree on: version and streams of the link between them.</summary>
public static class LinkProtocol
{
    /// <summary>The version in a hello and a welcome.</summary>
    public const ushort Version = 1;

    /// <summary>Stream of requests, from the engine, unless both sides are told another one.</summary>
    public const int OrdersStreamId = 2001;

    /// <summary>Stream of reports, to the engine, unless both sides are told another one.</summary>
    public const int ReportsStreamId = 2002;
}
