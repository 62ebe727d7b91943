using System.Diagnostics;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>
/// How a run of a given time ends: the producer asks after each chunk whether the time is over, and then says how many events there
/// are; consumers that find nothing ask whether they have them all.
/// </summary>
internal sealed class Ending(TimeSpan time, int producers = 1)
{
    /// <summary>Events between two looks at the clock. The method that sends them is called often, so that it is compiled to the last tier.</summary>
    public const int Chunk = 10_000;

    private long _sent;
    private int _running = producers;
    private long _total = long.MaxValue;

    /// <summary>How many events all producers sent; <see cref="long.MaxValue"/> until the last of them has ended.</summary>
    public long Total => Volatile.Read(ref _total);

    /// <summary>Calls <paramref name="send"/> with the first value of each chunk until the time is over.</summary>
    public void Produce(Action<long> send)
    {
        long began = Stopwatch.GetTimestamp();
        long sent = 0;
        do
        {
            send(sent);
            sent += Chunk;
        }
        while (Stopwatch.GetElapsedTime(began) < time);
        long all = Interlocked.Add(ref _sent, sent);
        if (Interlocked.Decrement(ref _running) == 0)
            Volatile.Write(ref _total, all);
    }

    /// <summary>Calls <paramref name="take"/>, which says how many it took, until all is there.</summary>
    /// <param name="take">Takes what is there; 0 if nothing is.</param>
    /// <param name="streams">How often each event comes.</param>
    /// <returns>How many events a call that took any found on average.</returns>
    public double Consume(Func<int> take, int streams = 1)
    {
        long received = 0;
        long batches = 0;
        while (true)
        {
            int count = take();
            received += count;
            if (count > 0)
                batches++;
            else if (Total != long.MaxValue && received >= streams * Total)
                return (double)received / batches;
        }
    }
}
