using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Output;

/// <summary>Prints the outputs of a replay as they come, each on a line: the input's sequence and time, and the message.</summary>
internal sealed class OutputPrinter(TextWriter writer) : IReplayObserver
{
    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
    }

    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        Print(engine);
        return true;
    }

    /// <summary>Prints the outputs of the input that was processed last.</summary>
    public void Print(BusinessLogicProcessor engine)
    {
        OutputBatch outputs = engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            writer.Write($"{engine.State.Sequence} {TimeText.Iso(engine.State.NowNanos)} {MessagesSchema.Describe(outputs[i]).ReplaceLineEndings(" ")}\n");
        }
    }
}
