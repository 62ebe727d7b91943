namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// The way back: one ordered stream, as a venue's session is. A report arrives its own latency after the venue's action, but never before the one
/// sent ahead of it.
/// </summary>
internal sealed class ReportChannel(int capacity, LatencySource latency)
{
    private readonly VenueReport[] _reports = new VenueReport[capacity];
    private int _first;
    private int _count;
    private long _lastTimeNanos;

    public bool IsEmpty => _count == 0;

    public long NextTimeNanos => _count == 0 ? long.MaxValue : _reports[_first].TimeNanos;

    /// <exception cref="InvalidOperationException">The channel is full.</exception>
    public void Send(in VenueReport report, long actionNanos)
    {
        if (_count == _reports.Length)
        {
            throw new InvalidOperationException(
                $"{_count} reports are waiting and {nameof(SimulatedVenueOptions.MaxReportsInFlight)} allows no more: " +
                $"call {nameof(SimulatedVenue.TryAdvance)} until it returns false before each market event, or raise the option");
        }

        _lastTimeNanos = Math.Max(_lastTimeNanos, actionNanos + latency.NextNanos());
        int index = _first + _count++;
        _reports[index < _reports.Length ? index : index - _reports.Length] = report with { TimeNanos = _lastTimeNanos };
    }

    public VenueReport Take()
    {
        VenueReport report = _reports[_first];
        _first = _first + 1 == _reports.Length ? 0 : _first + 1;
        _count--;
        return report;
    }
}
