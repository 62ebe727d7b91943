using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>
/// Any number of producers: a claim moves the shared cursor by compare-and-swap, a publication stamps each slot's mark with its lap.
/// Slots are published out of order; consumers stop at the first mark that is of another lap, and never touch the cursor's line.
/// </summary>
internal sealed unsafe class MultiProducerSequencer<TMemory>(NativeBlock block, in RingLayout layout) : Sequencer<TMemory>(block, layout)
    where TMemory : struct, ISharedMemory
{
    protected override long LastClaimed => Cursor;

    public override ClaimResult TryClaim(int least, int most, out long first, out int count)
    {
        first = Sequence.InitialValue;
        count = 0;
        while (!IsClosed)
        {
            long claimed = Cursor;
            long free = TMemory.ReadAcquire(&Counters->Limit) - claimed;
            if (free < most)
            {
                // Another producer's older limit may overwrite this one: it is lower, so it only sends somebody here once more.
                long limit = ReadLimit(claimed);
                TMemory.WriteRelease(&Counters->Limit, limit);
                free = limit - claimed;
                if (free < least)
                    return Refuse();
            }

            int granted = (int)Math.Min(free, most);
            if (TMemory.CompareExchange(&Counters->Cursor, claimed + granted, claimed) != claimed)
                continue;
            if (IsClosed)
            {
                // Counted by the closing or not: as a void it keeps nobody waiting.
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
            TMemory.WriteRelease(&Marks[Index(sequence)], Stamp(sequence));
        if (HasSleepers)
            SignalPublished();
    }

    public override void PublishVoid(long first, long last)
    {
        // Before the marks: a consumer that sees the mark must not miss that there is a void.
        long seen = VoidLast;
        while (seen < last)
        {
            long before = TMemory.CompareExchange(&Counters->VoidLast, last, seen);
            if (before == seen)
                break;
            seen = before;
        }

        for (long sequence = first; sequence <= last; sequence++)
            TMemory.WriteRelease(&Marks[Index(sequence)], -Stamp(sequence));
        if (HasSleepers)
            SignalPublished();
    }

    public override long HighestPublished(long from)
    {
        // A mark is of this lap or of an earlier one: a lap cannot begin before the consumers have passed the last.
        long end = from + Capacity;
        long sequence = from;
        while (sequence < end && Math.Abs(TMemory.ReadAcquire(&Marks[Index(sequence)])) == Stamp(sequence))
            sequence++;
        return sequence - 1;
    }
}
