using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>One producer: a claim is private arithmetic, a publication one release store.</summary>
internal sealed unsafe class SingleProducerSequencer<TMemory>(NativeBlock block, in RingLayout layout) : Sequencer<TMemory>(block, layout)
    where TMemory : struct, ISharedMemory
{
    private ThreadRule _producer = new("producer of a single-producer ring");

    /// <summary>The sequence after the last, for a publication without a claim; a claim must not be out.</summary>
    public long NextToPublish
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            _producer.Assert();
            long published = TMemory.Read(&Counters->Cursor);
            if (TMemory.Read(&Counters->Claimed) > published)
                ThrowClaimIsOut();
            return published + 1;
        }
    }

    public long Limit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TMemory.Read(&Counters->Limit);
    }

    // A publication without a claim moves the cursor only.
    protected override long LastClaimed => Math.Max(TMemory.ReadAcquire(&Counters->Claimed), TMemory.ReadAcquire(&Counters->Cursor));

    private long Claimed => Math.Max(TMemory.Read(&Counters->Claimed), TMemory.Read(&Counters->Cursor));

    /// <summary>The path of nearly every claim: own counters and the flag that nobody writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult TryClaimOne(out long sequence)
    {
        _producer.Assert();
        long claimed = Claimed;
        if (claimed < Limit)
        {
            // Claim first, then the flag: see Close.
            TMemory.WriteRelease(&Counters->Claimed, claimed + 1);
            if (!IsClosed)
            {
                sequence = claimed + 1;
                return ClaimResult.Claimed;
            }
        }

        // A local of its own, so that the caller's stays in a register.
        ClaimResult result = TryClaimAgain(claimed, out long first);
        sequence = first;
        return result;
    }

    /// <summary>For a publisher that keeps its place itself.</summary>
    [Conditional("DEBUG")]
    public void AssertNext(long next)
    {
        if (NextToPublish != next)
            throw new InvalidOperationException($"The publisher is at {next}, but the ring is at {NextToPublish}: publish through one of them at a time.");
    }

    /// <summary>Looks at the consumers for room for one more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryExtend(long next)
    {
        long limit = ReadLimit(next - 1);
        TMemory.Write(&Counters->Limit, limit);
        return next <= limit;
    }

    public override ClaimResult TryClaim(int least, int most, out long first, out int count)
    {
        _producer.Assert();
        first = Sequence.InitialValue;
        count = 0;
        long claimed = Claimed;
        long free = Limit - claimed;
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

    /// <summary>
    /// Publishes without having claimed: one store instead of two. Store first, then the flag: if the closing has not counted it, it is
    /// taken back, and no consumer has seen it, since they read no further than the closing counted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimResult PublishUnclaimed(long sequence)
    {
        TMemory.WriteRelease(&Counters->Cursor, sequence);
        if (IsClosed)
            return MeetClosing(sequence);
        if (HasSleepers)
            SignalPublished();
        return ClaimResult.Claimed;
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

    public override long HighestPublished(long from)
    {
        long cursor = Cursor;
        if (!IsClosed)
            return cursor;

        // A publication that the closing did not count may be on the cursor for a moment. Whoever has seen it also sees the flag, which
        // the closing's fence made visible before the count.
        TMemory.WaitWhile(&Counters->Final, long.MaxValue);
        return Math.Min(cursor, FinalSequence);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult TryClaimAgain(long claimed, out long first) =>
        claimed < Limit ? MeetClosing(claimed, 1, out first, out _) : TryClaim(1, 1, out first, out _);

    // The closing read the claims after it set the flag: what it counted is granted, since consumers will wait for it; the rest never was.
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimResult MeetClosing(long published)
    {
        TMemory.WaitWhile(&Counters->Final, long.MaxValue);
        SignalPublished();
        if (published <= FinalSequence)
            return ClaimResult.Claimed;
        TMemory.WriteRelease(&Counters->Cursor, published - 1);
        return ClaimResult.Closed;
    }

    [DoesNotReturn]
    private static void ThrowClaimIsOut() =>
        throw new InvalidOperationException("A claim is out: publish it, or give it up with PublishVoid, before publishing in one step.");

    [Conditional("DEBUG")]
    private void AssertInOrder(long first, long last)
    {
        long published = TMemory.Read(&Counters->Cursor);
        long claimed = TMemory.Read(&Counters->Claimed);
        if (first != published + 1 || last < first || last > claimed)
        {
            throw new InvalidOperationException(
                $"Published {first} to {last}, but {published + 1} to {claimed} are claimed: a single producer publishes in order.");
        }
    }
}
