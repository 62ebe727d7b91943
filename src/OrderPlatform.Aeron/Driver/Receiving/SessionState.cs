namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>What an endpoint keeps in mind of a session that has no image. Source: aeron_data_packet_dispatcher.h of Aeron 1.52.</summary>
internal enum SessionState
{
    /// <summary>Nothing.</summary>
    Unknown,

    /// <summary>Its publisher was asked for a SETUP.</summary>
    PendingSetup,

    /// <summary>The conductor was asked for an image.</summary>
    InitInProgress,

    /// <summary>The conductor could not make its image; asked again later.</summary>
    Refused,

    /// <summary>Its image ended; not to be taken for a new stream yet.</summary>
    CoolDown,

    /// <summary>Nobody subscribes to it.</summary>
    NoInterest,
}
