using System.Numerics;
using System.Text;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Sbe;

namespace OrderPlatform.Gateways.Sessions;

/// <content>What comes from the engine.</content>
public sealed partial class GatewaySession
{
    // Begin and end in one fragment: no message of the link is as long as a datagram.
    private const byte WholeMessage = 0xC0;

    private ControlledFragmentHandlerAction OnMessage(ReadOnlySpan<byte> message, Image image, bool isWhole)
    {
        MessageProblem problem = isWhole ? MessageValidator.Validate(message) : MessageProblem.TooShort;
        if (problem != MessageProblem.None)
        {
            RefuseMessage(message, problem.ToString());
            return ControlledFragmentHandlerAction.Continue;
        }

        MessageHeader.TryRead(message, out MessageHeader header);
        switch (header.TemplateId)
        {
            case GatewayRequestDecoder.TemplateId:
                return OnRequest(GatewayRequestDecoder.WrapForDecodeAndApplyHeader(message), image);
            case GatewayHeartbeatDecoder.TemplateId:
                OnHeartbeat(GatewayHeartbeatDecoder.WrapForDecodeAndApplyHeader(message), image);
                break;
            case GatewayWelcomeDecoder.TemplateId:
                RequireVersion(header);
                OnWelcome(GatewayWelcomeDecoder.WrapForDecodeAndApplyHeader(message), image);
                break;
            default:
                RefuseMessage(message, "it is no message for a gateway");
                break;
        }

        return ControlledFragmentHandlerAction.Continue;
    }

    private ControlledFragmentHandlerAction OnRequest(GatewayRequestDecoder request, Image image)
    {
        if (!ReferenceEquals(image, _peer) || request.Epoch != _journal.Epoch)
        {
            Counters.Strangers++;
            return ControlledFragmentHandlerAction.Continue;
        }

        _heardNanos = _nowNanos;
        _journal.Reports.DropThrough(request.ReportsJournaled);
        if (_isPassingOver)
        {
            Counters.PassedOver++;
            return ControlledFragmentHandlerAction.Continue;
        }

        ulong number = request.Number;
        if (number > _handled + 1)
        {
            return Miss($"request {number} came where {_handled + 1} was due");
        }

        ReadOnlySpan<byte> message = request.GetMessage();
        if (number <= _handled)
        {
            Counters.Duplicates++;
            if (number == _handled)
            {
                _desk.AnswerAgain(request, message);
            }

            return ControlledFragmentHandlerAction.Continue;
        }

        switch (_desk.Handle(request, message))
        {
            case Handling.Later:
                Counters.Waits++;
                return ControlledFragmentHandlerAction.Abort;
            case Handling.Full:
                _isPassingOver = true;
                Counters.PassedOver++;
                Warn(
                    Counters.PassedOver,
                    $"{_journal.Reports.Count} reports are not in the engine's journal, and no more are kept: requests from {number} on wait");
                return ControlledFragmentHandlerAction.Continue;
            case Handling.Gap:
                return Miss($"market event {request.MarketNumber} of request {number} is not the next one");
            case Handling.Malformed:
                RefuseMessage(message, $"request {number} is none that a gateway to this venue can carry out");
                break;
            default:
                break;
        }

        _handled = number;
        Counters.Requests++;
        return ControlledFragmentHandlerAction.Continue;
    }

    private void OnHeartbeat(in GatewayHeartbeatDecoder heartbeat, Image image)
    {
        if (!ReferenceEquals(image, _peer) || heartbeat.Epoch != _journal.Epoch)
        {
            Counters.Strangers++;
            return;
        }

        _heardNanos = _nowNanos;
        _journal.Reports.DropThrough(heartbeat.Number);
    }

