using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Backtest;

namespace OrderPlatform.Runtime.Replay;

/// <summary>Tells a recorder of reports what a replay or a backtest does.</summary>
internal sealed class ReplayRecording(RunRecorder recorder) : IReplayObserver, ILoopObserver
{
    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
    }

    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        OnInput(engine, message);
        return true;
    }

    public void OnInput(BusinessLogicProcessor engine, ReadOnlySpan<byte> message)
    {
        recorder.OnInput(engine.State.Sequence, engine.State.NowNanos, message);
        OutputBatch outputs = engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            recorder.OnOutput(outputs[i]);
        }

        recorder.OnInputDone();
    }
}
