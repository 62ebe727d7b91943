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

    private readonly Dictionary<uint, string> _instruments = [];
    private readonly Dictionary<uint, string> _clients = [];
    private readonly Dictionary<uint, string> _strategies = [];
    private readonly Dictionary<uint, Money> _cash = [];
    private readonly Dictionary<uint, Price> _marks = [];
    private readonly Dictionary<(uint Strategy, uint Instrument), PositionView> _positions = [];
    private readonly Dictionary<(uint Strategy, uint Instrument), Money> _realised = [];
    private readonly Dictionary<uint, long> _barCloseNanos = [];
    private int _pendingFill = -1;
    private long _nowNanos;
    private long _sampledAtNanos;
    private Price _mark;
    private uint _markInstrument;
    private bool _barClosed;

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
                if (decision.Action == DecisionAction.Hold)
                {
                    Count(Record.Holds, decision.Reason);
                }

                break;
            case RiskEventDecoder.TemplateId when RiskEventDecoder.TryWrap(output, out RiskEventDecoder risk):
                Count(Record.RiskRejections, risk.Reason);
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
        Record.FinalEquity = Sum(_cash.Values) + Sum(_positions.Values.Select(ValueOf));
        Record.RealisedPnl = Sum(_positions.Values.Select(static p => p.Realised));
        Record.UnrealisedPnl = Sum(_positions.Values.Select(p => ValueOf(p) - p.Cost));
        Record.Fees = Sum(_positions.Values.Select(static p => p.Fees));
        Record.OpenPositions.AddRange(_positions
            .Where(static p => !p.Value.Quantity.IsZero)
            .OrderBy(static p => p.Key)
            .Select(p => new OpenPosition(
                NameOf(_instruments, p.Key.Instrument), p.Value.Quantity, p.Value.AveragePrice, _marks.GetValueOrDefault(p.Key.Instrument), ValueOf(p.Value) - p.Value.Cost)));
        return Record;
    }

    private static void Count(Dictionary<string, long> counts, ReasonCode reason)
    {
        string name = reason.ToString();
        counts[name] = counts.GetValueOrDefault(name) + 1;
    }

    private static string NameOf(Dictionary<uint, string> names, uint id) => names.TryGetValue(id, out string? name) ? name : $"#{id}";

    private static string Text(ReadOnlySpan<byte> ascii) => System.Text.Encoding.ASCII.GetString(ascii);

    private void OnConfiguration(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case InstrumentConfigurationDecoder.TemplateId when InstrumentConfigurationDecoder.TryWrap(message, out InstrumentConfigurationDecoder instrument):
                _instruments[instrument.InstrumentId] = Text(instrument.Symbol);
                Record.Instrument = string.Join(", ", _instruments.OrderBy(static i => i.Key).Select(static i => i.Value));
                break;
            case ClientConfigurationDecoder.TemplateId when ClientConfigurationDecoder.TryWrap(message, out ClientConfigurationDecoder client):
                _clients[client.ClientId] = Text(client.Name);
                Record.Client = string.Join(", ", _clients.OrderBy(static c => c.Key).Select(static c => c.Value));
                break;
            case StrategyConfigurationDecoder.TemplateId when StrategyConfigurationDecoder.TryWrap(message, out StrategyConfigurationDecoder strategy):
                _strategies[strategy.StrategyId] = Text(strategy.Name);
                Record.StrategyName = string.Join(", ", _strategies.OrderBy(static s => s.Key).Select(static s => s.Value));
                break;
            case AccountConfigurationDecoder.TemplateId when AccountConfigurationDecoder.TryWrap(message, out AccountConfigurationDecoder account):
                if (_cash.TryAdd(account.AccountId, new Money(account.InitialCash)))
                {
                    Record.InitialEquity += new Money(account.InitialCash);
                }

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
        _marks[instrumentId] = _mark;
    }

    private void Sample()
    {
        Quantity held = Quantity.Zero;
        foreach (KeyValuePair<(uint Strategy, uint Instrument), PositionView> position in _positions)
        {
            held += position.Key.Instrument == _markInstrument ? position.Value.Quantity : Quantity.Zero;
        }

        Money cash = Sum(_cash.Values);
        Record.Equity.Add(new EquityPoint(_nowNanos, cash + Sum(_positions.Values.Select(ValueOf)), cash, held, _mark));
        Record.Prices.Add(new PricePoint(_nowNanos, _mark));
    }

    // The engine values a position at its events only; a report values it at the newest price.
    private Money ValueOf(PositionView position) =>
        _marks.TryGetValue(position.Instrument, out Price mark) && !position.Quantity.IsZero ? mark.Value(position.Quantity) : position.Cost;

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, static (sum, amount) => sum + amount);

    private void OnOrder(in OrderEventDecoder order)
    {
        Orders.On(order, NameOf(_instruments, order.InstrumentId), NameOf(_strategies, order.StrategyId));
        bool isFill = order.LastQuantity > 0;
        Record.OrdersSent += order.Status == OrderStatus.PendingNew ? 1 : 0;
        Record.OrdersFilled += isFill && order.Status == OrderStatus.Filled ? 1 : 0;
        Record.OrdersRejected += order.Status == OrderStatus.Rejected && !isFill ? 1 : 0;
        if (isFill)
        {
            _pendingFill = Record.Fills.Count;
            Record.Fills.Add(new FillRecord(order.TimestampNanos, order.ClientOrderId, NameOf(_instruments, order.InstrumentId), order.Side == Side.Buy,
                new Price(order.LastPrice), new Quantity(order.LastQuantity), new Money(order.LastFee), Money.Zero, Quantity.Zero,
                NameOf(_strategies, order.StrategyId), order.Liquidity == Liquidity.Maker));
        }
    }

    private void OnPosition(in PositionEventDecoder position)
    {
        (uint, uint) key = (position.StrategyId, position.InstrumentId);
        Money before = _realised.GetValueOrDefault(key);
        var realised = new Money(position.RealisedPnl);
        _realised[key] = realised;
        _positions[key] = new PositionView(position.InstrumentId, new Quantity(position.Quantity), new Money(position.Cost), new Price(position.AveragePrice), realised,
            new Money(position.Fees));
        _cash[position.AccountId] = new Money(position.Cash);
        if (_pendingFill >= 0)
        {
            // The position's event follows the fill that changed it.
            Record.Fills[_pendingFill] = Record.Fills[_pendingFill] with { RealisedPnl = realised - before, PositionAfter = new Quantity(position.Quantity) };
            _pendingFill = -1;
        }
    }

    private void OnTrade(in TradeEventDecoder trade) => Record.Trades.Add(new TradeRecord(
        Record.Trades.Count + 1,
        NameOf(_clients, trade.ClientId),
        NameOf(_strategies, trade.StrategyId),
        NameOf(_instruments, trade.InstrumentId),
        trade.Direction == Direction.Long ? TradeSide.Long : TradeSide.Short,
        trade.EntryTimeNanos,
        trade.ExitTimeNanos,
        new Price(trade.EntryPrice),
        new Price(trade.ExitPrice),
        new Quantity(trade.EntryQuantity),
        new Money(trade.RealisedPnl),
        new Money(trade.Fees),
        trade.ExitReason.ToString(),
        (int)trade.FillCount));

    private readonly record struct PositionView(uint Instrument, Quantity Quantity, Money Cost, Price AveragePrice, Money Realised, Money Fees);
}
