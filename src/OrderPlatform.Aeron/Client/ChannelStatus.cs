namespace OrderPlatform.Aeron.Client;

/// <summary>What a channel's socket is, as its status counter says. Source: aeronc.h of Aeron 1.52.</summary>
public enum ChannelStatus
{
    Errored = -1,
    Initializing = 0,
    Active = 1,
    Closing = 2,
}
