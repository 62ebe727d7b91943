using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>How far the numbers of a publisher on one of the door's streams have come, and what became of the last 1,024.</summary>
internal sealed class PublisherStream
{
    private const int MemoryLength = DoorProtocol.WindowMax;

    private readonly Outcome[] _memory = new Outcome[MemoryLength];

    /// <param name="originId">Of the publisher and the kind.</param>
    /// <param name="last">The last number in the journal and its sequence.</param>
    public PublisherStream(uint originId, (ulong Number, long Sequence) last)
    {
        OriginId = originId;
        Expected = last.Number + 1;
        LastEntered = LastSequenced = last.Number;
        LastSequence = last.Sequence;
        if (last.Number != 0)
        {
            At(last.Number) = new Outcome(last.Number, last.Sequence, DoorReason.None);
        }
    }

    public uint OriginId { get; }

    /// <summary>The session that sends it, while there is one.</summary>
    public DoorSession? Session { get; set; }

    /// <summary>The next number.</summary>
    public ulong Expected { get; private set; }

    /// <summary>The last one in the input ring.</summary>
    public ulong LastEntered { get; private set; }

    /// <summary>The last one in the journal.</summary>
    public ulong LastSequenced { get; private set; }

    /// <summary>The sequence that it got.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Whether all that entered the ring is in the journal, as durably as promised.</summary>
    public bool IsSettled(long durable) => LastEntered == LastSequenced && LastSequence <= durable;

    /// <summary>
    /// A hello: what was refused since the last input in the journal is open again, as it is after a restart, unless the publisher goes on behind it.
    /// </summary>
    public void Resume(ulong nextNumber)
    {
        for (int index = 0; index < MemoryLength; index++)
        {
            _memory[index] = _memory[index].Number > LastEntered ? default : _memory[index];
        }

        Expected = Math.Max(LastEntered + 1, nextNumber);
    }

    /// <summary>The expected number is in the ring.</summary>
    public void Enter()
    {
        At(Expected) = new Outcome(Expected, 0, DoorReason.None);
        LastEntered = Expected++;
    }

    /// <summary>The expected number was refused, and is used up.</summary>
    public void Refuse(DoorReason reason)
    {
        At(Expected) = new Outcome(Expected, 0, reason);
        Expected++;
    }

    /// <summary>A number has its sequence.</summary>
    public void Sequenced(ulong number, long sequence)
    {
        LastSequenced = number;
        LastSequence = sequence;
        if (At(number).Number == number)
        {
            At(number) = new Outcome(number, sequence, DoorReason.None);
        }
    }

    /// <summary>What became of a number, if it is remembered.</summary>
    public bool TryRecall(ulong number, out Outcome outcome)
    {
        outcome = At(number);
        return outcome.Number == number;
    }

    private ref Outcome At(ulong number) => ref _memory[number % MemoryLength];
}

/// <summary>What became of a number.</summary>
/// <param name="Number">The number.</param>
/// <param name="Sequence">In the journal; 0 where it has none yet.</param>
/// <param name="Reason">Why it was refused, or none.</param>
internal readonly record struct Outcome(ulong Number, long Sequence, DoorReason Reason);
