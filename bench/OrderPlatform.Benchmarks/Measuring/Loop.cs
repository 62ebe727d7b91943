using System.Diagnostics;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>A piece of work on one thread as a contestant: called until the time is over.</summary>
internal static class Loop
{
    /// <summary>Makes the contestant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="operations">How many operations a call is; a call should take a microsecond or more, since the clock is read after each.</param>
    /// <param name="call">The work.</param>
    public static Contestant Of(string name, int operations, Action call) => new(name, time =>
    {
        long began = Stopwatch.GetTimestamp();
        long calls = 0;
        TimeSpan elapsed;
        do
        {
            call();
            calls++;
        }
        while ((elapsed = Stopwatch.GetElapsedTime(began)) < time);
        return new RunResult(calls * operations, elapsed.TotalSeconds, 1);
    });

    /// <summary>Timed by itself: once a round, with what has to be made ready before and put away after.</summary>
    public static Contestant Once(string name, int operations, Action before, Action call, Action after) => new(name, _ =>
    {
        before();
        long began = Stopwatch.GetTimestamp();
        call();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        after();
        return new RunResult(operations, seconds, 1);
    });
}
