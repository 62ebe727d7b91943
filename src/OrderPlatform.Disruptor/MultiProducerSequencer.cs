namespace OrderPlatform.Disruptor;

/// <summary>
/// Any number of producers: a claim moves the shared cursor by compare-and-swap, a publication stamps each slot's mark with its lap.
/// Slots are published out of order; consumers stop at the first mark that is of another lap.
/// </summary>
internal sealed unsafe class MultiProducerSequencer(NativeBlock block, in RingLayout layout) : Sequencer(block, layout)
{
    protected override long LastClaimed => Cursor;

    public override ClaimResult TryClaim(int least, int most, out long first, out int count)
    {
        first = Sequence.InitialValue;
        count = 0;
        while (!IsClosed)
        {
            long claimed = Cursor;
            long free = Volatile.Read(ref Counters->CachedGate) + Capacity - claimed;
            if (free < most)
            {
                free = RefreshGate() + Capacity - claimed;
                if (free < least)
                {
                    Interlocked.Increment(ref Counters->RefusedClaims);
                    return ClaimResult.Full;
                }
            }

            int granted = (int)Math.Min(free, most);
            if (Interlocked.CompareExchange(ref Counters->Cursor, claimed + granted, claimed) != claimed)
                continue;
            if (IsClosed && !IsCounted(claimed + granted))
            {
                PublishVoid(claimed + 1, claimed + granted);
                return ClaimResult.Closed;
            }

            first = claimed + 1;
            count = granted;
            return ClaimResult.Claimed;
        }

        return ClaimResult.Closed;
    }

    public override void Publish(long first, long last)
    {
        for (long sequence = first; sequence <= last; sequence++)
            Volatile.Write(ref Marks[Index(sequence)], Stamp(sequence));
    }

    public override void PublishVoid(long first, long last)
    {
        // Before the marks: a consumer that sees the mark must not miss that there is a void.
        long seen = VoidLast;
        while (seen < last)
        {
            long before = Interlocked.CompareExchange(ref Counters->VoidLast, last, seen);
            if (before == seen)
                break;
            seen = before;
        }

        for (long sequence = first; sequence <= last; sequence++)
            Volatile.Write(ref Marks[Index(sequence)], -Stamp(sequence));
    }

    public override long HighestPublished(long from)
    {
        long cursor = Cursor;
        for (long sequence = from; sequence <= cursor; sequence++)
        {
            int mark = Volatile.Read(ref Marks[Index(sequence)]);
            if (Math.Abs(mark) != Stamp(sequence))
                return sequence - 1;
        }

        return Math.Max(cursor, from - 1);
    }
}
