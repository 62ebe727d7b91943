using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>What a subscriber of events knows: positions, open orders, balances, markets and trading states. Whole once <see cref="IsWhole"/>.</summary>
public sealed class EventsBook : IEventsListener
{
    private readonly Dictionary<(uint Strategy, uint Instrument, PositionLeg Leg), ShownPosition> _positions = [];
    private readonly Dictionary<ulong, ShownOrder> _orders = [];
    private readonly Dictionary<uint, long> _balances = [];
    private readonly Dictionary<uint, ShownMarket> _markets = [];
    private readonly Dictionary<(Scope Scope, uint Id), TradingState> _states = [];

    /// <summary>The last input of which anything is known.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whether a snapshot has come to its end, so that all is as after <see cref="Sequence"/>.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>How it stands.</summary>
    public EventsStatus Status { get; private set; }

    /// <summary>Of a refusal, why; else empty.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>By strategy, instrument and leg; flat ones too.</summary>
    public IReadOnlyDictionary<(uint Strategy, uint Instrument, PositionLeg Leg), ShownPosition> Positions => _positions;

    /// <summary>Open orders by their client order id.</summary>
    public IReadOnlyDictionary<ulong, ShownOrder> Orders => _orders;

    /// <summary>Cash by account, times 1e8.</summary>
    public IReadOnlyDictionary<uint, long> Balances => _balances;

    /// <summary>By instrument.</summary>
    public IReadOnlyDictionary<uint, ShownMarket> Markets => _markets;

    /// <summary>States of shard, clients and strategies that are not active.</summary>
    public IReadOnlyDictionary<(Scope Scope, uint Id), TradingState> States => _states;

    /// <inheritdoc />
    public void OnEvent(long sequence, long timestampNanos, int index, EventPart part, ReadOnlySpan<byte> message)
    {
        Sequence = sequence;
        if (part == EventPart.SnapshotBegin)
        {
            Clear();
        }
        else if (part == EventPart.SnapshotEnd)
        {
            IsWhole = true;
        }
        else if (MessageHeader.TryRead(message, out MessageHeader header))
        {
            Apply(header.TemplateId, message);
        }
    }

    /// <inheritdoc />
    public void OnStatus(EventsStatus status, string detail)
    {
        (Status, Detail) = (status, detail);
        IsWhole &= status is EventsStatus.Live or EventsStatus.Snapshotting;
    }

    private void Clear()
    {
        IsWhole = false;
        _positions.Clear();
        _orders.Clear();
        _balances.Clear();
        _markets.Clear();
        _states.Clear();
    }

    private void Apply(ushort templateId, ReadOnlySpan<byte> message)
    {
        switch (templateId)
        {
            case PositionEventDecoder.TemplateId:
                OnPosition(PositionEventDecoder.WrapForDecodeAndApplyHeader(message));
                break;
            case OrderEventDecoder.TemplateId:
                OnOrder(OrderEventDecoder.WrapForDecodeAndApplyHeader(message));
                break;
            case CashEventDecoder.TemplateId:
                CashEventDecoder cash = CashEventDecoder.WrapForDecodeAndApplyHeader(message);
                _balances[cash.AccountId] = cash.Cash;
                break;
            case TradingStateEventDecoder.TemplateId:
                OnState(TradingStateEventDecoder.WrapForDecodeAndApplyHeader(message));
                break;
            case TopOfBookDecoder.TemplateId:
                TopOfBookDecoder book = TopOfBookDecoder.WrapForDecodeAndApplyHeader(message);
                _markets[book.InstrumentId] = new ShownMarket(book.BidPrice, book.AskPrice, (book.BidPrice + book.AskPrice + 1) / 2);
                break;
            case MarketTradeDecoder.TemplateId:
                MarketTradeDecoder trade = MarketTradeDecoder.WrapForDecodeAndApplyHeader(message);
                Mark(trade.InstrumentId, trade.Price);
                break;
            case BarDecoder.TemplateId:
                BarDecoder bar = BarDecoder.WrapForDecodeAndApplyHeader(message);
                Mark(bar.InstrumentId, bar.Close);
                break;
            default:
                break;
        }
    }

    private void OnPosition(in PositionEventDecoder position)
    {
        _positions[(position.StrategyId, position.InstrumentId, position.Leg)] = new ShownPosition(
            position.ClientId, position.AccountId, position.Quantity, position.Cost, position.RealisedPnl, position.Fees, position.Funding);
        _balances[position.AccountId] = position.Cash;
    }

    private void OnOrder(in OrderEventDecoder order)
    {
        if (OrderTransitions.IsOpen(order.Status))
        {
            _orders[order.ClientOrderId] = new ShownOrder(
                order.ClientId, order.StrategyId, order.InstrumentId, order.Side, order.Status, order.Quantity, order.CumulativeQuantity,
                order.LimitPrice == OrderEventDecoder.LimitPriceNullValue ? 0 : order.LimitPrice);
        }
        else
        {
            _orders.Remove(order.ClientOrderId);
        }
    }

    private void OnState(in TradingStateEventDecoder change)
    {
        if (change.State == TradingState.Active)
        {
            _states.Remove((change.Scope, change.ScopeId));
        }
        else
        {
            _states[(change.Scope, change.ScopeId)] = change.State;
        }
    }

    private void Mark(uint instrumentId, long price) => _markets[instrumentId] = _markets.GetValueOrDefault(instrumentId) with { Mark = price };
}
