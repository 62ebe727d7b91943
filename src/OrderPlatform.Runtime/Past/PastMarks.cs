using System.Buffers;
using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Past;

/// <summary>States of an engine that are kept in memory, so that a step back need not begin far away. The one that was not used for longest goes first.</summary>
internal sealed class PastMarks(int capacity)
{
    private readonly SortedList<long, byte[]> _states = [];
    private readonly LinkedList<long> _byUse = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);

    /// <summary>The last place at or before a sequence of which the state is kept, or -1.</summary>
    public long Floor(long sequence)
    {
        IList<long> places = _states.Keys;
        (int low, int high) = (0, places.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = places[middle] <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? -1 : places[low - 1];
    }

    /// <summary>Keeps the state of an engine.</summary>
    public void Keep(BusinessLogicProcessor engine)
    {
        if (_states.ContainsKey(engine.State.Sequence))
        {
            return;
        }

        if (_states.Count == capacity)
        {
            _states.Remove(_byUse.First!.Value);
            _byUse.RemoveFirst();
        }

        _buffer.ResetWrittenCount();
        engine.Capture(_buffer);
        _states.Add(engine.State.Sequence, _buffer.WrittenSpan.ToArray());
        _byUse.AddLast(engine.State.Sequence);
    }

    /// <summary>An engine with a state that is kept.</summary>
    public BusinessLogicProcessor Restore(long sequence)
    {
        _byUse.Remove(sequence);
        _byUse.AddLast(sequence);
        return BusinessLogicProcessor.Restore(_states[sequence]);
    }
}
