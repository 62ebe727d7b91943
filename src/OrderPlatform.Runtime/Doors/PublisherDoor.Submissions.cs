using System.Diagnostics;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Sbe;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <content>Submissions and their answers.</content>
internal sealed partial class PublisherDoor
{
    private readonly byte[] _detail = new byte[Verdict.TextLengthMax];
    private readonly byte[] _answer = new byte[SubmissionAckEncoder.MinEncodedLength + Verdict.TextLengthMax];

    private int ReadLive(DoorSession session)
    {
        if (session.Phase != SessionPhase.Live)
        {
            return 0;
        }

        int room = Math.Min((int)_options.Window - session.Answers.Count, session.Member!.Budget.Available(_nowTicks));
        if (room <= 0)
        {
            Hold(session);
            return 0;
        }

        int read = Read(session, Math.Min(room, _options.FragmentsPerTurn));
        session.IsHeld &= read == 0;
        return read;
    }

    private ControlledFragmentHandlerAction OnMessage(DoorSession session, ReadOnlySpan<byte> message, int length)
    {
        if (length > DoorProtocol.MessageLengthMax)
        {
            return AnswerGarbage(session, new Verdict(DoorReason.TooLarge, (ulong)length, DoorProtocol.MessageLengthMax));
        }

        MessageHeader.TryRead(message, out MessageHeader header);
        bool isOurs = header.SchemaId == MessagesSchema.SchemaId && header.Version <= MessagesSchema.Version && message.Length >= MessageHeader.EncodedLength;
        if (isOurs && header.TemplateId == SubmissionDecoder.TemplateId)
        {
            return OnSubmission(session, message, header);
        }

        if (isOurs && header.TemplateId == PublisherHelloDecoder.TemplateId)
        {
            return OnHello(session, message);
        }

        return AnswerGarbage(
            session,
            message.Length < MessageHeader.EncodedLength ? Verdict.Of(MessageProblem.TooShort, header)
            : !isOurs ? Verdict.Of(MessageProblem.WrongSchema, header)
            : MessagesSchema.IsKnownTemplate(header.TemplateId) ? new Verdict(DoorReason.NotAnInput, header.TemplateId, (ulong)session.StreamId)
            : Verdict.Of(MessageProblem.UnknownTemplate, header));
    }

    private ControlledFragmentHandlerAction OnSubmission(DoorSession session, ReadOnlySpan<byte> message, in MessageHeader header)
    {
        MessageProblem problem = MessageValidator.Validate(message);
        if (problem != MessageProblem.None)
        {
            return AnswerGarbage(session, Verdict.Of(problem, header));
        }

        if (session.Phase != SessionPhase.Live)
        {
            return AnswerGarbage(session, new Verdict(DoorReason.NotConnected));
        }

        var submission = SubmissionDecoder.WrapForDecodeAndApplyHeader(message);
        PublisherMember member = session.Member!;
        PublisherStream stream = session.Stream!;
        ulong number = submission.Number;
        if (submission.PublisherId != member.Rule.Id)
        {
            Answer(session, DoorStatus.Refused, number, new Verdict(DoorReason.WrongSource, submission.PublisherId, member.Rule.Id));
        }
        else if (!member.HasToken(message, PublisherToken.OffsetInSubmission))
        {
            Answer(session, DoorStatus.Refused, number, new Verdict(DoorReason.BadToken, member.Rule.Id));
        }
        else if (number < stream.Expected)
        {
            Answer(session, DoorStatus.Duplicate, number, default);
        }
        else if (number > stream.Expected)
        {
            Answer(session, DoorStatus.Refused, number, new Verdict(DoorReason.NumberGap, number, stream.Expected));
        }
        else
        {
            return OnNext(session, submission.GetMessage(), submission.SentAtNanos);
        }

        return ControlledFragmentHandlerAction.Continue;
    }

    private ControlledFragmentHandlerAction OnNext(DoorSession session, ReadOnlySpan<byte> input, long sentAtNanos)
    {
        PublisherStream stream = session.Stream!;
        ulong number = stream.Expected;
        Verdict verdict = _check.Check(input, session.StreamId, session.Member!);
        if (!verdict.IsGood)
        {
            stream.Refuse(verdict.Reason);
            Answer(session, DoorStatus.Refused, number, verdict);
            return ControlledFragmentHandlerAction.Continue;
        }

        if (!TryEnter(stream, input, _options.Time == DoorTime.Sent ? sentAtNanos : _nowNanos))
        {
            Hold(session);
            return ControlledFragmentHandlerAction.Abort;
        }

        stream.Enter();
        Answer(session, DoorStatus.Accepted, number, default);
        return ControlledFragmentHandlerAction.Continue;
    }

