using System.Diagnostics;
using OrderPlatform.Disruptor.Agents;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>One thread of a run.</summary>
/// <param name="Processor">The processor to tie it to; null for none.</param>
/// <param name="Work">What it does, once.</param>
internal readonly record struct Role(int? Processor, Action Work);

/// <summary>
/// Runs roles at the same time: all threads stand ready on their processors before the clock starts, and it stops when the last is done.
/// A role that throws ends the process, since the others would wait for it for ever.
/// </summary>
internal static class Crew
{
    /// <summary>Processors for a producer and a consumer; none where there are not two.</summary>
    public static int? First => Environment.ProcessorCount >= 2 ? 0 : null;

    public static int? Second => Environment.ProcessorCount >= 2 ? 1 : null;

    /// <returns>The seconds that the run took.</returns>
    public static double Run(params ReadOnlySpan<Role> roles)
    {
        var start = new ManualResetEventSlim();
        using var ready = new CountdownEvent(roles.Length);
        long[] ends = new long[roles.Length];
        var threads = new Thread[roles.Length];
        for (int index = 0; index < roles.Length; index++)
        {
            Role role = roles[index];
            int place = index;
            threads[index] = new Thread(() =>
            {
                if (role.Processor is int processor)
                    ThreadAffinity.TryPinCurrentThread(processor);
                ready.Signal();
                while (!start.IsSet)
                    Thread.Yield();
                role.Work();
                ends[place] = Stopwatch.GetTimestamp();
            })
            { IsBackground = true };
            threads[index].Start();
        }

        ready.Wait();
        long began = Stopwatch.GetTimestamp();
        start.Set();
        foreach (Thread thread in threads)
            thread.Join();
        return Stopwatch.GetElapsedTime(began, ends.Max()).TotalSeconds;
    }
}
