using OrderPlatform.Disruptor.Stages;

namespace OrderPlatform.Disruptor.Tests.Stages;

/// <summary>Writes down what happens to a stage.</summary>
internal sealed class Steps : IStageHandler<Slot>
{
    public List<string> Log { get; } = [];

    /// <summary>The sequence at which it throws.</summary>
    public long FailsAt { get; init; } = -1;

    public void OnEvent(ref Slot data, long sequence, bool endOfBatch)
    {
        if (sequence == FailsAt)
            throw new InvalidOperationException("on purpose");
        Log.Add($"{sequence}{(endOfBatch ? "!" : "")}");
    }

    public void OnIdle(long sequence) => Log.Add($"idle {sequence}");

    public void OnShutdown(long sequence) => Log.Add($"end {sequence}");
}
