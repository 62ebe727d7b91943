using OrderPlatform.Disruptor.Memory;
using OrderPlatform.Disruptor.Sequencing;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>The consumers' programs. What one has consumed it remembers as a text: a value and a blank for each event.</summary>
internal static unsafe class Consumers
{
    /// <summary>What a slot holds that was given up.</summary>
    public const long Garbage = -77;

    private const int Polling = 0;
    private const int LookingAgain = 1;
    private const int Sleeping = 2;

    /// <summary>Polls until all of a known number has passed.</summary>
    public static ModelThread UpTo<TMemory>(ModelRing<TMemory> ring, int consumer, int count, int limit = int.MaxValue, params int[] after)
        where TMemory : struct, ISharedMemory => new(
        $"consumer {consumer}",
        local =>
        {
            local = Poll(ring, consumer, local, limit, after, out int consumed);
            if (local.Number == count)
                return local.Finish();
            if (consumed == 0)
                AwaitNews(ring, local.Number, after);
            return local;
        });

    /// <summary>Polls until the ring is closed and drained.</summary>
    public static ModelThread UntilDrained<TMemory>(ModelRing<TMemory> ring, int consumer, int limit = int.MaxValue, params int[] after)
        where TMemory : struct, ISharedMemory => new(
        $"consumer {consumer}",
        local =>
        {
            local = Poll(ring, consumer, local, limit, after, out int consumed);
            if (consumed != 0)
                return local;
            // As EventPoller.IsDrained. Either the final sequence is known here, or its coming is waited for too.
            long final = ring.Sequencer.FinalSequence;
            if (local.Number - 1 >= final)
                return Drained(ring, consumer, local, final);
            if (final == long.MaxValue)
                AwaitNewsOrEnd(ring, local.Number, after);
            else
                AwaitNews(ring, local.Number, after);
            return local;
        });

    /// <summary>Polls until the ring is drained, and sleeps as BlockingWaitStrategy does while there is nothing.</summary>
    public static ModelThread Asleep<TMemory>(ModelRing<TMemory> ring, int consumer, Sleeper<TMemory> sleeper)
        where TMemory : struct, ISharedMemory => AsleepUpTo(ring, consumer, sleeper, count: -1);

    /// <summary>The same, but until a known number has passed.</summary>
    public static ModelThread AsleepUpTo<TMemory>(ModelRing<TMemory> ring, int consumer, Sleeper<TMemory> sleeper, int count)
        where TMemory : struct, ISharedMemory => new(
        $"consumer {consumer}",
        local =>
        {
            if (local.Phase == Sleeping)
            {
                sleeper.Sleep();
                return local with { Phase = Polling };
            }

            bool isRaised = local.Phase == LookingAgain;
            long final = count < 0 ? ring.Sequencer.FinalSequence : count - 1;
            if (local.Number - 1 >= final)
                return Drained(ring, consumer, local, final);
            local = Poll(ring, consumer, local, int.MaxValue, [], out int consumed);
            if (consumed == 0 && isRaised)
                return local with { Phase = Sleeping };
            if (consumed == 0)
                sleeper.Raise();
            else if (isRaised)
                sleeper.Lower();
            return local with { Phase = consumed == 0 ? LookingAgain : Polling };
        });

    private static Local Drained<TMemory>(ModelRing<TMemory> ring, int consumer, Local local, long final)
        where TMemory : struct, ISharedMemory
    {
        // Of many producers a claim that the closing did not count becomes a void behind the end, which consumers may pass.
        Violation.Unless(
            local.Number - 1 == final || ring.Single is null, $"the consumer has passed {local.Number - 1}, but the ring ends at {final}");
        Violation.Unless(ring.Cursor(consumer).Done == local.Number - 1, "the consumer's counter is not where the consumer is");
        return local.Finish();
    }

    // As EventPoller.Poll composes it; number is the next sequence.
    private static Local Poll<TMemory>(ModelRing<TMemory> ring, int consumer, Local local, int limit, int[] after, out int consumed)
        where TMemory : struct, ISharedMemory
    {
        ConsumerCursor<TMemory> cursor = ring.Cursor(consumer);
        consumed = 0;
        if (!cursor.TryBegin(Math.Min(limit, ring.Capacity), out long first, out long last))
            return local;
        Violation.Unless(first == local.Number, $"the consumer begins at {first}, but has passed {local.Number - 1}");
        Violation.Unless(last < first + ring.Capacity, $"the consumer is given {first} to {last}, more than the ring holds");
        bool hasVoids = ring.Sequencer.VoidLast >= first;
        for (long sequence = first; sequence <= last; sequence++)
        {
            if (!hasVoids || !ring.Sequencer.IsVoid(sequence))
                local = local.See($"{Handle(ring, consumer, sequence, after)} ");
        }

        cursor.Release(last);
        consumed = (int)(last - first) + 1;
        return local with { Number = last + 1 };
    }

    // A stage leaves the sequence in its word of the slot; those behind it check that it is there.
    private static long Handle<TMemory>(ModelRing<TMemory> ring, int consumer, long sequence, int[] after)
        where TMemory : struct, ISharedMemory
    {
        long value = TMemory.Read(ring.Slot(sequence));
        Violation.Unless(value != Garbage, $"slot {sequence} was given up, but the consumer sees it");
        foreach (int stage in after)
        {
            long left = TMemory.Read(ring.Slot(sequence, stage + 1));
            Violation.Unless(left == sequence, $"stage {stage} has left {left} in slot {sequence}");
        }

        if (ring.Consumers > 1)
            TMemory.Write(ring.Slot(sequence, consumer + 1), sequence);
        return value;
    }

    private static void AwaitNews<TMemory>(ModelRing<TMemory> ring, long next, int[] after)
        where TMemory : struct, ISharedMemory
    {
        foreach (int stage in after)
            ModelMemory.Await(&ring.CountersOf(stage)->Sequence, next - 1);
        if (after.Length == 0)
            ModelMemory.Await(ring.Watched(next), ModelMemory.LastLoaded(ring.Watched(next)));
    }

    private static void AwaitNewsOrEnd<TMemory>(ModelRing<TMemory> ring, long next, int[] after)
        where TMemory : struct, ISharedMemory
    {
        if (after.Length == 0)
            ModelMemory.AwaitEither(ring.Watched(next), ModelMemory.LastLoaded(ring.Watched(next)), &ring.Counters->Final, long.MaxValue);
        else
            ModelMemory.AwaitEither(&ring.CountersOf(after[0])->Sequence, next - 1, &ring.Counters->Final, long.MaxValue);
    }
}
