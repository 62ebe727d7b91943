namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>A run that was checked: how many events went through in which time, and how many a look of the last consumer found on average.</summary>
internal readonly record struct RunResult(long Events, double Seconds, double AverageBatch)
{
    public double MillionsPerSecond => Events / Seconds / 1e6;

    public double NanosPerEvent => Seconds * 1e9 / Events;
}

/// <summary>One of those that are compared. Its run publishes for a time, receives all, and throws if anything was lost, doubled or out of order.</summary>
internal sealed record Contestant(string Name, Func<TimeSpan, RunResult> Run);
