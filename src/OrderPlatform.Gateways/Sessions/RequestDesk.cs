using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Sessions;

/// <summary>What became of a request.</summary>
internal enum Handling
{
    /// <summary>It is done, and so is its number.</summary>
    Done,

    /// <summary>It has to come again: it, or something before it, is not finished.</summary>
    Later,

    /// <summary>The engine has to journal reports first, and what says that it did may come behind this request.</summary>
    Full,

    /// <summary>Something before it is missing.</summary>
    Gap,

    /// <summary>It is nothing that a gateway can do; its number is used up.</summary>
    Malformed,
}

/// <summary>
/// Carries requests out: intents into the journal before, results into it behind. A request that comes again after <see cref="Handling.Later"/> goes on
/// where it was.
/// </summary>
internal sealed class RequestDesk(IExecutionConnector connector, GatewayJournal journal, ReportSender sender, GatewayCounters counters)
{
    private const int StepsPerCycle = 64;
    private const ulong None = 0;

    private readonly ISteppedVenue? _venue = connector as ISteppedVenue;
    private readonly byte[] _news = new byte[IExecutionConnector.MessageLengthMax];
    private ulong _intent = None;
    private long _intentPlace;

    private bool HasRoom => journal.Reports.Room > 0 && journal.Room > 0;

    private Handling NoRoom => journal.Reports.Room > 0 ? Handling.Later : Handling.Full;

    /// <summary>Numbers of requests begin again.</summary>
    public void BeginEpoch() => _intent = None;

    /// <summary>Takes what the venue tells.</summary>
    /// <returns>Whether that was all for now.</returns>
    public bool TryDrain(ref int work)
    {
        for (int step = 0; step < StepsPerCycle && HasRoom; step++)
        {
            int length = connector.TryTake(_news, out VenueNews news);
            if (length == 0)
            {
                return true;
            }

            Report(news, length);
            work++;
        }

        return false;
    }

    /// <summary>Does what a request wants, or a part of it.</summary>
    public Handling Handle(in GatewayRequestDecoder request, ReadOnlySpan<byte> message)
    {
        // Answers come in order with the requests around them.
        int work = 0;
        if (!TryDrain(ref work))
        {
            return NoRoom;
        }

        if (MessageValidator.Validate(message) != Sbe.MessageProblem.None)
        {
            return Handling.Malformed;
        }

        MessageHeader.TryRead(message, out MessageHeader header);
        return header.TemplateId switch
        {
            NewOrderDecoder.TemplateId or OrderCancelRequestDecoder.TemplateId or OrderAmendRequestDecoder.TemplateId =>
                CarryOut(request, message, isQuestion: false),
            OrderStatusRequestDecoder.TemplateId => CarryOut(request, message, isQuestion: true),
            VenueAdvanceDecoder.TemplateId when _venue is not null => Advance(VenueAdvanceDecoder.WrapForDecodeAndApplyHeader(message), request.Number),
            BarDecoder.TemplateId or MarketTradeDecoder.TemplateId or TopOfBookDecoder.TemplateId when _venue is not null =>
                Show(request.MarketNumber, message),
            _ => Handling.Malformed,
        };
    }

    /// <summary>An advance that was handled last, and has come again: its answer is lost, and nothing was done since.</summary>
    public void AnswerAgain(in GatewayRequestDecoder request, ReadOnlySpan<byte> message)
    {
        if (_venue is not null && VenueAdvanceDecoder.TryWrap(message, out VenueAdvanceDecoder advance) && advance.Single == YesNo.Yes && HasRoom)
        {
            Advance(advance, request.Number);
        }
    }

    private Handling CarryOut(in GatewayRequestDecoder request, ReadOnlySpan<byte> message, bool isQuestion)
    {
        if (_intent != request.Number)
        {
            if (journal.Room == 0)
            {
                return Handling.Later;
            }

            journal.AppendIntent(request, message);
            _intent = request.Number;
            _intentPlace = journal.AppendedPlace;
        }

        if (_intentPlace > journal.DurablePlace || !(isQuestion ? connector.TryAsk(message) : connector.TrySend(message)))
        {
            return Handling.Later;
        }

        counters.Orders++;
        return Handling.Done;
    }

    private Handling Advance(in VenueAdvanceDecoder advance, ulong number)
    {
        bool isSingle = advance.Single == YesNo.Yes;
        if (isSingle && advance.ReportsTaken < journal.LastReport)
        {
            sender.SendAgain(advance.ReportsTaken + 1);
            return Handling.Done;
        }

        for (int step = 0; step < StepsPerCycle; step++)
        {
            if (!HasRoom)
            {
                return NoRoom;
            }

            if (!TryStep(advance.UntilNanos))
            {
                if (isSingle)
                {
                    sender.SayIdle(number);
                }

                return Handling.Done;
            }

            if (isSingle)
            {
                return Handling.Done;
            }
        }

        return Handling.Later;
    }

    private Handling Show(ulong marketNumber, ReadOnlySpan<byte> marketEvent)
    {
        ulong seen = _venue!.MarketEvents;
        if (marketNumber == 0 || !_venue.TryBeginOf(marketEvent, out long beginNanos))
        {
            return Handling.Malformed;
        }

        if (marketNumber != seen + 1)
        {
            counters.Duplicates += marketNumber <= seen ? 1 : 0;
            return marketNumber <= seen ? Handling.Done : Handling.Gap;
        }

        for (int step = 0; step < StepsPerCycle; step++)
        {
            if (!HasRoom)
            {
                return NoRoom;
            }

            if (!TryStep(beginNanos))
            {
                _venue.OnMarketEvent(marketEvent);
                return Handling.Done;
            }
        }

        return Handling.Later;
    }

    private bool TryStep(long untilNanos)
    {
        int length = _venue!.TryAdvance(untilNanos, _news, out VenueNews news);
        if (length > 0)
        {
            Report(news, length);
        }

        return length > 0;
    }

    private void Report(in VenueNews news, int length)
    {
        journal.AppendResult(news, _news.AsSpan(0, length));
        counters.Reports++;
    }
}
