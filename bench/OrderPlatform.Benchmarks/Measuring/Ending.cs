using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>
/// How a run of a given time ends: the producer asks after each chunk whether the time is over, and then says how many events there
/// are; consumers go on until they have them all. On lines of its own, since consumers look at it all the time.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 384)]
internal sealed class Ending(TimeSpan time)
{
    /// <summary>Events between two looks at the clock: the method that sends them is called often, so that it is compiled to the last tier.</summary>
    public const int Chunk = 10_000;

    private readonly Padding _before;
    private long _total = long.MaxValue;
    private readonly Padding _after;

    public long Total
    {
        get => Volatile.Read(ref _total);
        set => Volatile.Write(ref _total, value);
    }

    /// <summary>Calls <paramref name="send"/> with the first value of each chunk until the time is over.</summary>
    /// <returns>How many events were sent.</returns>
    public long Produce(Action<long> send)
    {
        long began = Stopwatch.GetTimestamp();
        long sent = 0;
        do
        {
            send(sent);
            sent += Chunk;
        }
        while (Stopwatch.GetElapsedTime(began) < time);
        return sent;
    }

    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private readonly struct Padding;
}
