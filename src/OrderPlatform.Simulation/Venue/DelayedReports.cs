namespace OrderPlatform.Simulation.Venue;

/// <summary>Reports that come beside the ordered stream, by time and, at equal times, in the order in which they were added. Bounded.</summary>
internal sealed class DelayedReports(int capacity)
{
    private readonly PriorityQueue<VenueReport, (long TimeNanos, ulong Sequence)> _queue = new(Math.Min(capacity, 1024));
    private ulong _nextSequence;

    public int Count => _queue.Count;

    public long NextTimeNanos => _queue.TryPeek(out _, out (long TimeNanos, ulong Sequence) first) ? first.TimeNanos : long.MaxValue;

    public void Add(in VenueReport report) => _queue.Enqueue(report, (report.TimeNanos, _nextSequence++));

    public VenueReport Take() => _queue.Dequeue();
}
