using OrderPlatform.Disruptor.Memory;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>A way to publish.</summary>
internal enum Publishing
{
    /// <summary>Claim one, fill, publish.</summary>
    Split,

    /// <summary>The single producer's own claim of one, fill, publish.</summary>
    SplitOne,

    /// <summary>Fill, publish without a claim.</summary>
    OneStep,

    /// <summary>Claim as many as are free, fill, publish at once.</summary>
    Batch,
}

/// <summary>
/// The producers' programs. The number that one remembers is how many events it has sent; what it has sent it remembers as the consumers
/// do. The nth event of producer p is 10 p + n.
/// </summary>
internal static unsafe class Producers
{
    private const int Trying = 0;
    private const int TryingAgain = 1;
    private const int Sleeping = 2;

    /// <summary>Sends a number of events, waiting for room, and ends early if the ring is closed.</summary>
    /// <param name="ring">Where to.</param>
    /// <param name="producer">The producer's number, from 1.</param>
    /// <param name="count">How many.</param>
    /// <param name="publishing">How.</param>
    /// <param name="isVoid">Which of them to give up instead, by their number from 1.</param>
    /// <param name="batch">The most to claim at once.</param>
    /// <param name="least">The least to claim at once.</param>
    /// <param name="sleeper">The producer's alarm clock, if it sleeps while there is no room.</param>
    public static ModelThread Send<TMemory>(
        ModelRing<TMemory> ring, int producer, int count, Publishing publishing, Func<int, bool>? isVoid = null, int batch = 1, int least = 1,
        Sleeper<TMemory>? sleeper = null)
        where TMemory : struct, ISharedMemory => new(
        $"producer {producer}",
        local =>
        {
            if (local.Number == count)
                return local.Finish();
            if (local.Phase == Sleeping)
            {
                sleeper!.Sleep();
                return local with { Phase = Trying };
            }

            bool isRaised = local.Phase == TryingAgain;
            Local before = local;
            ClaimResult result = publishing == Publishing.OneStep
                ? SendInOneStep(ring, producer, ref local)
                : SendSplit(ring, producer, ref local, count, publishing, isVoid, batch, least);
            if (result == ClaimResult.Closed)
                return local.Finish();
            if (result == ClaimResult.Full)
                return before with { Phase = Wait(ring, sleeper, isRaised) };
            if (isRaised)
                sleeper!.Lower();
            return local with { Phase = Trying };
        });

    public static ModelThread Closer<TMemory>(ModelRing<TMemory> ring)
        where TMemory : struct, ISharedMemory => ModelThread.Once("closer", _ => ring.Close());

    // Without a clock: for a change of what the refusal was based on. With one as BlockingWaitStrategy, or the flag was raised already.
    private static int Wait<TMemory>(ModelRing<TMemory> ring, Sleeper<TMemory>? sleeper, bool isRaised)
        where TMemory : struct, ISharedMemory
    {
        if (isRaised)
            return Sleeping;
        if (sleeper is not null)
        {
            sleeper.Raise();
            return TryingAgain;
        }

        long* gate = &ring.CountersOf(ring.Consumers - 1)->Sequence;
        ModelMemory.AwaitEither(gate, ModelMemory.LastLoaded(gate), &ring.Counters->Closed, 0);
        return Trying;
    }

    private static ClaimResult SendSplit<TMemory>(
        ModelRing<TMemory> ring, int producer, ref Local local, int count, Publishing publishing, Func<int, bool>? isVoid, int batch, int least)
        where TMemory : struct, ISharedMemory
    {
        long first;
        int claimed = 1;
        int most = (int)Math.Min(batch, count - local.Number);
        ClaimResult result = publishing == Publishing.SplitOne
            ? ring.Single!.TryClaimOne(out first)
            : ring.Sequencer.TryClaim(Math.Min(least, most), most, out first, out claimed);
        if (result != ClaimResult.Claimed)
            return result;
        long number = local.Number + 1;
        bool givesUp = isVoid is not null && isVoid((int)number);
        for (long sequence = first; sequence < first + claimed; sequence++, number++)
        {
            TMemory.Write(ring.Slot(sequence), givesUp ? Consumers.Garbage : (10 * producer) + number);
            if (!givesUp)
                local = local.See($"{(10 * producer) + number} ");
        }

        if (givesUp)
            ring.Sequencer.PublishVoid(first, first + claimed - 1);
        else if (ring.Single is { } single && claimed == 1)
            single.PublishOne(first);
        else
            ring.Sequencer.Publish(first, first + claimed - 1);
        local = local with { Number = local.Number + claimed };
        return result;
    }

    // As RingBuffer.TryPublishEvent composes it.
    private static ClaimResult SendInOneStep<TMemory>(ModelRing<TMemory> ring, int producer, ref Local local)
        where TMemory : struct, ISharedMemory
    {
        long next = ring.Single!.NextToPublish;
        if (next > ring.Single.Limit && !ring.Single.TryExtend(next))
            return ring.Single.Refuse();
        long value = (10 * producer) + local.Number + 1;
        TMemory.Write(ring.Slot(next), value);
        ClaimResult result = ring.Single.PublishUnclaimed(next);
        if (result == ClaimResult.Claimed)
            local = local.See($"{value} ") with { Number = local.Number + 1 };
        return result;
    }
}
