using System.Text;
using OrderPlatform.Messages;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>What became of a submission. Only there during the call that it is given to.</summary>
public readonly ref struct Acknowledgement
{
    internal Acknowledgement(ulong number, DoorStatus status, DoorReason reason, long sequence, long receivedAtNanos, long sentTicks, ReadOnlySpan<byte> detail)
    {
        Number = number;
        Status = status;
        Reason = reason;
        Sequence = sequence;
        ReceivedAtNanos = receivedAtNanos;
        SentTicks = sentTicks;
        Detail = detail;
    }

    /// <summary>The publisher's number.</summary>
    public ulong Number { get; }

    /// <summary>Accepted; duplicate: it was accepted before, or, with a reason, refused before; or refused.</summary>
    public DoorStatus Status { get; }

    /// <summary>Why it was refused.</summary>
    public DoorReason Reason { get; }

    /// <summary>In the engine's journal; 0 where it has none, or it is not remembered.</summary>
    public long Sequence { get; }

    /// <summary>When the door received it, by the engine's clock.</summary>
    public long ReceivedAtNanos { get; }

    /// <summary>When it was given to the publisher, in ticks of its <see cref="TimeProvider"/>.</summary>
    public long SentTicks { get; }

    /// <summary>What is wrong and what to do, UTF-8.</summary>
    public ReadOnlySpan<byte> Detail { get; }

    /// <summary>The detail as text; allocates.</summary>
    public string Text => Encoding.UTF8.GetString(Detail);
}

/// <summary>Told of each acknowledgement, on the thread that steps the publisher.</summary>
public delegate void AcknowledgementHandler(in Acknowledgement acknowledgement);
