namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>The life of a publication.</summary>
internal enum PublicationState
{
    /// <summary>Clients may write.</summary>
    Active,

    /// <summary>Clients are gone; what they wrote is still sent.</summary>
    Draining,

    /// <summary>All is sent; receivers may still ask for it again.</summary>
    Linger,

    /// <summary>The sender is to let go of it.</summary>
    Done,
}
