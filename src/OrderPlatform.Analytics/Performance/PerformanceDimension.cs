namespace OrderPlatform.Analytics;

/// <summary>By what figures are told apart (R94, R102).</summary>
public enum PerformanceDimension
{
    /// <summary>Not at all: everything together.</summary>
    Overall,

    /// <summary>By whose money it was.</summary>
    Client,

    /// <summary>By strategy.</summary>
    Strategy,

    /// <summary>By venue.</summary>
    Venue,

    /// <summary>By symbol, whatever the venue.</summary>
    Instrument,

    /// <summary>By side: trades are <c>long</c> or <c>short</c>, orders and refusals <c>buy</c> or <c>sell</c>.</summary>
    Side,
}
