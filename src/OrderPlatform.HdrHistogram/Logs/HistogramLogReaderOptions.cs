namespace OrderPlatform.HdrHistogram;

/// <summary>What a log reader puts up with.</summary>
public sealed record HistogramLogReaderOptions
{
    /// <summary>Limits for each interval's histogram.</summary>
    public HistogramDecoderOptions Decoding { get; init; } = HistogramDecoderOptions.Default;

    /// <summary>The most characters a line may have; 16 Mi unless said otherwise. Longer ones are malformed and not kept.</summary>
    public int LineLengthMax { get; init; } = 16 << 20;

    /// <summary>Is told of each malformed line, which is then skipped. Null, the default: the first one ends the read with the exception.</summary>
    public Action<HistogramFormatException>? OnMalformedLine { get; init; }
}
