using OrderPlatform.Messages;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Links;

/// <content>Requests: taken, numbered, kept, sent, and sent again.</content>
public sealed partial class GatewayPort
{
    private readonly OpenQuestions _questions = new();
    private readonly Func<long, bool> _isOverdue;
    private ulong _sent;
    private ulong _sentOnce;
    private long _saidTicks;
    private ulong _advance;
    private long _advanceUntilNanos;
    private AdvanceAnswer _answer;
    private bool _knowsNext;

    private enum AdvanceAnswer
    {
        None,
        Report,
        Idle,
    }

    /// <summary>When a simulated venue does something next, by its last answer; <see cref="long.MaxValue"/> if nothing is scheduled.</summary>
    internal long NextEventTimeNanos { get; private set; } = long.MaxValue;

    /// <summary>Told of each request that is taken, where somebody measures; else null.</summary>
    internal ILinkProbe? Probe { get; init; }

    /// <summary>Whether another request can be taken now.</summary>
    internal bool HasRoom => _retained.HasRoom(MessageLengthMax);

    /// <summary>Takes an output of the engine's; <see cref="HasRoom"/> was asked before.</summary>
    internal void TakeOutput(ref OutputSlot output)
    {
        if (OrderStatusRequestDecoder.TryWrap(output.Message, out OrderStatusRequestDecoder question))
        {
            if (!_questions.MayLeave(question.ClientOrderId, output.InputSequence, _retained.Done, _isOverdue, _nowTicks))
            {
                Counters.QuestionsOpen++;
                return;
            }

            _questions.Ask(question.ClientOrderId, _retained.Last + 1);
        }

        bool isMarket = output.Index == OutputSlot.RelayIndex;
        Retain(output.InputSequence, (ushort)(isMarket ? 0 : output.Index), isMarket ? ++MarketEvents : 0, output.Message);
        Probe?.OnRequest(ref output);
    }

    /// <summary>Shows a simulated venue a market event.</summary>
    /// <returns><c>false</c> if there is no room.</returns>
    internal bool TryShow(ReadOnlySpan<byte> marketEvent)
    {
        if (!HasRoom)
        {
            return false;
        }

        Retain(0, 0, ++MarketEvents, marketEvent);
        return true;
    }

    /// <summary>Lets a simulated venue do all that it does up to a time, without an answer.</summary>
    /// <returns><c>false</c> if there is no room.</returns>
    internal bool TryLetGo(long untilNanos)
    {
        if (!HasRoom)
        {
            return false;
        }

        RetainAdvance(untilNanos, YesNo.No);
        return true;
    }

    /// <summary>Lets a simulated venue work up to a time, for one report at most. Called again until it is not pending.</summary>
    internal VenueStep Advance(long untilNanos)
    {
        if (_advance != 0 && _answer == AdvanceAnswer.None)
        {
            return VenueStep.Pending;
        }

        AdvanceAnswer answer = _advance == 0 ? AdvanceAnswer.None : _answer;
        _advance = 0;
        _answer = AdvanceAnswer.None;
        if (answer == AdvanceAnswer.Report)
        {
            return VenueStep.Reported;
        }

        // Nothing was sent since the venue said when it does something next: it need not be asked for what comes before.
        if ((answer == AdvanceAnswer.Idle && _advanceUntilNanos == untilNanos) || (_knowsNext && NextEventTimeNanos > untilNanos))
        {
            return VenueStep.Idle;
        }

        if (State != PortState.Connected || !HasRoom)
        {
            return VenueStep.Pending;
        }

        _advanceUntilNanos = untilNanos;
        RetainAdvance(untilNanos, YesNo.Yes);
        _advance = _retained.Last;
        return VenueStep.Pending;
    }

    // What was kept before the venue said how much it has seen goes on behind that.
    private void NumberMarketFrom(ulong seen)
    {
        MarketEvents = seen;
        for (ulong number = _retained.Done + 1; number <= _retained.Last; number++)
        {
            ref RequestCause cause = ref _retained.Cause(number);
            cause = cause.MarketNumber > 0 ? cause with { MarketNumber = ++MarketEvents } : cause;
        }
    }

    private void RetainAdvance(long untilNanos, YesNo single)
    {
        Span<byte> message = stackalloc byte[VenueAdvanceEncoder.EncodedLength];
        var e = VenueAdvanceEncoder.WrapForEncodeAndApplyHeader(message);
        e.UntilNanos = untilNanos;
        e.ReportsTaken = LastReport;
        e.Single = single;
        Retain(0, 0, 0, message);
    }

    private void Retain(long inputSequence, ushort outputIndex, ulong marketNumber, ReadOnlySpan<byte> message)
    {
        _knowsNext = false;
        _retained.Add(new RequestCause(inputSequence, outputIndex, marketNumber), message);
    }

    private int Send()
    {
        int work = 0;
        while (State != PortState.Waiting && !_owesWelcome && _sent < _retained.Last && work < RequestsPerCycle)
        {
            if (_orders.Offer(_buffer.AsSpan(0, EncodeRequest(_sent + 1))) < 0)
            {
                break;
            }

            _sent++;
            work++;
            _saidTicks = _nowTicks;
            _saidJournaled = JournaledReport;
            Counters.Requests += _sent > _sentOnce ? 1 : 0;
            Counters.RequestsAgain += _sent > _sentOnce ? 0 : 1;
            _sentOnce = Math.Max(_sentOnce, _sent);
        }

        return work;
    }

    private int EncodeRequest(ulong number)
    {
        RequestCause cause = _retained.Cause(number);
        var e = GatewayRequestEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.Number = number;
        e.InputSequence = cause.InputSequence;
        e.OutputIndex = cause.OutputIndex;
        e.Epoch = _epoch;
        e.MarketNumber = cause.MarketNumber;
        e.ReportsJournaled = JournaledReport;
        e.SentAtNanos = UtcNanos();
        e.SetMessage(_retained.Get(number));
        return e.EncodedLengthSoFar;
    }
}
