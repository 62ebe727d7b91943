namespace OrderPlatform.Aeron.Driver;

/// <summary>Which threads a driver has.</summary>
public enum ThreadingMode
{
    /// <summary>None: whoever holds the driver calls <c>DoWork</c> of its agent.</summary>
    Invoker,

    /// <summary>One for conductor, sender and receiver in turn: the default here.</summary>
    Shared,

    /// <summary>One for the conductor, one for sender and receiver in turn.</summary>
    SharedNetwork,

    /// <summary>One each.</summary>
    Dedicated,
}
