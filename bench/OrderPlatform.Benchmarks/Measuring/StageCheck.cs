using OrderPlatform.Disruptor.Stages;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>What a stage found, left behind when it ends.</summary>
internal sealed class StageResult
{
    public Checksum Checksum { get; set; }

    public long Batches { get; set; }
}

/// <summary>A stage of a ring that checks the numbers.</summary>
internal struct StageCheck<TSlot>(StageResult result) : IStageHandler<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    private Checksum _checksum;
    private long _batches;

    public void OnEvent(ref TSlot data, long sequence, bool endOfBatch)
    {
        _checksum.Add(data.Value, sequence);
        if (endOfBatch)
            _batches++;
    }

    public readonly void OnIdle(long sequence)
    {
    }

    public readonly void OnShutdown(long sequence)
    {
        result.Checksum = _checksum;
        result.Batches = _batches;
    }
}
