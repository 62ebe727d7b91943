using System.Diagnostics;

namespace OrderPlatform.Disruptor;

/// <summary>One producer: a claim is private arithmetic, a publication one release store.</summary>
internal sealed unsafe class SingleProducerSequencer(NativeBlock block, in RingLayout layout) : Sequencer(block, layout)
{
    private ThreadRule _producer = new("producer of a single-producer ring");

    protected override long LastClaimed => Volatile.Read(ref Counters->Claimed);

    public override ClaimResult TryClaim(int least, int most, out long first, out int count)
    {
        _producer.Assert();
        first = Sequence.InitialValue;
        count = 0;
        if (IsClosed)
            return ClaimResult.Closed;

        long claimed = Counters->Claimed;
        long free = Counters->CachedGate + Capacity - claimed;
        if (free < most)
        {
            free = RefreshGate() + Capacity - claimed;
            if (free < least)
            {
                Volatile.Write(ref Counters->RefusedClaims, Counters->RefusedClaims + 1);
                return ClaimResult.Full;
            }
        }

        int granted = (int)Math.Min(free, most);
        Volatile.Write(ref Counters->Claimed, claimed + granted);
        if (IsClosed && !IsCounted(claimed + granted))
        {
            Volatile.Write(ref Counters->Claimed, claimed);
            return ClaimResult.Closed;
        }

        first = claimed + 1;
        count = granted;
        return ClaimResult.Claimed;
    }

    public override void Publish(long first, long last)
    {
        AssertInOrder(first, last);
        Volatile.Write(ref Counters->Cursor, last);
    }

    public override void PublishVoid(long first, long last)
    {
        AssertInOrder(first, last);
        for (long sequence = first; sequence <= last; sequence++)
            Marks[Index(sequence)] = -Stamp(sequence);
        Volatile.Write(ref Counters->VoidLast, last);
        Volatile.Write(ref Counters->Cursor, last);
    }

    public override long HighestPublished(long from) => Cursor;

    [Conditional("DEBUG")]
    private void AssertInOrder(long first, long last)
    {
        if (first != Counters->Cursor + 1 || last < first || last > Counters->Claimed)
        {
            throw new InvalidOperationException(
                $"Published {first} to {last}, but {Counters->Cursor + 1} to {Counters->Claimed} are claimed: a single producer publishes in order.");
        }
    }
}
