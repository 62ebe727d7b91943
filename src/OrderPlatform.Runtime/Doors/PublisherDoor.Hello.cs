using System.Text;
using System.Text.Unicode;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Sbe;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <content>The handshake: hello, the way back, welcome.</content>
internal sealed partial class PublisherDoor
{
    private readonly List<long> _orphans = [];
    private readonly byte[] _welcome = new byte[PublisherWelcomeEncoder.MinEncodedLength + Verdict.TextLengthMax];

    private ControlledFragmentHandlerAction OnHello(DoorSession session, ReadOnlySpan<byte> message)
    {
        MessageProblem problem = MessageValidator.Validate(message);
        if (problem != MessageProblem.None)
        {
            MessageHeader.TryRead(message, out MessageHeader header);
            OnGarbage(session, Verdict.Of(problem, header));
            return session.Phase == SessionPhase.Gone ? ControlledFragmentHandlerAction.Break : ControlledFragmentHandlerAction.Continue;
        }

        var hello = PublisherHelloDecoder.WrapForDecodeAndApplyHeader(message);
        session.Hello = new HelloParts(hello.PublisherId, hello.ResponseStreamId, hello.NextNumber);
        session.Refusal = CheckHello(session, hello, message);
        string channel = Encoding.UTF8.GetString(hello.GetResponseChannel());
        bool hasRoute = ResponseRoute.TryFind(channel, hello.ResponseStreamId, session.Source, _options.ResponseTermLength, out string route);
        if (!hasRoute)
        {
            Refuse(session, session.Refusal.IsGood ? new Verdict(DoorReason.ResponseChannel) : session.Refusal, route);
            return ControlledFragmentHandlerAction.Break;
        }

        session.Answers.Clear();
        bool isSameRoute = session.Response is { IsClosed: false } response && session.Route == route && response.StreamId == hello.ResponseStreamId;
        if (!isSameRoute)
        {
            session.Response?.Dispose();
            session.Response = null;
            session.Route = route;
            session.RouteRegistration = _aeron.AsyncAddExclusivePublication(route, hello.ResponseStreamId);
        }

        session.Enter(SessionPhase.Opening, _nowTicks);
        return ControlledFragmentHandlerAction.Break;
    }

    private Verdict CheckHello(DoorSession session, in PublisherHelloDecoder hello, ReadOnlySpan<byte> message)
    {
        if (hello.ProtocolVersion != DoorProtocol.Version)
        {
            return new Verdict(DoorReason.ProtocolVersion, hello.ProtocolVersion, DoorProtocol.Version);
        }

        if (hello.NextNumber > long.MaxValue)
        {
            return new Verdict(DoorReason.Malformed, PublisherHelloDecoder.TemplateId);
        }

        if (!_members.TryGetValue(hello.PublisherId, out PublisherMember? member))
        {
            return new Verdict(DoorReason.UnknownPublisher, hello.PublisherId);
        }

        if (session.Member is { } known && known != member)
        {
            return new Verdict(DoorReason.WrongSource, hello.PublisherId, known.Rule.Id);
        }

        Verdict verdict = member.CheckHello(session.Source, message, PublisherToken.OffsetInHello);
        if (!verdict.IsGood)
        {
            return verdict;
        }

        session.Member = member;
        if (!member.MaySend(session.Kind))
        {
            return new Verdict(DoorReason.KindNotAllowed, hello.PublisherId, (ulong)session.StreamId);
        }

        return default;
    }

    private int Open(DoorSession session)
    {
        if (session.RouteRegistration is { } registration)
        {
            try
            {
                session.Response = _aeron.GetExclusivePublication(registration);
                session.RouteRegistration = session.Response is null ? registration : null;
            }
            catch (RegistrationException failure)
            {
                session.RouteRegistration = null;
                Refuse(session, session.Refusal.IsGood ? new Verdict(DoorReason.ResponseChannel) : session.Refusal, failure.Message);
                return 1;
            }
        }

        if (session.Response is null)
        {
            return EndWhenLate(session) ? 1 : 0;
        }

        if (session.Refusal.IsGood && !TryTakePlace(session))
        {
            return 0;
        }

        session.Enter(session.Refusal.IsGood ? SessionPhase.Settling : SessionPhase.Welcoming, _nowTicks);
        return 1;
    }

