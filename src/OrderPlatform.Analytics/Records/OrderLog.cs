using OrderPlatform.Engine.Numbers;
using OrderPlatform.HdrHistogram;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>An order as it stands after its last news.</summary>
/// <param name="ClientOrderId">Our id of it.</param>
/// <param name="DecidedAtNanos">When it was decided.</param>
/// <param name="Strategy">Strategy.</param>
/// <param name="Instrument">Symbol.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Type">Market or limit.</param>
/// <param name="Quantity">Ordered.</param>
/// <param name="LimitPrice">With limit orders, else zero.</param>
/// <param name="Filled">Executed.</param>
/// <param name="Value">Value of what was executed.</param>
/// <param name="Fees">Fees of what was executed, in the currencies they were taken in.</param>
/// <param name="Status">State.</param>
/// <param name="Reason">Why it ended, if the venue said.</param>
/// <param name="ExitReason">Why it ends a position, if it does.</param>
/// <param name="LastNewsNanos">When it was heard of last.</param>
public readonly record struct OrderRecord(
    ulong ClientOrderId, long DecidedAtNanos, string Strategy, string Instrument, Side Side, OrderType Type, Quantity Quantity, Price LimitPrice, Quantity Filled,
    Money Value, Money Fees, OrderStatus Status, ReasonCode Reason, ExitReason ExitReason, long LastNewsNanos)
{
    /// <summary>Average price of what was executed, half away from zero; zero if nothing was.</summary>
    public Price AveragePrice =>
        !Filled.IsZero && FixedPoint.TryMultiplyDivide(Value.Raw, FixedPoint.One, Filled.Raw, out long raw) ? new Price(raw) : Price.Zero;
}

/// <summary>Every order of a run, in order of decision.</summary>
public sealed class OrderLog
{
    private readonly Dictionary<ulong, int> _rows = [];
    private readonly List<OrderRecord> _orders = [];
    private readonly HashSet<ulong> _unanswered = [];

    /// <summary>The orders.</summary>
    public IReadOnlyList<OrderRecord> Orders => _orders;

    /// <summary>From the decision to the venue's first answer, in nanoseconds of the run's time (R93, R95).</summary>
    public LongHistogram AnswerLatencyNanos { get; } = NewHistogram();

    /// <summary>From the decision to the first fill, in nanoseconds of the run's time; an order that rests waits long (R93, R95).</summary>
    public LongHistogram FillLatencyNanos { get; } = NewHistogram();

    internal void On(in OrderEventDecoder e, string instrument, string strategy)
    {
        if (!_rows.TryGetValue(e.ClientOrderId, out int row))
        {
            row = _orders.Count;
            _rows.Add(e.ClientOrderId, row);
            _unanswered.Add(e.ClientOrderId);
            _orders.Add(new OrderRecord(e.ClientOrderId, e.TimestampNanos, strategy, instrument, e.Side, e.OrderType, default, default, default, default, default, default, default, e.ExitReason, 0));
        }

        OrderRecord order = _orders[row];
        NoteLatency(e, order);
        Money value = e.LastQuantity > 0 ? new Price(e.LastPrice).Value(new Quantity(e.LastQuantity)) : Money.Zero;
        _orders[row] = order with
        {
            Quantity = new Quantity(e.Quantity),
            LimitPrice = new Price(e.TryGetLimitPrice(out long limit) ? limit : 0),
            Filled = new Quantity(e.CumulativeQuantity),
            Value = order.Value + value,
            Fees = order.Fees + new Money(e.LastFee),
            Status = e.Status,
            Reason = e.Reason,
            LastNewsNanos = e.TimestampNanos,
        };
    }

    // A day at three digits is 280 KiB; a longer wait makes the range grow.
    private static LongHistogram NewHistogram() => new(86_400_000_000_000, 3) { AutoResize = true };

    // Time never goes back in a journal, so no difference is negative.
    private void NoteLatency(in OrderEventDecoder e, in OrderRecord order)
    {
        long nanos = e.TimestampNanos - order.DecidedAtNanos;
        if (e.Status is not (OrderStatus.PendingNew or OrderStatus.PendingCancel) && _unanswered.Remove(e.ClientOrderId))
        {
            AnswerLatencyNanos.RecordValue(nanos);
        }

        if (e.LastQuantity > 0 && order.Filled.IsZero)
        {
            FillLatencyNanos.RecordValue(nanos);
        }
    }
}
