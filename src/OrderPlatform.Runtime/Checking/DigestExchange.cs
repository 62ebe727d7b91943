using System.Runtime.InteropServices;
using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Checking;

/// <summary>
/// The sequencing stage asks the engine's stage for its digests after a sequence. Each side writes only what is its own, on lines that the other one does not
/// write; neither waits: both look once in a duty cycle, so that it works on one thread and on two.
/// <code>
///  0      128      136     256        264     272      280     288      416
/// +------+--------+-------+----------+-------+--------+-------+--------+
/// |spare | asked  |spare  | answered | state | output | count | spare  |
/// +------+--------+-------+----------+-------+--------+-------+--------+
///          sequencing       engine
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 416)]
internal sealed class DigestExchange
{
    [FieldOffset(128)] private long _asked = -1;
    [FieldOffset(256)] private long _answered = -1;
    [FieldOffset(264)] private ulong _state;
    [FieldOffset(272)] private ulong _output;
    [FieldOffset(280)] private long _outputCount;

    /// <summary>Sequencing: asks. A sequence is asked for once, and nothing else until the answer is taken.</summary>
    public void Ask(long sequence) => Volatile.Write(ref _asked, sequence);

    /// <summary>Engine, between two inputs: answers if it stands at the sequence that is asked for.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryAnswer(BusinessLogicProcessor engine)
    {
        long asked = Volatile.Read(ref _asked);
        if (asked == _answered || asked != engine.State.Sequence)
        {
            return false;
        }

        EngineDigests digests = EngineDigests.Of(engine);
        _state = digests.State;
        _output = digests.Output;
        _outputCount = digests.OutputCount;

        // Release: whoever sees the number sees the digests, which nobody writes again before they were taken.
        Volatile.Write(ref _answered, asked);
        return true;
    }

    /// <summary>Sequencing: takes the answer to what was asked last, if it is there.</summary>
    public bool TryTake(out EngineDigests digests)
    {
        // Acquire, then the digests.
        bool isThere = Volatile.Read(ref _answered) == _asked;
        digests = isThere ? new EngineDigests(_asked, _state, _output, _outputCount) : default;
        return isThere;
    }
}
