namespace OrderPlatform.Simulation.MarketData;

/// <summary>What a file does not say about itself.</summary>
public sealed record MarketDataFileOptions
{
    /// <summary>All defaults.</summary>
    public static MarketDataFileOptions Default { get; } = new();

    /// <summary>Capture of several instruments: the one to read, as the venue writes it (case does not matter). Null accepts the only one there is.</summary>
    public string? Instrument { get; init; }

    /// <summary>Length of a bar where the rows have no close time, in nanoseconds. Null infers it from the smallest step of the first rows.</summary>
    public long? BarLengthNanos { get; init; }
}