    private bool TryEnter(PublisherStream stream, ReadOnlySpan<byte> input, long timeNanos)
    {
        try
        {
            return _inputs.TryPublish(
                InputSource.Publisher, timeNanos, input, new Origin(stream.Expected, stream.OriginId), _measures ? Stopwatch.GetTimestamp() : 0);
        }
        catch (OperationCanceledException)
        {
            // The engine takes no more. What it did not take has no answer, so its publisher keeps it for the engine that comes after.
            _isStopping = true;
            return false;
        }
    }

    private void Answer(DoorSession session, DoorStatus status, ulong number, in Verdict verdict)
    {
        PublisherMember member = session.Member!;
        member.Budget.Take();
        session.Answers.Add(new PendingAnswer(status, number, _nowNanos, verdict));
        switch (status)
        {
            case DoorStatus.Accepted:
                member.Counts.CountAccepted();
                break;
            case DoorStatus.Duplicate:
                member.Counts.CountDuplicate();
                break;
            default:
                member.Counts.CountRefused();
                TellRefusal(session, number, verdict);
                break;
        }
    }

    private ControlledFragmentHandlerAction AnswerGarbage(DoorSession session, in Verdict verdict)
    {
        if (session.Phase == SessionPhase.Live)
        {
            Answer(session, DoorStatus.Refused, 0, verdict);
            return ControlledFragmentHandlerAction.Continue;
        }

        OnGarbage(session, verdict);
        return session.Phase == SessionPhase.Gone ? ControlledFragmentHandlerAction.Break : ControlledFragmentHandlerAction.Continue;
    }

    private void OnGarbage(DoorSession session, in Verdict verdict)
    {
        (session.Member?.Counts ?? Nobody).CountRefused();
        TellRefusal(session, 0, verdict);
        // Another version of the schema will not become this one: its publisher should read why, and not wait.
        if (++session.Garbage >= _options.GarbageMax || verdict.Reason == DoorReason.WrongSchema)
        {
            End(session, verdict.Reason, verdict.ToString());
        }
    }

    private void TellRefusal(DoorSession session, ulong number, in Verdict verdict)
    {
        var key = new DoorEventKey(session.PublisherId, session.StreamId, DoorEventKind.SubmissionRefused, verdict.Reason);
        ulong bit = 1UL << (int)verdict.Reason;
        if ((session.ToldReasons & bit) != 0)
        {
            _audit.AddUp(key, session.Image.SessionId, number);
            return;
        }

        session.ToldReasons |= bit;
        _audit.Tell(key, session.Image.SessionId, number, _detail.AsSpan(0, verdict.Write(_detail)), _nowTicks);
    }

    private static void Hold(DoorSession session)
    {
        if (!session.IsHeld)
        {
            session.IsHeld = true;
            session.Member!.Counts.CountBackPressured();
        }
    }

    private int SendAnswers(DoorSession session)
    {
        int sent = 0;
        AnswerQueue answers = session.Answers;
        while (answers.Count > 0 && TryEncode(session, answers.First, out int length))
        {
            if (session.Response!.Offer(_answer.AsSpan(0, length)) < 0)
            {
                return EndWhenLate(session) ? sent + 1 : sent;
            }

            answers.RemoveFirst();
            sent++;
        }

        session.SinceTicks = _nowTicks;
        return sent;
    }

    // False while it is not certain yet what became of it.
    private bool TryEncode(DoorSession session, in PendingAnswer answer, out int length)
    {
        length = 0;
        Outcome outcome = default;
        if (answer.Status != DoorStatus.Refused && session.Stream!.TryRecall(answer.Number, out outcome) && outcome.Reason == DoorReason.None
            && (outcome.Sequence == 0 || outcome.Sequence > _durable))
        {
            return false;
        }

        var e = SubmissionAckEncoder.WrapForEncodeAndApplyHeader(_answer);
        e.PublisherId = session.PublisherId;
        e.Status = answer.Status;
        e.Reason = answer.Status == DoorStatus.Refused ? answer.Verdict.Reason : outcome.Number == answer.Number ? outcome.Reason : DoorReason.None;
        e.StreamId = session.StreamId;
        e.Number = answer.Number;
        e.Sequence = outcome.Number == answer.Number ? outcome.Sequence : 0;
        e.ReceivedAtNanos = answer.ReceivedAtNanos;
        e.SetDetail(_detail.AsSpan(0, answer.Verdict.Write(_detail)));
        length = e.EncodedLengthSoFar;
        return true;
    }
}
