using System.Buffers;
using System.Runtime.InteropServices;
using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Checking;

/// <summary>
/// The follower asks the engine's stage for the live engine's whole state, once, after a difference: the stage captures it between two inputs. Where the
/// stage has ended, nobody changes the engine any more, and the follower captures it itself.
/// </summary>
internal sealed class StateExchange
{
    private readonly ArrayBufferWriter<byte> _state = new();
    private Marks _marks;
    private BusinessLogicProcessor? _ended;
    private long _sequence;

    /// <summary>Follower: asks.</summary>
    public void Ask() => Volatile.Write(ref _marks.Asked, 1);

    /// <summary>Engine, between two inputs: captures the state if it is asked for. The pause is as long as the tables.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryAnswer(BusinessLogicProcessor engine)
    {
        if (Volatile.Read(ref _marks.Asked) == 0 || _marks.Answered != 0)
        {
            return false;
        }

        Capture(engine);

        // Release: whoever sees the mark sees the state.
        Volatile.Write(ref _marks.Answered, 1);
        return true;
    }

    /// <summary>Engine: its stage has ended, however it ended; the engine changes no more.</summary>
    public void HandOver(BusinessLogicProcessor engine) => Volatile.Write(ref _ended, engine);

    /// <summary>Follower: takes the state and the sequence after which it was captured, once it is there.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> state, out long sequence)
    {
        // Read before the mark: a stage that answered and ended has answered.
        BusinessLogicProcessor? ended = Volatile.Read(ref _ended);
        bool isThere = Volatile.Read(ref _marks.Answered) != 0;
        if (!isThere && ended is not null)
        {
            Capture(ended);
            _marks.Answered = 1;
            isThere = true;
        }

        state = isThere ? _state.WrittenMemory : default;
        sequence = isThere ? _sequence : 0;
        return isThere;
    }

    private void Capture(BusinessLogicProcessor engine)
    {
        engine.Capture(_state);
        _sequence = engine.State.Sequence;
    }

    // Each mark is alone on its lines: the engine's stage reads the first in every duty cycle.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Marks
    {
        [FieldOffset(128)] public int Asked;
        [FieldOffset(256)] public int Answered;
    }
}
