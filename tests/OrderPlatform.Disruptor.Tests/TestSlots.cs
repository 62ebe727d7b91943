using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrderPlatform.Disruptor.Tests;

[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct Slot
{
    public long Value;
    public int Producer;

    /// <summary>What stages write for those behind them, one each.</summary>
    public StageMarks Marks;
}

[InlineArray(4)]
internal struct StageMarks
{
    private long _first;
}

[StructLayout(LayoutKind.Sequential, Size = 96)]
internal struct UnevenSlot
{
    public long Value;
}

internal struct Recorder(List<(long Sequence, long Value, bool EndOfBatch)> events) : IEventHandler<Slot>
{
    public readonly void OnEvent(ref Slot data, long sequence, bool endOfBatch) => events.Add((sequence, data.Value, endOfBatch));
}

internal struct Adder : IEventHandler<Slot>
{
    public long Sum;

    public void OnEvent(ref Slot data, long sequence, bool endOfBatch) => Sum += data.Value;
}

internal static class RingSteps
{
    public static RingBuffer<Slot> Create(bool isSingle, int capacity) =>
        isSingle ? RingBuffer<Slot>.CreateSingleProducer(capacity) : RingBuffer<Slot>.CreateMultiProducer(capacity);

    public static void Send(this RingBuffer<Slot> ring, long value)
    {
        Assert.That(ring.TryClaim(out long sequence), Is.EqualTo(ClaimResult.Claimed));
        ring[sequence].Value = value;
        ring.Publish(sequence);
    }

    public static List<(long Sequence, long Value, bool EndOfBatch)> Take(this EventPoller<Slot> poller, int limit = int.MaxValue)
    {
        List<(long, long, bool)> events = [];
        var recorder = new Recorder(events);
        poller.Poll(ref recorder, limit);
        return events;
    }
}
