using System.Diagnostics;
using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>One producer: a claim is private arithmetic, a publication one release store.</summary>
internal sealed unsafe class SingleProducerSequencer<TMemory>(NativeBlock block, in RingLayout layout) : Sequencer<TMemory>(block, layout)
    where TMemory : struct, ISharedMemory
{
    private ThreadRule _producer = new("producer of a single-producer ring");

    protected override long LastClaimed => TMemory.ReadAcquire(&Counters->Claimed);

    /// <summary>The path of nearly every claim: two own counters and the flag that nobody writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult TryClaimOne(out long sequence)
    {
        _producer.Assert();
        ProducerCounters* counters = Counters;
        long claimed = TMemory.Read(&counters->Claimed);
        if (claimed >= TMemory.Read(&counters->Limit))
            return TryClaim(1, 1, out sequence, out _);

        // Claim first, then the flag: see Close.
        TMemory.WriteRelease(&counters->Claimed, claimed + 1);
        if (TMemory.ReadAcquire(&counters->Closed) != 0)
            return MeetClosing(claimed, 1, out sequence, out _);
        sequence = claimed + 1;
        return ClaimResult.Claimed;
    }

    public override ClaimResult TryClaim(int least, int most, out long first, out int count)
    {
        _producer.Assert();
        first = Sequence.InitialValue;
        count = 0;
        long claimed = TMemory.Read(&Counters->Claimed);
        long free = TMemory.Read(&Counters->Limit) - claimed;
        if (free < most)
        {
            long limit = ReadLimit(claimed);
            TMemory.Write(&Counters->Limit, limit);
            free = limit - claimed;
            if (free < least)
                return Refuse();
        }

        int granted = (int)Math.Min(free, most);
        TMemory.WriteRelease(&Counters->Claimed, claimed + granted);
        if (IsClosed)
            return MeetClosing(claimed, granted, out first, out count);
        first = claimed + 1;
        count = granted;
        return ClaimResult.Claimed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PublishOne(long sequence)
    {
        AssertInOrder(sequence, sequence);
        TMemory.WriteRelease(&Counters->Cursor, sequence);
        if (HasSleepers)
            SignalPublished();
    }

    public override void Publish(long first, long last)
    {
        AssertInOrder(first, last);
        TMemory.WriteRelease(&Counters->Cursor, last);
        if (HasSleepers)
            SignalPublished();
    }

    public override void PublishVoid(long first, long last)
    {
        AssertInOrder(first, last);
        for (long sequence = first; sequence <= last; sequence++)
            TMemory.Write(&Marks[Index(sequence)], -Stamp(sequence));

        // Before the cursor: a consumer that sees the slots must not miss that there is a void.
        TMemory.WriteRelease(&Counters->VoidLast, last);
        TMemory.WriteRelease(&Counters->Cursor, last);
        if (HasSleepers)
            SignalPublished();
    }

    public override long HighestPublished(long from) => Cursor;

    // The closing read the claims after it set the flag: what it counted is granted, since consumers will wait for it; the rest never was.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult MeetClosing(long claimed, int granted, out long first, out int count)
    {
        TMemory.WaitWhile(&Counters->Final, long.MaxValue);
        if (claimed + granted <= FinalSequence)
        {
            first = claimed + 1;
            count = granted;
            return ClaimResult.Claimed;
        }

        TMemory.WriteRelease(&Counters->Claimed, claimed);
        first = Sequence.InitialValue;
        count = 0;
        return ClaimResult.Closed;
    }

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
