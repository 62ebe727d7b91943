using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Faults;

/// <summary>Where faults happen, seen from the transport that has them.</summary>
[Flags]
public enum FaultSides
{
    None = 0,

    /// <summary>To what it sends.</summary>
    Send = 1,

    /// <summary>To what it receives.</summary>
    Receive = 2,

    Both = Send | Receive,
}

/// <summary>Decides about one datagram.</summary>
public delegate bool DatagramPredicate(ReadOnlySpan<byte> datagram);

/// <summary>
/// Faults of a network, the same ones for the same seed. Rates are shares of all datagrams, from 0 to 1, decided one after the other: a dropped
/// one is nothing else; one that is late or out of order may be corrupt or double as well.
/// </summary>
public sealed record FaultProfile
{
    /// <summary>What the faults are drawn from.</summary>
    public required int Seed { get; init; }

    public FaultSides Sides { get; init; } = FaultSides.Send;

    /// <summary>Only these frames have faults (by the first frame of the datagram); null for all, also for what is no frame.</summary>
    public IReadOnlySet<FrameType>? FrameTypes { get; init; }

    /// <summary>Lost.</summary>
    public double DropRate { get; init; }

    /// <summary>Lost as well, by rule instead of chance; asked before the rates.</summary>
    public DatagramPredicate? DropIf { get; init; }

    /// <summary>Comes twice.</summary>
    public double DuplicateRate { get; init; }

    /// <summary>Comes after the next one, or after <see cref="DelayMaxNs"/> when there is no next.</summary>
    public double ReorderRate { get; init; }

    /// <summary>Comes later by <see cref="DelayMinNs"/> to <see cref="DelayMaxNs"/>.</summary>
    public double DelayRate { get; init; }

    public long DelayMinNs { get; init; } = 100_000;
    public long DelayMaxNs { get; init; } = 10_000_000;

    /// <summary>One to four of its bits are turned over.</summary>
    public double CorruptRate { get; init; }

    /// <summary>How many datagrams one transport holds back at most; those beyond are not held.</summary>
    public int HeldMax { get; init; } = 256;
}
