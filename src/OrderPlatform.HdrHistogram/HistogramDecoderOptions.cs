namespace OrderPlatform.HdrHistogram;

/// <summary>Limits for decoding bytes of unknown origin.</summary>
public sealed record HistogramDecoderOptions
{
    /// <summary>Covers every histogram of up to 5 digits over all 63 bits.</summary>
    public static HistogramDecoderOptions Default { get; } = new();

    /// <summary>
    /// The most bytes that a decoded histogram's counts may take; 64 MiB unless said otherwise. While a compressed one is decoded, its inflated form takes at
    /// most 9/8 of that besides; it is not inflated beyond the length in its header, and not at all if so few bytes cannot inflate to it.
    /// </summary>
    public long CountsBytesMax { get; init; } = 64 << 20;

    /// <summary>A floor for the decoded histogram's highest trackable value; 0, the default, takes the encoded one.</summary>
    public long LeastHighestTrackableValue { get; init; }
}
