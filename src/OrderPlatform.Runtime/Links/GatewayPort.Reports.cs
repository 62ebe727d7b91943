using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Sbe;

namespace OrderPlatform.Runtime.Links;

/// <content>What comes from the gateway: hello, reports, answers, signs of life.</content>
public sealed partial class GatewayPort
{
    private bool _hasHello;
    private bool _isHelloNew;
    private Hello _hello;
    private int _session;
    private ulong _journalId;
    private ulong _catchUpTo;
    private long _heardTicks;

    private readonly record struct Hello(
        int Session, ushort VenueId, ushort ProtocolVersion, GatewayKind Kind, ushort ShardId, ushort Epoch, ulong JournalId, ulong LastRequest, ulong LastReport,
        ulong MarketEvents);

    private ControlledFragmentHandlerAction OnMessage(ReadOnlySpan<byte> message, int session)
    {
        if (!MessageHeader.TryRead(message, out MessageHeader header))
        {
            Counters.Malformed++;
            return ControlledFragmentHandlerAction.Continue;
        }

        switch (header.TemplateId)
        {
            case GatewayHelloDecoder.TemplateId:
                OnHello(message, header, session);

                // It is answered before anything behind it: what comes then is newer than what it says.
                return ControlledFragmentHandlerAction.Break;
            case GatewayReportDecoder.TemplateId when IsOfSession(session) && GatewayReportDecoder.TryWrap(message, out GatewayReportDecoder report):
                return OnReport(report);
            case VenueIdleDecoder.TemplateId when IsOfSession(session) && VenueIdleDecoder.TryWrap(message, out VenueIdleDecoder idle):
                OnIdle(idle);
                return ControlledFragmentHandlerAction.Continue;
            case GatewayHeartbeatDecoder.TemplateId when IsOfSession(session) && GatewayHeartbeatDecoder.TryWrap(message, out GatewayHeartbeatDecoder heartbeat):
                OnDone(heartbeat.Epoch, heartbeat.Number);
                return ControlledFragmentHandlerAction.Continue;
            default:
                // Of a session that is over, or none of the link's: neither changes anything.
                Counters.Malformed += session == _session ? 1 : 0;
                return ControlledFragmentHandlerAction.Continue;
        }
    }

    private bool IsOfSession(int session)
    {
        bool isOf = _inputs is not null && State != PortState.Waiting && session == _session;
        _heardTicks = isOf ? _nowTicks : _heardTicks;
        return isOf;
    }

    private void OnHello(ReadOnlySpan<byte> message, in MessageHeader header, int session)
    {
        MessageProblem problem = MessageValidator.Validate(message);
        if (problem != MessageProblem.None || !GatewayHelloDecoder.TryWrap(message, out GatewayHelloDecoder hello))
        {
            Counters.Malformed++;
            Refuse(0, problem == MessageProblem.WrongSchema || header.Version > MessagesSchema.Version ? DoorReason.WrongSchema : DoorReason.Malformed,
                $"the hello is {problem}: this engine speaks schema {MessagesSchema.SchemaId}, version {MessagesSchema.Version}");
            return;
        }

        _hello = new Hello(
            session, hello.VenueId, hello.ProtocolVersion, hello.Kind, hello.ShardId, hello.Epoch, hello.JournalId, hello.LastRequest, hello.LastReport,
            hello.MarketEvents);
        if (!_hasHello && _inputs is null)
        {
            MarketEvents = hello.MarketEvents;
        }

        _hasHello = true;
        _isHelloNew = true;
    }

    private ControlledFragmentHandlerAction OnReport(in GatewayReportDecoder report)
    {
        // By copy: a decoder moves on when its data are read.
        GatewayReportDecoder decoder = report;
        OnDone(_epoch, decoder.RequestsHandled);
        if (decoder.Number <= LastReport)
        {
            Counters.ReportsAgain++;
            return ControlledFragmentHandlerAction.Continue;
        }

        if (decoder.Number > LastReport + 1)
        {
            // It has lost some on the way: the gateway goes back when it is welcomed again.
            Counters.Gaps++;
            _owesWelcome = true;
            return ControlledFragmentHandlerAction.Continue;
        }

        long next = decoder.TryGetNextEventNanos(out long nanos) ? nanos : long.MaxValue;
        long timeNanos = decoder.VenueTimeNanos;
        ulong number = decoder.Number;
        ReadOnlySpan<byte> message = decoder.GetMessage();
        if (FaultOf(message) is { } fault)
        {
            Counters.Malformed++;
            Refuse(_journalId, DoorReason.Malformed, $"report {number} is {fault}");
            Lose($"its report {number} is {fault}");
            return ControlledFragmentHandlerAction.Continue;
        }

        if (!_inputs!.TryPublish(InputSource.Gateway, timeNanos, message, new Origin(number, OriginId)))
        {
            // The ring is full: the report comes again at the next poll, and the gateway feels it.
            return ControlledFragmentHandlerAction.Abort;
        }

        if (OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder answer))
        {
            _questions.Answer(answer.ClientOrderId, number);
        }

        Counters.Reports++;
        LastReport = number;
        NextEventTimeNanos = next;
        _knowsNext = true;
        _answer = AdvanceAnswer.Report;
        return ControlledFragmentHandlerAction.Continue;
    }

    private string? FaultOf(ReadOnlySpan<byte> message)
    {
        MessageProblem problem = MessageValidator.Validate(message);
        MessageHeader.TryRead(message, out MessageHeader header);
        if (problem != MessageProblem.None)
        {
            return $"malformed ({problem})";
        }

        ushort? venue = header.TemplateId switch
        {
            ExecutionReportDecoder.TemplateId when ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report) => report.VenueId,
            OrderStatusReportDecoder.TemplateId when OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status) => status.VenueId,
            VenueStatusDecoder.TemplateId when VenueStatusDecoder.TryWrap(message, out VenueStatusDecoder status) => status.VenueId,
            FundingRateDecoder.TemplateId or MarketTradeDecoder.TemplateId or TopOfBookDecoder.TemplateId or BarDecoder.TemplateId => Options.VenueId,
            _ => null,
        };
        return venue is null ? $"a {MessagesSchema.TemplateName(header.TemplateId)}, which no gateway may send"
            : venue != Options.VenueId ? $"of venue {venue}, not of {Options.VenueId}"
            : message.Length > InputSlot.PayloadLengthMax ? $"{message.Length} bytes long, more than {InputSlot.PayloadLengthMax}"
            : null;
    }

    private void OnIdle(in VenueIdleDecoder idle)
    {
        if (idle.Request != _advance)
        {
            return;
        }

        NextEventTimeNanos = idle.TryGetNextEventNanos(out long nanos) ? nanos : long.MaxValue;
        _knowsNext = _retained.Last == _advance;
        _answer = AdvanceAnswer.Idle;
        OnDone(_epoch, idle.Request);
    }

    private void OnDone(ushort epoch, ulong number)
    {
        if (epoch == _epoch && number <= _sent)
        {
            _retained.Forget(number);
        }
    }
}
