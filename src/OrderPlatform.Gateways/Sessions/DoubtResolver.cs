using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Sessions;

/// <summary>
/// The first thing after a start: the venue tells again what the journal lacks, and is asked for every order in doubt (law 4, T2). What it tells becomes
/// reports. The request that the process may have ended before sending is sent now if that is certain; where nothing is certain, a report says so, and the
/// engine decides. Steps without waiting.
/// </summary>
internal sealed class DoubtResolver
{
    private readonly IExecutionConnector _connector;
    private readonly GatewayJournal _journal;
    private readonly byte[] _buffer = new byte[IExecutionConnector.MessageLengthMax];
    private readonly HashSet<ulong> _told = [];
    private int _next;
    private Stage _stage = Stage.Listening;

    public DoubtResolver(IExecutionConnector connector, GatewayJournal journal)
    {
        _connector = connector;
        _journal = journal;
        connector.Recover(journal.RecoveredOrdinal);
    }

    private enum Stage
    {
        Listening,
        Asking,
        Answering,
        Sending,
    }

    /// <summary>Requests that were sent now because they had not been.</summary>
    public int SentNow { get; private set; }

    /// <summary>Orders whose outcome is left to the engine.</summary>
    public int LeftOpen { get; private set; }

    public bool IsDone => _stage == Stage.Asking && _next == _journal.RecoveredIntents.Count;

    private OpenIntent Current => _journal.RecoveredIntents[_next];

    /// <summary>One step.</summary>
    /// <returns>How much was done; 0 if the venue has to be waited for, or a sync.</returns>
    public int DoWork() => IsDone || _journal.Room == 0 ? 0 : _stage switch
    {
        Stage.Listening => Listen(),
        Stage.Asking => Ask(),
        Stage.Answering => Answer(),
        _ => Send(),
    };

    private int Listen()
    {
        int length = _connector.TryTake(_buffer, out VenueNews news);
        if (length == 0)
        {
            _stage = Stage.Asking;
            return 1;
        }

        Report(news, length);
        return 1;
    }

    private int Ask()
    {
        ReadOnlySpan<byte> request = Current.Message.Span;
        if (NewOrderDecoder.TryWrap(request, out NewOrderDecoder order))
        {
            if (_told.Contains(order.ClientOrderId))
            {
                return Advance();
            }

            var question = OrderStatusRequestEncoder.WrapForEncodeAndApplyHeader(_buffer);
            question.ClientOrderId = order.ClientOrderId;
            question.InstrumentId = order.InstrumentId;
            question.VenueId = order.VenueId;
            return Ask(_buffer.AsSpan(0, OrderStatusRequestEncoder.EncodedLength));
        }

        if (OrderStatusRequestDecoder.TryWrap(request, out _))
        {
            return Ask(request);
        }

        // A cancel or an amend that may have been sent is sent again: twice it does no more than once, never it would.
        _stage = Stage.Sending;
        return _connector.FateOf(request) == RequestFate.Sent ? Advance() : 1;
    }

    private int Ask(ReadOnlySpan<byte> question)
    {
        if (!_connector.TryAsk(question))
        {
            return 0;
        }

        _stage = Stage.Answering;
        return 1;
    }

    private int Answer()
    {
        int length = _connector.TryTake(_buffer, out VenueNews news);
        if (length == 0)
        {
            // The simulated venue answers at once or, in an outage of its own, not at all: it has told all that it will.
            return _connector.Kind == GatewayKind.Simulated ? Advance() : 0;
        }

        ReadOnlySpan<byte> request = Current.Message.Span;
        bool isOrder = NewOrderDecoder.TryWrap(request, out NewOrderDecoder order);
        bool isStatus = OrderStatusReportDecoder.TryWrap(_buffer.AsSpan(0, length), out OrderStatusReportDecoder status);
        if (!isStatus || !isOrder)
        {
            Report(news, length);
            return isStatus ? Advance() : 1;
        }

        return status.ClientOrderId != order.ClientOrderId ? 1 : Decide(order, status.State, news.TimeNanos);
    }

    private int Decide(in NewOrderDecoder order, VenueOrderState state, long timeNanos)
    {
        if (state != VenueOrderState.NotKnown)
        {
            return Advance();
        }

        RequestFate fate = Current.IsLast ? _connector.FateOf(Current.Message.Span) : RequestFate.Sent;
        if (fate == RequestFate.NotSent || (fate == RequestFate.Unknown && Current.IsLast))
        {
            _stage = Stage.Sending;
            return 1;
        }

        if (_connector.Kind == GatewayKind.Simulated)
        {
            // Lost on its way by a fault: the venue itself says so in its time.
            return Advance();
        }

        LeftOpen++;
        Report(new VenueNews(timeNanos, 0), EncodeUnknown(order, timeNanos));
        return Advance();
    }

    private int Send()
    {
        if (!_connector.TrySend(Current.Message.Span))
        {
            return 0;
        }

        SentNow++;
        return Advance();
    }

    private int Advance()
    {
        _next++;
        _stage = Stage.Asking;
        return 1;
    }

    private void Report(in VenueNews news, int length)
    {
        ReadOnlySpan<byte> message = _buffer.AsSpan(0, length);
        _journal.AppendResult(news, message);
        if (ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report))
        {
            _told.Add(report.ClientOrderId);
        }
    }

    private int EncodeUnknown(in NewOrderDecoder order, long timeNanos)
    {
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.ClientOrderId = order.ClientOrderId;
        e.InstrumentId = order.InstrumentId;
        e.VenueId = order.VenueId;
        e.Kind = ExecutionKind.Unknown;
        e.Side = order.Side;
        e.Liquidity = Liquidity.None;
        e.Reason = ReasonCode.OutcomeUnknown;
        e.VenueTimeNanos = timeNanos;
        return ExecutionReportEncoder.EncodedLength;
    }
}