    // False while another session of the publisher may still turn out to have ended: the end of a stream comes a moment after its last message.
    private bool TryTakePlace(DoorSession session)
    {
        PublisherMember member = session.Member!;
        uint originId = Origin.OfPublisher(member.Rule.Id, session.Kind);
        PublisherStream stream = member.Streams[session.Kind] ??= new PublisherStream(originId, _recovered.Last(originId));
        _streams[originId] = stream;
        if (stream.Session is { } other && other != session)
        {
            if (!other.HasEnded)
            {
                bool isLate = _nowTicks - session.SinceTicks >= _time.TimestampFrequency;
                session.Refusal = isLate ? new Verdict(DoorReason.AlreadyConnected, member.Rule.Id, (ulong)other.Image.SessionId) : default;
                return isLate;
            }

            End(other, DoorReason.None, null);
        }

        stream.Session = session;
        session.Stream = stream;
        return true;
    }

    // What was asked for on behalf of a session that has ended meanwhile is closed when it comes.
    private void CloseOrphans()
    {
        for (int index = _orphans.Count - 1; index >= 0; index--)
        {
            try
            {
                if (_aeron.GetExclusivePublication(_orphans[index]) is not { } publication)
                {
                    continue;
                }

                publication.Dispose();
            }
            catch (RegistrationException)
            {
                // Refused: there is nothing to close.
            }

            _orphans.RemoveAt(index);
        }
    }

    private int Settle(DoorSession session)
    {
        if (!session.Stream!.IsSettled(_durable))
        {
            return 0;
        }

        session.Stream.Resume(session.Hello.NextNumber);
        session.Enter(SessionPhase.Welcoming, _nowTicks);
        return 1;
    }

    private int Welcome(DoorSession session)
    {
        long result = session.Response!.Offer(EncodeWelcome(session));
        if (result < 0)
        {
            // Not connected as a rule: the publisher's subscription hears of this publication in a moment.
            return EndWhenLate(session) ? 1 : 0;
        }

        if (!session.Refusal.IsGood)
        {
            Refuse(session, session.Refusal, session.Refusal.ToString());
            return 1;
        }

        session.ToldReasons = 0;
        _audit.Tell(
            new DoorEventKey(session.PublisherId, session.StreamId, DoorEventKind.SessionBegan, DoorReason.None), session.Image.SessionId,
            session.Stream!.Expected, default, _nowTicks);
        session.Enter(SessionPhase.Live, _nowTicks);
        return 1;
    }

    private ReadOnlySpan<byte> EncodeWelcome(DoorSession session)
    {
        var e = PublisherWelcomeEncoder.WrapForEncodeAndApplyHeader(_welcome);
        e.PublisherId = session.Hello.PublisherId;
        e.ProtocolVersion = DoorProtocol.Version;
        e.Status = session.Refusal.IsGood ? DoorStatus.Accepted : DoorStatus.Refused;
        e.Reason = session.Refusal.Reason;
        e.StreamId = session.StreamId;
        e.SessionId = session.Image.SessionId;
        e.LastNumber = session.Refusal.IsGood ? session.Stream!.LastSequenced : 0;
        e.LastSequence = session.Refusal.IsGood ? session.Stream!.LastSequence : 0;
        e.Window = _options.Window;
        e.SetDetail(_detail.AsSpan(0, session.Refusal.Write(_detail)));
        return _welcome.AsSpan(0, e.EncodedLengthSoFar);
    }

    // Counted at whom the hello named, also where it was not that publisher's own: its owner should know that somebody tries.
    private void Refuse(DoorSession session, in Verdict verdict, string why)
    {
        PublisherMember? named = _members.GetValueOrDefault(session.Hello.PublisherId);
        (named?.Counts ?? Nobody).CountRefused();
        Utf8.FromUtf16(why, _detail, out _, out int length);
        _audit.Tell(
            new DoorEventKey(named?.Rule.Id ?? 0, session.StreamId, DoorEventKind.HelloRefused, verdict.Reason), session.Image.SessionId, 0,
            _detail.AsSpan(0, length), _nowTicks);
        End(session, DoorReason.None, why);
    }
}
