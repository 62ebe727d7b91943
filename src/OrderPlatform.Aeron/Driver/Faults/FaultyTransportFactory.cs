using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Faults;

/// <summary>Puts faults between a driver and its sockets. Transports opened in the same order have the same faults for the same seed.</summary>
/// <param name="inner">What opens the sockets.</param>
/// <param name="profile">Which faults.</param>
/// <param name="clock">By what delays are measured.</param>
public sealed class FaultyTransportFactory(IUdpTransportFactory inner, FaultProfile profile, IClock clock) : IUdpTransportFactory
{
    private int _opened;

    /// <summary>What the faults of all transports were.</summary>
    public FaultCounts Counts { get; } = new();

    /// <summary>False lets everything pass, without counting; what is held back still comes.</summary>
    public bool IsActive { get; set; } = true;

    /// <inheritdoc/>
    public IUdpTransport Open(UdpTransportParameters parameters)
    {
        // Each transport draws from its own numbers, or what one does would change the other's faults.
        int seed = HashCode(profile.Seed, Interlocked.Increment(ref _opened));
        return new FaultyTransport(inner.Open(parameters), profile, clock, seed, this);
    }

    private static int HashCode(int seed, int ordinal) => unchecked((int)((((uint)seed * 0x9E3779B1u) ^ (uint)ordinal) * 0x85EBCA6Bu));
}

/// <summary>How many datagrams had which fault.</summary>
public sealed class FaultCounts
{
    private long _dropped;
    private long _duplicated;
    private long _held;
    private long _corrupted;

    public long Dropped => Volatile.Read(ref _dropped);

    public long Duplicated => Volatile.Read(ref _duplicated);

    /// <summary>Late or out of order.</summary>
    public long Held => Volatile.Read(ref _held);

    public long Corrupted => Volatile.Read(ref _corrupted);

    internal void CountDropped() => Interlocked.Increment(ref _dropped);

    internal void CountDuplicated() => Interlocked.Increment(ref _duplicated);

    internal void CountHeld() => Interlocked.Increment(ref _held);

    internal void CountCorrupted() => Interlocked.Increment(ref _corrupted);
}