    private void OnWelcome(GatewayWelcomeDecoder welcome, Image image)
    {
        if (welcome.JournalId != _journal.JournalId || welcome.VenueId != _connector.VenueId)
        {
            Counters.Strangers++;
            return;
        }

        if (welcome.Status != DoorStatus.Accepted)
        {
            throw new GatewayLinkException($"the engine refuses this gateway: {welcome.Reason}: {Encoding.UTF8.GetString(welcome.GetDetail())}");
        }

        if (welcome.ProtocolVersion != LinkProtocol.Version)
        {
            throw new GatewayLinkException(
                $"the engine speaks version {welcome.ProtocolVersion} of the link, this gateway version {LinkProtocol.Version}: run both from one build");
        }

        if (welcome.NextRequest == 0 || welcome.HeartbeatNanos <= 0 || welcome.SilentAfterNanos <= welcome.HeartbeatNanos)
        {
            Counters.Malformed++;
            Warn(Counters.Malformed, "a welcome without a next request, or with times that make no sense, was not taken");
            return;
        }

        if (_journal.Epoch != 0 && welcome.ShardId != _journal.ShardId)
        {
            throw new GatewayLinkException(
                $"the engine is shard {welcome.ShardId}, and {_journal.Folder} is the journal of a gateway to shard {_journal.ShardId}: "
                + "name the right channels, or an empty folder");
        }

        if (welcome.Epoch < _journal.Epoch)
        {
            // What an engine that has ended left behind is still delivered.
            Counters.Strangers++;
            Warn(Counters.Strangers, $"a welcome of epoch {welcome.Epoch} was not taken: this gateway has served epoch {_journal.Epoch}");
            return;
        }

        RequireReports(welcome.LastReport);
        Begin(welcome, image);
    }

    private void Begin(GatewayWelcomeDecoder welcome, Image image)
    {
        if (welcome.Epoch != _journal.Epoch)
        {
            _journal.AppendWelcome(welcome);
            _desk.BeginEpoch();
            _handled = welcome.NextRequest - 1;
        }

        _handled = Math.Max(_handled, welcome.NextRequest - 1);
        _journal.Reports.DropThrough(welcome.LastReport);
        _sender.Begin(welcome.LastReport);
        _heartbeatNanos = welcome.HeartbeatNanos;
        _silentAfterNanos = welcome.SilentAfterNanos;
        _heardNanos = _nowNanos;
        bool isKnown = ReferenceEquals(image, _peer);
        _peer = image;
        Counters.Welcomes++;
        if (!isKnown)
        {
            Tell(
                GatewayNoticeKind.Connected,
                $"connected to the engine of shard {welcome.ShardId}, epoch {welcome.Epoch}: requests go on with {_handled + 1}, "
                + $"reports with {welcome.LastReport + 1} of {_journal.LastReport}");
        }
    }

    private void RequireReports(ulong lastReport)
    {
        if (lastReport > _journal.LastReport)
        {
            throw new GatewayLinkException(
                $"the engine has report {lastReport} of this gateway, and {_journal.Folder} ends with report {_journal.LastReport}: it has lost its end; "
                + "put the right folder back");
        }

        if (lastReport + 1 < _journal.Reports.First)
        {
            throw new GatewayLinkException(
                $"the engine's journal ends with report {lastReport} of this gateway, which no longer keeps those before {_journal.Reports.First}: "
                + "put the engine's journal back, or begin both with empty folders");
        }
    }

    private ControlledFragmentHandlerAction Miss(string what)
    {
        Counters.Gaps++;
        Warn(Counters.Gaps, $"{what}: saying hello again");
        Greet();
        return ControlledFragmentHandlerAction.Continue;
    }

    private static void RequireVersion(in MessageHeader header)
    {
        if (header.Version != MessagesSchema.Version)
        {
            throw new GatewayLinkException(
                $"the engine speaks version {header.Version} of schema {MessagesSchema.SchemaId}, this gateway version {MessagesSchema.Version}: "
                + "run both from one build");
        }
    }

    private void RefuseMessage(ReadOnlySpan<byte> message, string why)
    {
        Counters.Malformed++;
        if (BitOperations.IsPow2(Counters.Malformed))
        {
            MessageHeader.TryRead(message, out MessageHeader header);
            Tell(
                GatewayNoticeKind.Refused,
                $"a message of {message.Length} bytes, template {header.TemplateId} of schema {header.SchemaId}, was not taken "
                + $"({Counters.Malformed} so far): {why}");
        }
    }

    // A flood of the same makes few lines.
    private void Warn(long count, string text)
    {
        if (BitOperations.IsPow2(count))
        {
            Tell(GatewayNoticeKind.Refused, text);
        }
    }

    private readonly struct Handler(GatewaySession session) : IControlledFragmentHandler
    {
        public ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header) =>
            session.OnMessage(buffer, header.Image, (header.Flags & WholeMessage) == WholeMessage);
    }
}
