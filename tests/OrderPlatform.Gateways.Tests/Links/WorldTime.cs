using OrderPlatform.Aeron.Tests;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>The world's clock as the time of a session.</summary>
internal sealed class WorldTime(ManualClock clock) : TimeProvider
{
    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => clock.NanoTime;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(clock.EpochNanos / 100);
}
