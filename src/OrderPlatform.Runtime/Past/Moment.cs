using OrderPlatform.Engine.Outputs;
using OrderPlatform.Runtime.Past.Views;

namespace OrderPlatform.Runtime.Past;

/// <summary>A place in a journal as it can be looked at: the input, what it led to, and the state after it.</summary>
/// <param name="State">The state.</param>
/// <param name="Input">The input's SBE message with its header; empty before the first.</param>
/// <param name="Outputs">The outputs' messages, in order.</param>
public sealed record Moment(StateView State, ReadOnlyMemory<byte> Input, IReadOnlyList<ReadOnlyMemory<byte>> Outputs)
{
    /// <summary>Where an engine stands.</summary>
    public static Moment Of(PastEngine past)
    {
        ArgumentNullException.ThrowIfNull(past);
        OutputBatch batch = past.Engine.Outputs;
        var outputs = new ReadOnlyMemory<byte>[past.Input.IsEmpty ? 0 : batch.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = batch[i].ToArray();
        }

        return new Moment(StateView.Of(past.Engine), past.Input.ToArray(), outputs);
    }
}
