using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Backtest;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// Notes what happens in a world: its orders by their causes, the steps that one recorded input led to, counts, and how far the result fell. At most
/// <see cref="OrdersMax"/> orders.
/// </summary>
internal sealed class WorldLog : ILoopObserver
{
    /// <summary>Orders of a world that are kept.</summary>
    public const int OrdersMax = 4_000_000;

    private const long SampleNanos = 60_000_000_000;

    private readonly bool _keepsOrders;
    private readonly List<WorldOrder> _orders = [];
    private readonly Dictionary<ulong, WorldOrder> _byId = [];
    private readonly Dictionary<OrderCause, WorldOrder> _byCause = [];
    private readonly Dictionary<OrderCause, int> _alike = [];
    private readonly List<WorldStep> _steps = [];
    private readonly List<long> _answerNanos = [];
    private readonly SortedDictionary<ReasonCode, long> _refusals = [];
    private Int128 _peak;
    private long _sampledAtNanos;

    /// <summary>A log.</summary>
    /// <param name="keepsOrders">Whether orders are kept, or only counted.</param>
    public WorldLog(bool keepsOrders) => _keepsOrders = keepsOrders;

    /// <summary>The recorded input that is at work.</summary>
    public InputPlace Place { get; private set; }

    /// <summary>Steps since that began.</summary>
    public List<WorldStep> Steps => _steps;

    public IReadOnlyList<WorldOrder> Orders => _orders;

    public IReadOnlyDictionary<ReasonCode, long> Refusals => _refusals;

    public long OrderCount { get; private set; }

    public long FillCount { get; private set; }

    public long RefusalCount { get; private set; }

    public long DecisionCount { get; private set; }

    /// <summary>Orders that the venues rejected.</summary>
    public long RejectedCount { get; private set; }

    /// <summary>Largest fall of the result of all clients from its highest, times 1e8.</summary>
    public Int128 Drawdown { get; private set; }

    /// <summary>A configuration that the engine refused with the last input: its template, or 0.</summary>
    public ushort RefusedTemplate { get; private set; }

    /// <summary>A recorded input begins.</summary>
    public void Begin(InputPlace place)
    {
        Place = place;
        _steps.Clear();
    }

    /// <summary>The order of a cause, or null.</summary>
    public WorldOrder? Find(OrderCause cause) => _byCause.GetValueOrDefault(cause);

    /// <summary>The cause of an order, or null.</summary>
    public OrderCause? CauseOf(ulong clientOrderId) => _byId.TryGetValue(clientOrderId, out WorldOrder? order) ? order.Cause : null;

    /// <summary>The median time from an order's decision to its acknowledgement, or null if there was none.</summary>
    public long? MedianAnswerNanos()
    {
        if (_answerNanos.Count == 0)
        {
            return null;
        }

        _answerNanos.Sort();
        return _answerNanos[_answerNanos.Count / 2];
    }

    /// <inheritdoc />
    public void OnInput(BusinessLogicProcessor engine, ReadOnlySpan<byte> message)
    {
        RefusedTemplate = 0;
        OutputBatch outputs = engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            Take(outputs[i], engine.State);
        }

        if (engine.State.NowNanos - _sampledAtNanos >= SampleNanos || outputs.Count > 0)
        {
            _sampledAtNanos = engine.State.NowNanos;
            Sample(engine.State);
        }
    }

    /// <summary>Looks at the result once more, at the end.</summary>
    public void Sample(EngineState state)
    {
        Int128 result = 0;
        for (int client = 0; client < state.Clients.Count; client++)
        {
            result += Valuation.ResultOfClient(state, client).Raw;
        }

        _peak = result > _peak ? result : _peak;
        Drawdown = _peak - result > Drawdown ? _peak - result : Drawdown;
    }

    private void Take(ReadOnlySpan<byte> output, EngineState engine)
    {
        MessageHeader.TryRead(output, out MessageHeader header);
        switch (header.TemplateId)
        {
            case OrderEventDecoder.TemplateId when OrderEventDecoder.TryWrap(output, out OrderEventDecoder order):
                OnOrder(order);
                break;
            case DecisionEventDecoder.TemplateId when DecisionEventDecoder.TryWrap(output, out DecisionEventDecoder decision):
                DecisionCount++;
                _steps.Add(StepReader.Of(decision));
                break;
            case SizingEventDecoder.TemplateId when SizingEventDecoder.TryWrap(output, out SizingEventDecoder sizing):
                _steps.Add(StepReader.Of(sizing));
                break;
            case CheckEventDecoder.TemplateId when CheckEventDecoder.TryWrap(output, out CheckEventDecoder checks):
                StepReader.Add(_steps, checks);
                break;
            case RiskEventDecoder.TemplateId when RiskEventDecoder.TryWrap(output, out RiskEventDecoder refusal):
                RefusalCount++;
                _refusals[refusal.Reason] = _refusals.GetValueOrDefault(refusal.Reason) + 1;
                _steps.Add(StepReader.Of(refusal));
                break;
            case TradingStateEventDecoder.TemplateId when TradingStateEventDecoder.TryWrap(output, out TradingStateEventDecoder state):
                _steps.Add(StepReader.Of(state, engine));
                break;
            case AlertEventDecoder.TemplateId when AlertEventDecoder.TryWrap(output, out AlertEventDecoder alert):
                RefusedTemplate = alert.Reason is ReasonCode.InvalidValue or ReasonCode.MalformedInput ? alert.InputTemplateId : RefusedTemplate;
                break;
            default:
                break;
        }
    }

    private void OnOrder(in OrderEventDecoder e)
    {
        bool isFill = e.LastQuantity > 0;
        FillCount += isFill ? 1 : 0;
        if (!_byId.TryGetValue(e.ClientOrderId, out WorldOrder? order))
        {
            order = Begin(e);
        }

        if (e.AcknowledgedAtNanos > 0 && order.AcknowledgedAtNanos == 0)
        {
            order.AcknowledgedAtNanos = e.AcknowledgedAtNanos;
            _answerNanos.Add(e.AcknowledgedAtNanos - e.DecidedAtNanos);
        }

        RejectedCount += e.Status == OrderStatus.Rejected && order.Status != OrderStatus.Rejected ? 1 : 0;
        order.Type = e.OrderType;
        order.QuantityRaw = e.Quantity;
        order.LimitRaw = e.TryGetLimitPrice(out long limit) ? limit : 0;
        order.Status = e.Status;
        order.Reason = e.Reason;
        order.FilledRaw = e.CumulativeQuantity;
        order.ExitReason = e.ExitReason;
        if (isFill)
        {
            _steps.Add(StepReader.Of(e));
            order.Add(new WorldFill(e.LastPrice, e.LastQuantity, e.LastFee, e.Liquidity, e.TimestampNanos, Place.Sequence));
        }
    }

    private WorldOrder Begin(in OrderEventDecoder e)
    {
        if (_byId.Count == OrdersMax)
        {
            throw new WhatIfException($"the world has more than {OrdersMax} orders, which is all that are kept: ask of a journal with fewer");
        }

        var alike = new OrderCause(e.StrategyId, e.InstrumentId, e.RequestId, e.Origin, e.Side, e.DecidedAtNanos, 0);
        int ordinal = _alike.GetValueOrDefault(alike);
        _alike[alike] = ordinal + 1;
        var order = new WorldOrder(alike with { Ordinal = ordinal }, e.ClientOrderId, e.ClientId, Place);
        _byId.Add(e.ClientOrderId, order);
        _byCause[order.Cause] = order;
        OrderCount++;
        if (_keepsOrders)
        {
            _orders.Add(order);
        }

        return order;
    }
}
