using System.Diagnostics;

namespace OrderPlatform.Aeron.Agents;

/// <summary>The times that driver and client go by; tests bring their own.</summary>
public interface IClock
{
    /// <summary>Monotonic, in nanoseconds, from an arbitrary start.</summary>
    long NanoTime { get; }

    /// <summary>Milliseconds since the Unix epoch.</summary>
    long EpochMillis { get; }

    /// <summary>Nanoseconds since the Unix epoch, for timestamps in messages.</summary>
    long EpochNanos { get; }
}

/// <summary>The machine's clocks.</summary>
public sealed class SystemClock : IClock
{
    private static readonly double NanosPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>The only one needed.</summary>
    public static SystemClock Instance { get; } = new();

    /// <inheritdoc/>
    public long NanoTime => Stopwatch.Frequency == 1_000_000_000 ? Stopwatch.GetTimestamp() : (long)(Stopwatch.GetTimestamp() * NanosPerTick);

    /// <inheritdoc/>
    public long EpochMillis => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public long EpochNanos => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
}
