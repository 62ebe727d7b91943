using FsCheck;
using FsCheck.Fluent;

namespace OrderPlatform.Disruptor.Tests;

/// <summary>A queue that anyone understands, beside the ring, through the same random operations.</summary>
public sealed class RingModelTests
{
    private const int Capacity = 8;

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property A_single_producer_ring_behaves_like_a_bounded_queue() => BehavesLikeAQueue(isSingle: true);

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property A_multi_producer_ring_behaves_like_a_bounded_queue() => BehavesLikeAQueue(isSingle: false);

    private static Property BehavesLikeAQueue(bool isSingle) =>
        Prop.ForAll(Gen.Choose(0, 99).ListOf(200).ToArbitrary(), operations =>
        {
            using RingBuffer<Slot> ring = RingSteps.Create(isSingle, Capacity);
            EventPoller<Slot> first = ring.NewPoller();
            EventPoller<Slot> second = ring.NewPoller(first.Sequence);
            // Void slots are null. Each stage has a queue of what it has not consumed; the ring holds what either has not.
            var waiting = new Queue<long?>();
            var between = new Queue<long?>();
            long next = 0;
            foreach (int operation in operations)
            {
                int number = 1 + (operation / 5 % 10);
                bool isRight = (operation % 5) switch
                {
                    0 or 1 => Produce(ring, waiting, between.Count, number, isVoid: false, ref next),
                    2 => Produce(ring, waiting, between.Count, number, isVoid: true, ref next),
                    3 => Consume(first, waiting, number, between),
                    _ => Consume(second, between, number, null),
                };
                if (!isRight || ring.Occupancy != waiting.Count + between.Count)
                    return false;
            }

            return true;
        });

    private static bool Produce(RingBuffer<Slot> ring, Queue<long?> waiting, int held, int number, bool isVoid, ref long next)
    {
        int free = Capacity - waiting.Count - held;
        ClaimResult due = number > Capacity ? ClaimResult.TooLarge : number > free ? ClaimResult.Full : ClaimResult.Claimed;
        ClaimResult result = ring.TryClaim(number, out long first);
        if (result != due || (result == ClaimResult.Claimed && first != next))
            return false;
        if (result != ClaimResult.Claimed)
            return true;
        for (long sequence = first; sequence < first + number; sequence++)
        {
            ring[sequence].Value = sequence * 7;
            waiting.Enqueue(isVoid ? null : sequence * 7);
        }

        if (isVoid)
            ring.PublishVoid(first, first + number - 1);
        else
            ring.Publish(first, first + number - 1);
        next += number;
        return true;
    }

    private static bool Consume(EventPoller<Slot> poller, Queue<long?> from, int limit, Queue<long?>? to)
    {
        List<long> due = [];
        for (int count = 0; count < limit && from.TryDequeue(out long? value); count++)
        {
            to?.Enqueue(value);
            if (value is long present)
                due.Add(present);
        }

        List<(long Sequence, long Value, bool EndOfBatch)> taken = [];
        var recorder = new Recorder(taken);
        // A poll may stop early at what it knew to be available, but not at nothing while there is something.
        for (int left = limit; left > 0;)
        {
            int consumed = poller.Poll(ref recorder, left);
            if (consumed == 0)
                break;
            left -= consumed;
        }

        return taken.Select(one => one.Value).SequenceEqual(due);
    }
}
