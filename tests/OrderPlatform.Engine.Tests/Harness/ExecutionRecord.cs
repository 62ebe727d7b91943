using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A strategy's record of how orders are carried out.</summary>
internal sealed record ExecutionRecord
{
    public uint Strategy { get; init; } = 1;

    public ExecutionAlgorithm Algorithm { get; init; } = ExecutionAlgorithm.Immediate;

    public RoutingMode Routing { get; init; } = RoutingMode.Direct;

    public long? DurationSeconds { get; init; }

    public ushort? Slices { get; init; }

    public decimal? Visible { get; init; }

    public long? RefreshSeconds { get; init; }

    public decimal? Participation { get; init; }

    public long? LimitTimeoutSeconds { get; init; }

    public bool Fallback { get; init; }

    public bool LimitOrders { get; init; }

    public bool PostOnly { get; init; }

    public bool Split { get; init; } = true;

    public byte Retries { get; init; }

    public long RetryDelayNanos { get; init; } = 100_000_000;

    public decimal? VenueShare { get; init; }

    public long TimeoutNanos { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[ExecutionConfigurationEncoder.EncodedLength];
        var e = ExecutionConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = Strategy;
        e.Algorithm = Algorithm;
        e.Routing = Routing;
        e.DurationNanos = Seconds(DurationSeconds);
        e.Slices = Slices ?? ExecutionConfigurationDecoder.SlicesNullValue;
        e.VisibleFraction = Scaled.OrNull(Visible);
        e.RefreshNanos = Seconds(RefreshSeconds);
        e.Participation = Scaled.OrNull(Participation);
        e.LimitTimeoutNanos = Seconds(LimitTimeoutSeconds);
        e.FallbackToMarket = Fallback ? YesNo.Yes : YesNo.No;
        e.UseLimitOrders = LimitOrders ? YesNo.Yes : YesNo.No;
        e.PostOnly = PostOnly ? YesNo.Yes : YesNo.No;
        e.SplitOversized = Split ? YesNo.Yes : YesNo.No;
        e.RetryAttempts = Retries;
        e.RetryDelayNanos = RetryDelayNanos;
        e.ExecutionTimeoutNanos = TimeoutNanos;
        e.MaximumVenueShare = Scaled.OrNull(VenueShare);
        return bytes;
    }

    private static long Seconds(long? seconds) => seconds is { } given ? given * EngineHarness.SecondNanos : long.MinValue;
}
