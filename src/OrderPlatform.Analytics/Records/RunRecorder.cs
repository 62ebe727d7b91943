using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>
/// Makes a <see cref="RunRecord"/> from a run's inputs and the engine's outputs, as they come: a projection of the journal like any other. It is told each
/// input, then that input's outputs, then that they are all.
/// </summary>
public sealed class RunRecorder
{
    private const long SampleNanos = 60_000_000_000;

    private readonly RunNames _names = new();
    private readonly RunPositions _book;
    private readonly Dictionary<uint, long> _barCloseNanos = [];
    private int _pendingFill = -1;
    private (uint Strategy, uint Instrument) _pendingOf;
    private long _nowNanos;
    private long _sampledAtNanos;
    private Price _mark;
    private uint _markInstrument;
    private uint _priceInstrument;
    private bool _barClosed;
    private bool _isSeed;

    /// <summary>Begins an empty record.</summary>
    public RunRecorder() => _book = new RunPositions(_names);

    /// <summary>The record, complete after <see cref="Complete"/>.</summary>
    public RunRecord Record { get; } = new();

    /// <summary>Every order's end or current state, in order of decision.</summary>
    public OrderLog Orders { get; } = new();

    /// <summary>An input that the engine has processed.</summary>
    public void OnInput(long sequence, long timestampNanos, ReadOnlySpan<byte> message)
    {
        Record.Inputs++;
        Record.FinalSequence = sequence;
        _nowNanos = timestampNanos;
        Record.FirstTimeNanos = Record.FirstTimeNanos == 0 ? timestampNanos : Record.FirstTimeNanos;
        Record.LastTimeNanos = timestampNanos;
        MessageHeader.TryRead(message, out MessageHeader header);
        _isSeed = header.TemplateId == PositionSeedDecoder.TemplateId;
        switch (header.TemplateId)
        {
            case BarDecoder.TemplateId when BarDecoder.TryWrap(message, out BarDecoder bar):
                SetMark(bar.InstrumentId, bar.Close);
                CountGap(bar);
                _barClosed = bar.Phase == BarPhase.Closed;
                break;
            case MarketTradeDecoder.TemplateId when MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder trade):
                SetMark(trade.InstrumentId, trade.Price);
                break;
            case TopOfBookDecoder.TemplateId when TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder book):
                SetMark(book.InstrumentId, (book.BidPrice + book.AskPrice + 1) / 2);
                break;
            case SignalDecoder.TemplateId:
                Record.Signals++;
                break;
            default:
                OnConfiguration(header.TemplateId, message);
                break;
        }
    }

    /// <summary>An output of that input.</summary>
    public void OnOutput(ReadOnlySpan<byte> output)
    {
        MessageHeader.TryRead(output, out MessageHeader header);
        switch (header.TemplateId)
        {
            case OrderEventDecoder.TemplateId when OrderEventDecoder.TryWrap(output, out OrderEventDecoder order):
                OnOrder(order);
                break;
            case PositionEventDecoder.TemplateId when PositionEventDecoder.TryWrap(output, out PositionEventDecoder position):
                OnPosition(position);
                break;
            case TradeEventDecoder.TemplateId when TradeEventDecoder.TryWrap(output, out TradeEventDecoder trade):
                OnTrade(trade);
                break;
            case DecisionEventDecoder.TemplateId when DecisionEventDecoder.TryWrap(output, out DecisionEventDecoder decision):
                OnDecision(decision);
                break;
            case CheckEventDecoder.TemplateId when CheckEventDecoder.TryWrap(output, out CheckEventDecoder checks):
                OnChecks(checks);
                break;
            case RiskEventDecoder.TemplateId when RiskEventDecoder.TryWrap(output, out RiskEventDecoder risk):
                OnRefusal(risk);
                break;
            case CashEventDecoder.TemplateId when CashEventDecoder.TryWrap(output, out CashEventDecoder cash):
                _book.On(cash);
                break;
            case AlertEventDecoder.TemplateId when AlertEventDecoder.TryWrap(output, out AlertEventDecoder alert):
                Count(Record.Alerts, alert.Reason);
                break;
            default:
                break;
        }
    }

    /// <summary>All outputs of the input were told.</summary>
    public void OnInputDone()
    {
        bool isMarket = !_mark.IsZero && _markInstrument != 0;
        if (isMarket && (_barClosed || _nowNanos - _sampledAtNanos >= SampleNanos))
        {
            _sampledAtNanos = _nowNanos;
            Sample();
        }

        _barClosed = false;
    }

    /// <summary>Fills in what is known at the end.</summary>
    public RunRecord Complete(string digest, TimeSpan elapsed, string journalPath)
    {
        if (!_mark.IsZero && (Record.Equity.Count == 0 || Record.Equity[^1].TimeNanos != _nowNanos))
        {
            Sample();
        }

        Record.Digest = digest;
        Record.Elapsed = elapsed;
        Record.JournalPath = journalPath;
        Record.AnswerLatencyNanos = Orders.AnswerLatencyNanos;
        Record.FillLatencyNanos = Orders.FillLatencyNanos;
        Record.InitialEquity = _book.InitialEquity;
        Record.FinalEquity = _book.Equity;
        Record.RealisedPnl = _book.Realised;
        Record.UnrealisedPnl = _book.Unrealised;
        Record.Fees = _book.Fees;
        Record.Funding = _book.Funding;
        Record.Deposits = _book.Deposits;
        Record.OpenPositions.AddRange(_book.Open());
        Record.Orders.AddRange(Orders.Orders);
        return Record;
    }

    private static void Count(Dictionary<string, long> counts, ReasonCode reason)
    {
        string name = reason.ToString();
        counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    private void OnConfiguration(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder instrument):
                _names.Add(instrument);
                Record.Instrument = _names.Instruments;
                break;
            case VenueConfigurationDecoder.TemplateId when VenueConfigurationDecoder.TryWrap(message, out VenueConfigurationDecoder venue):
                _names.Add(venue);
                break;
            case ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder client):
                _names.Add(client);
                Record.Client = _names.Clients;
                break;
            case StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy):
                _names.Add(strategy);
                Record.StrategyName = _names.Strategies;
                break;
            case AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder account):
                _book.Add(account);
                Record.InitialEquity = _book.InitialEquity;
                break;
            default:
                break;
        }
    }

    // An outage of the venue or of the recorder is data: it is counted and never filled in.
    private void CountGap(in BarDecoder bar)
    {
        if (bar.Phase == BarPhase.Opened && _barCloseNanos.TryGetValue(bar.InstrumentId, out long closeNanos) && bar.OpenTimeNanos > closeNanos)
        {
            Record.GapCount++;
            Record.LongestGapNanos = Math.Max(Record.LongestGapNanos, bar.OpenTimeNanos - closeNanos);
        }

        _barCloseNanos[bar.InstrumentId] = bar.CloseTimeNanos;
    }

    private void SetMark(uint instrumentId, long price)
    {
        _mark = new Price(price);
        _markInstrument = instrumentId;
        _book.SetMark(instrumentId, _mark);
    }

    private void Sample()
    {
        // With several instruments one price is drawn: that of the first to have had one.
        _priceInstrument = _priceInstrument == 0 ? _markInstrument : _priceInstrument;
        Price price = _book.Mark(_priceInstrument);
        Record.PriceInstrument = _names.Instrument(_priceInstrument);
        Record.Equity.Add(new EquityPoint(_nowNanos, _book.Equity, _book.Cash, _book.Held(_priceInstrument), price)
        {
            Deposits = _book.Deposits,
            HoldsAny = _book.HoldsAny,
        });
        Record.Prices.Add(new PricePoint(_nowNanos, price));
    }

    private void OnDecision(in DecisionEventDecoder decision)
    {
        if (decision.Action == DecisionAction.Hold)
        {
            Count(Record.Holds, decision.Reason);
        }

        Record.SignalQuality = Record.SignalQuality.With(
            decision.TryGetConfidence(out long confidence) ? new Ratio(confidence) : null,
            decision.TryGetMomentum(out long momentum) ? new Ratio(momentum) : null);
    }

    private void OnChecks(CheckEventDecoder checks)
    {
        foreach (CheckEventDecoder.ChecksDecoder check in checks.GetChecks())
        {
            string name = check.Check.ToString();
            Record.Checks[name] = Record.Checks.GetValueOrDefault(name).With(check.Passed == YesNo.Yes);
        }
    }

    private void OnRefusal(in RiskEventDecoder risk)
    {
        Count(Record.RiskRejections, risk.Reason);
        string side = risk.TryGetSide(out Side known) ? known.ToString().ToLowerInvariant() : "";
        Record.Refusals.Add(new RiskRefusal(
            risk.TimestampNanos, _names.Client(risk.ClientId), _names.Strategy(risk.StrategyId), _names.Venue(0, risk.InstrumentId),
            _names.Instrument(risk.InstrumentId), side, risk.Check.ToString(), risk.Reason.ToString()));
    }

    private void OnOrder(in OrderEventDecoder order)
    {
        Orders.On(order, _names);
        bool isFill = order.LastQuantity > 0;
        Record.OrdersSent += order.Status == OrderStatus.PendingNew ? 1 : 0;
        Record.OrdersFilled += isFill && order.Status == OrderStatus.Filled ? 1 : 0;
        Record.OrdersRejected += order.Status == OrderStatus.Rejected && !isFill ? 1 : 0;
        if (isFill)
        {
            _pendingFill = Record.Fills.Count;
            _pendingOf = (order.StrategyId, order.InstrumentId);
            Record.Fills.Add(new FillRecord(order.TimestampNanos, order.ClientOrderId, _names.Instrument(order.InstrumentId), order.Side == Side.Buy,
                new Price(order.LastPrice), new Quantity(order.LastQuantity), OrderLog.QuoteFee(order), Money.Zero, Quantity.Zero,
                _names.Strategy(order.StrategyId), order.Liquidity == Liquidity.Maker)
            {
                Client = _names.Client(order.ClientId),
                Venue = _names.Venue(order.VenueId, order.InstrumentId),
            });
        }
    }

    private void OnPosition(in PositionEventDecoder position)
    {
        (Money realised, Money fees) = _book.On(position, _isSeed);
        if (_pendingFill >= 0 && _pendingOf == (position.StrategyId, position.InstrumentId))
        {
            // The position's event follows the fill that changed it.
            FillRecord fill = Record.Fills[_pendingFill];
            Orders.CorrectFees(fill.ClientOrderId, fees - fill.Fee);
            Record.Fills[_pendingFill] = fill with { RealisedPnl = realised, PositionAfter = new Quantity(position.Quantity), Fee = fees };
            _pendingFill = -1;
        }
    }

    private void OnTrade(in TradeEventDecoder trade) => Record.Trades.Add(new TradeRecord(
        Record.Trades.Count + 1,
        _names.Client(trade.ClientId),
        _names.Strategy(trade.StrategyId),
        _names.Instrument(trade.InstrumentId),
        trade.Direction == Direction.Long ? TradeSide.Long : TradeSide.Short,
        trade.EntryTimeNanos,
        trade.ExitTimeNanos,
        new Price(trade.EntryPrice),
        new Price(trade.ExitPrice),
        new Quantity(trade.EntryQuantity),
        new Money(trade.RealisedPnl),
        new Money(trade.Fees),
        trade.ExitReason.ToString(),
        (int)trade.FillCount)
    {
        Venue = _names.Venue(0, trade.InstrumentId),
        AdverseExcursion = new Money(trade.Adverse),
        FavourableExcursion = new Money(trade.Favourable),
        Slippage = new Money(trade.Slippage),
        Funding = new Money(trade.Funding),
    });
}
