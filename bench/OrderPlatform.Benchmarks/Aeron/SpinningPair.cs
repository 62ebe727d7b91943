using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Aeron;

/// <summary>A thread that answers each number in one line of memory with the same number in another.</summary>
internal sealed unsafe class SpinningPair : IDisposable
{
    private const int LineLongs = 16;

    private readonly long* _memory = (long*)NativeMemory.AlignedAlloc(4 * LineLongs * sizeof(long), 128);
    private readonly Thread _answering;
    private long _number;

    public SpinningPair()
    {
        NativeMemory.Clear(_memory, 4 * LineLongs * sizeof(long));
        _answering = new Thread(Answer) { IsBackground = true, Name = "answering" };
        _answering.Start();
    }

    public void Trip()
    {
        Volatile.Write(ref *_memory, ++_number);
        while (Volatile.Read(ref _memory[2 * LineLongs]) != _number)
        {
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref *_memory, long.MinValue);
        _answering.Join();
        NativeMemory.AlignedFree(_memory);
    }

    private void Answer()
    {
        long last = 0;
        while (last != long.MinValue)
        {
            long asked = Volatile.Read(ref *_memory);
            if (asked == last)
                continue;
            last = asked;
            Volatile.Write(ref _memory[2 * LineLongs], asked);
        }
    }
}
