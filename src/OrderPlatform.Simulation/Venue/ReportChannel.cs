namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// The way back: one ordered stream, as a venue's session is. A report arrives its own latency after the venue's action, but never before the one
/// sent ahead of it. With faults the stream still has all that truly happened, in order, and says of each whether the sender is told; what comes late,
/// twice, or tells nothing, comes beside it.
/// </summary>
internal sealed class ReportChannel
{
    private readonly VenueReport[] _reports;
    private readonly LatencySource _latency;
    private readonly FaultSource? _faults;
    private readonly DelayedReports? _apart;
    private int _first;
    private int _count;
    private long _lastTimeNanos;

    public ReportChannel(int capacity, LatencySource latency, FaultSource? faults)
    {
        _reports = new VenueReport[capacity];
        _latency = latency;
        _faults = faults;
        _apart = faults is null ? null : new DelayedReports(capacity);
        if (faults is { Options: { HasOutage: true } options })
        {
            AddConnection(VenueReportKind.Disconnected, options.OutageFromNanos);
            AddConnection(VenueReportKind.Connected, options.OutageUntilNanos);
        }
    }

    public bool IsEmpty => _count == 0 && _apart is not { Count: > 0 };

    public long NextTimeNanos => Math.Min(NextInTurnNanos, _apart?.NextTimeNanos ?? long.MaxValue);

    private long NextInTurnNanos => _count == 0 ? long.MaxValue : _reports[_first].TimeNanos;

    /// <exception cref="InvalidOperationException">The channel is full.</exception>
    public void Send(in VenueReport report, long actionNanos)
    {
        RequireRoom();
        _lastTimeNanos = Math.Max(_lastTimeNanos, actionNanos + _latency.NextNanos());
        VenueReport stamped = report with { TimeNanos = _lastTimeNanos };
        if (_faults is not null)
        {
            stamped = stamped with { Delivery = Deliver(in stamped) };
        }

        int index = _first + _count++;
        _reports[index < _reports.Length ? index : index - _reports.Length] = stamped;
    }

    /// <summary>Tells the sender of a request that it knows nothing of it.</summary>
    /// <exception cref="InvalidOperationException">The channel is full.</exception>
    public void SendUnknown(in VenueReport report, long timeNanos)
    {
        RequireRoom();
        _apart!.Add(report with
        {
            Kind = VenueReportKind.Unknown,
            Reason = VenueRejectReason.NoAnswer,
            Delivery = ReportDelivery.Apart,
            TimeNanos = timeNanos,
        });
    }

    public VenueReport Take()
    {
        if (_apart is not null && _apart.NextTimeNanos < NextInTurnNanos)
        {
            return _apart.Take();
        }

        VenueReport report = _reports[_first];
        _first = _first + 1 == _reports.Length ? 0 : _first + 1;
        _count--;
        return report;
    }

    private void AddConnection(VenueReportKind kind, long timeNanos) =>
        _apart!.Add(new VenueReport { Kind = kind, TimeNanos = timeNanos, Delivery = ReportDelivery.Apart });

    private ReportDelivery Deliver(in VenueReport report)
    {
        VenueFaults options = _faults!.Options;
        if (report.Kind == VenueReportKind.Funding)
        {
            // Public news, not an answer to a sender.
            return ReportDelivery.InTurn;
        }

        if (report.Kind is VenueReportKind.Accepted or VenueReportKind.Rejected)
        {
            if (_faults.Happens(options.TimeoutAfterAcceptance))
            {
                var nothing = new VenueReport { ClientOrderId = report.ClientOrderId, InstrumentId = report.InstrumentId, Side = report.Side };
                SendUnknown(in nothing, _faults.GivesUpAt(report.TimeNanos));
                return ReportDelivery.Withheld;
            }

            if (_faults.Happens(options.LostAcknowledgement))
            {
                return ReportDelivery.Withheld;
            }
        }

        bool isMissing = report.Kind == VenueReportKind.Fill && _faults.Happens(options.MissingFill);
        if (isMissing || options.IsOut(report.TimeNanos))
        {
            return ReportDelivery.Withheld;
        }

        if (_faults.Happens(options.DuplicateReport))
        {
            AddLate(in report);
        }

        if (!_faults.Happens(options.LateReport))
        {
            return ReportDelivery.InTurn;
        }

        AddLate(in report);
        return ReportDelivery.Withheld;
    }

    private void AddLate(in VenueReport report)
    {
        long timeNanos = report.TimeNanos + _faults!.NextLateness();
        if (!_faults.Options.IsOut(timeNanos))
        {
            RequireRoom();
            _apart!.Add(report with { Delivery = ReportDelivery.Apart, TimeNanos = timeNanos });
        }
    }

    private void RequireRoom()
    {
        if (Math.Max(_count, _apart?.Count ?? 0) >= _reports.Length)
        {
            throw new InvalidOperationException(
                $"{_reports.Length} reports are waiting and {nameof(SimulatedVenueOptions.MaxReportsInFlight)} allows no more: " +
                $"call {nameof(SimulatedVenue.TryAdvance)} until it returns false before each market event, or raise the option");
        }
    }
}
