using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Sessions;

/// <summary>Sends the reports in their order, again where the engine lacks them, and the answers to advances that led to no report.</summary>
internal sealed class ReportSender(GatewayJournal journal, GatewayLink link, ISteppedVenue? venue, GatewayCounters counters)
{
    private const int ReportsPerCycle = 64;
    private const ulong None = 0;

    private readonly byte[] _buffer = new byte[IExecutionConnector.MessageLengthMax + 64];
    private ulong _next = 1;
    private ulong _again = None;
    private ulong _idle = None;

    /// <summary>Whether all that was made has been sent.</summary>
    public bool IsEmpty => _next > journal.LastReport && _again == None && _idle == None;

    /// <summary>Goes on behind a report that the engine has.</summary>
    public void Begin(ulong lastReport)
    {
        _next = lastReport + 1;
        _again = None;
        _idle = None;
    }

    /// <summary>A report is the answer to what the engine has just asked; one that it has in its journal already it will find there.</summary>
    public void SendAgain(ulong number) => _again = number < _next && number >= journal.Reports.First ? number : None;

    /// <summary>The answer to an advance is that there is none.</summary>
    public void SayIdle(ulong request) => _idle = request;

    /// <summary>Sends what can be sent now.</summary>
    /// <returns>How many messages.</returns>
    public int DoWork(ulong requestsHandled)
    {
        // What the engine has said meanwhile that it has need not be sent.
        _next = Math.Max(_next, journal.Reports.First);
        int count = 0;
        while (count < ReportsPerCycle && _next <= journal.LastReport && TrySend(_next, requestsHandled))
        {
            _next++;
            count++;
        }

        if (_next <= journal.LastReport)
        {
            return count;
        }

        if (_again != None && (_again < journal.Reports.First || TrySend(_again, requestsHandled)))
        {
            _again = None;
            count++;
        }

        if (_again == None && _idle != None && TrySendIdle())
        {
            _idle = None;
            count++;
        }

        return count;
    }

    private bool TrySend(ulong number, ulong requestsHandled)
    {
        ReadOnlySpan<byte> message = journal.Reports.Get(number, out long timeNanos, out long place);
        if (place > journal.DurablePlace)
        {
            return false;
        }

        var e = GatewayReportEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Number = number;
        e.RequestsHandled = requestsHandled;
        e.VenueTimeNanos = timeNanos;
        if (venue is { NextEventNanos: < long.MaxValue and long nextNanos })
        {
            e.NextEventNanos = nextNanos;
        }

        e.SetMessage(message);
        bool isSent = link.TrySend(_buffer.AsSpan(0, e.EncodedLengthSoFar));
        counters.ReportsSent += isSent ? 1 : 0;
        return isSent;
    }

    private bool TrySendIdle()
    {
        var e = VenueIdleEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Request = _idle;
        if (venue is { NextEventNanos: < long.MaxValue and long nextNanos })
        {
            e.NextEventNanos = nextNanos;
        }

        return link.TrySend(_buffer.AsSpan(0, VenueIdleEncoder.EncodedLength));
    }
}
