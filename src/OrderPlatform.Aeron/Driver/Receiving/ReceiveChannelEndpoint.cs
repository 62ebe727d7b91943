namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>The receiving side of a channel.</summary>
internal sealed class ReceiveChannelEndpoint;
