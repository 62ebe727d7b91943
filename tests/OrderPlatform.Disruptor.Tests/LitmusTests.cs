using System.Diagnostics;

namespace OrderPlatform.Disruptor.Tests;

/// <summary>
/// Small programs of two real threads, each for about a second: what the processor at hand and the compiler really do. The model in
/// Interleaving tries every order, but it believes what <see cref="Memory.HardwareMemory"/> promises; these look whether it is kept.
/// </summary>
/// <remarks>
/// On x64 loads stay in order and so do stores: message passing could only fail there by the compiler. On arm64 plain stores may
/// become visible in any order and plain loads be made early: with plain assignments in place of <see cref="Volatile"/>, the message
/// passing tests would fail there within the second. Store buffering fails on both without a full fence, since a load may overtake the
/// store before it.
/// </remarks>
public sealed class LitmusTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    private long _first;
    private long _second;

    [Test]
    public void What_was_written_before_a_counter_is_seen_by_whoever_sees_the_counter()
    {
        var counter = new Sequence();
        long[] values = new long[64];
        long stale = 0;
        Thread writer = Start(() =>
        {
            long began = Stopwatch.GetTimestamp();
            for (long next = 0; Stopwatch.GetElapsedTime(began) < Duration; next++)
            {
                // Values only grow: a reader that sees the counter sees at least what it stands for.
                values[next & 63] = next;
                counter.SetValue(next);
            }

            counter.SetValue(long.MaxValue);
        });
        for (long seen = counter.Value; seen != long.MaxValue; seen = counter.Value)
        {
            if (seen >= 0 && values[seen & 63] < seen)
                stale++;
        }

        writer.Join();
        Assert.That(stale, Is.Zero);
    }

    [Test]
    public void A_slot_is_never_read_before_it_is_filled_nor_filled_before_it_was_read([Values] bool isSingle)
    {
        using RingBuffer<Slot> ring = RingSteps.Create(isSingle, 2);
        EventPoller<Slot> poller = ring.NewPoller();
        Thread producer = Start(() =>
        {
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < Duration)
            {
                if (ring.TryClaim(out long sequence) != ClaimResult.Claimed)
                {
                    Thread.Yield();
                    continue;
                }

                ring[sequence].Value = sequence;
                ring.Publish(sequence);
            }

            ring.Close();
        });
        var check = default(IsOwnSequence);
        while (!poller.IsDrained)
        {
            if (poller.Poll(ref check, 1) == 0)
                Thread.Yield();
        }

        producer.Join();
        Assert.That(check.Faults, Is.Zero);
        Assert.That(check.Events, Is.EqualTo(ring.Cursor + 1));
    }

    [Test]
    public void Two_threads_that_store_and_then_look_do_not_both_miss_the_other_if_one_fences_for_both()
    {
        // As WakeFlag: one side pays for a process-wide fence, the other has none.
        int bothMissed = 0;
        int rounds = 0;
        long secondSaw = 0;
        using var barrier = new Barrier(2);
        bool isOver = false;
        Thread second = Start(() =>
        {
            while (true)
            {
                barrier.SignalAndWait();
                if (Volatile.Read(ref isOver))
                    return;
                Volatile.Write(ref _second, 1);
                secondSaw = Volatile.Read(ref _first);
                barrier.SignalAndWait();
            }
        });
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Duration)
        {
            _first = _second = 0;
            barrier.SignalAndWait();
            Volatile.Write(ref _first, 1);
            Interlocked.MemoryBarrierProcessWide();
            long firstSaw = Volatile.Read(ref _second);
            barrier.SignalAndWait();
            if (firstSaw == 0 && secondSaw == 0)
                bothMissed++;
            rounds++;
        }

        Volatile.Write(ref isOver, true);
        barrier.SignalAndWait();
        second.Join();
        Assert.That(rounds, Is.Positive);
        Assert.That(bothMissed, Is.Zero);
    }

    private static Thread Start(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private struct IsOwnSequence : IEventHandler<Slot>
    {
        public int Faults;
        public long Events;

        public void OnEvent(ref Slot data, long sequence, bool endOfBatch)
        {
            Events++;
            if (data.Value != sequence)
                Faults++;
        }
    }
}
