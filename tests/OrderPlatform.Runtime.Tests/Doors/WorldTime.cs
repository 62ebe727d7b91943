using OrderPlatform.Aeron.Tests;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>The clock of an <c>AeronWorld</c> as a time provider.</summary>
internal sealed class WorldTime(ManualClock clock) : TimeProvider
{
    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => clock.NanoTime;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(clock.EpochNanos / 100);
}
