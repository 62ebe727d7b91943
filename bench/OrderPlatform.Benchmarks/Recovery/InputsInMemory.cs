using OrderPlatform.Engine;

namespace OrderPlatform.Benchmarks.Recovery;

/// <summary>Inputs one behind the other in one array: what the engine costs when nothing is read or verified.</summary>
internal sealed class InputsInMemory
{
    private readonly List<(long TimeNanos, int Start, int Length)> _inputs = [];
    private byte[] _bytes = new byte[1 << 20];
    private int _used;

    public int Count => _inputs.Count;

    public void Add(long timeNanos, ReadOnlySpan<byte> message)
    {
        if (_used + message.Length > _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        message.CopyTo(_bytes.AsSpan(_used));
        _inputs.Add((timeNanos, _used, message.Length));
        _used += message.Length;
    }

    /// <summary>Gives all of them to a fresh engine.</summary>
    /// <returns>The engine, at the end.</returns>
    public BusinessLogicProcessor Run()
    {
        var engine = new BusinessLogicProcessor();
        long sequence = 0;
        foreach ((long timeNanos, int start, int length) in _inputs)
            engine.Process(++sequence, timeNanos, _bytes.AsSpan(start, length));
        return engine;
    }
}
