using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Checking;

/// <summary>The operator's halt that the self-check puts into the input ring like any input (law 2), so that the engine itself refuses new exposure from
/// then on.</summary>
internal sealed class HaltCommand
{
    /// <summary>In whose name the shard is halted.</summary>
    public const string OperatorName = "self-check";

    private readonly InputPublisher? _inputs;
    private readonly long _timeNanos;
    private readonly byte[] _message = new byte[InputSlot.PayloadLengthMax];
    private readonly int _length;

    /// <summary>A halt of the shard.</summary>
    /// <param name="inputs">The way into the ring, or null if there is none.</param>
    /// <param name="sequence">Where the engines differ.</param>
    /// <param name="timeNanos">The time of that input.</param>
    public HaltCommand(InputPublisher? inputs, long sequence, long timeNanos)
    {
        _inputs = inputs;
        _timeNanos = timeNanos;
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(_message);
        e.Action = OperatorAction.Halt;
        e.Scope = Scope.Shard;
        e.SetOperatorName(OperatorName);
        e.SetReason($"live engine and follower differ at sequence {sequence}");
        _length = e.EncodedLengthSoFar;
    }

    /// <summary>What became of it, for people; null while it waits for room in the ring.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Puts it in, if that was not done yet.</summary>
    /// <returns>Whether something was done.</returns>
    public bool TryPut()
    {
        if (Outcome is not null)
        {
            return false;
        }

        Outcome = Put();
        return Outcome is not null;
    }

    private string? Put()
    {
        try
        {
            return _inputs is null ? "no halt is journaled: there is no live pipeline"
                : _inputs.TryPublish(InputSource.SelfCheck, _timeNanos, _message.AsSpan(0, _length)) ? $"a halt of the shard by '{OperatorName}' is journaled"
                : null;
        }
        catch (OperationCanceledException)
        {
            return "no halt is journaled: the pipeline had ended";
        }
    }
}
