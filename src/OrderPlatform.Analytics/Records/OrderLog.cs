using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.HdrHistogram;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics;

/// <summary>Every order of a run, in order of decision.</summary>
public sealed class OrderLog
{
    private readonly Dictionary<ulong, int> _rows = [];
    private readonly List<OrderRecord> _orders = [];
    private readonly List<Money> _paid = [];

    /// <summary>The orders.</summary>
    public IReadOnlyList<OrderRecord> Orders => _orders;

    /// <summary>From sending to the venue's first answer, in nanoseconds of the run's time (R93, R95).</summary>
    public LongHistogram AnswerLatencyNanos { get; } = NewHistogram();

    /// <summary>From sending to the first fill, in nanoseconds of the run's time; an order that rests waits long (R93, R95).</summary>
    public LongHistogram FillLatencyNanos { get; } = NewHistogram();

    internal void On(in OrderEventDecoder e, RunNames names)
    {
        if (!_rows.TryGetValue(e.ClientOrderId, out int row))
        {
            row = _orders.Count;
            _rows.Add(e.ClientOrderId, row);
            _orders.Add(Begin(e, names));
            _paid.Add(Money.Zero);
        }

        OrderRecord order = _orders[row];
        bool isFill = e.LastQuantity > 0;
        bool isSent = e.Status is not (OrderStatus.Held or OrderStatus.Queued);
        bool isAnswer = isSent && e.Status is not (OrderStatus.PendingNew or OrderStatus.PendingCancel);
        Instrument contract = names.Contract(e.InstrumentId);
        _paid[row] += isFill ? Signed(contract, e.Side, new Price(e.LastPrice), new Quantity(e.LastQuantity)) : Money.Zero;
        var filled = new Quantity(e.CumulativeQuantity);
        _orders[row] = order with
        {
            Quantity = new Quantity(e.Quantity),
            LimitPrice = new Price(e.TryGetLimitPrice(out long limit) ? limit : 0),
            Filled = filled,
            Value = _paid[row].Abs(),
            AveragePrice = ContractValue.AveragePrice(contract, filled, _paid[row]),
            DecisionCost = ExecutionCost.Of(_paid[row], Signed(contract, e.Side, order.DecisionPrice, filled)),
            ArrivalCost = ExecutionCost.Of(_paid[row], Signed(contract, e.Side, new Price(e.ArrivalPrice), filled)),
            Fees = isFill ? order.Fees + QuoteFee(e) : order.Fees,
            Status = e.Status,
            Reason = e.Reason,
            LastNewsNanos = e.TimestampNanos,
            ArrivalPrice = new Price(e.ArrivalPrice),
            SentAtNanos = order.SentAtNanos ?? (isSent ? e.TimestampNanos : null),
            AnsweredAtNanos = order.AnsweredAtNanos ?? (isAnswer ? e.TimestampNanos : null),
            FirstFillNanos = order.FirstFillNanos ?? (isFill ? e.TimestampNanos : null),
            LastFillNanos = isFill ? e.TimestampNanos : order.LastFillNanos,
        };
        NoteLatency(order, _orders[row]);
    }

    /// <summary>
    /// What a fill's fee is worth in the currency of the account, as far as its own news says: a fee in another one is valued by the position's news.
    /// </summary>
    internal static Money QuoteFee(in OrderEventDecoder e) => e.FeeCurrency == FeeCurrency.Quote ? new Money(e.LastFee) : Money.Zero;

    /// <summary>The position's news tell what a fee was worth.</summary>
    internal void CorrectFees(ulong clientOrderId, Money difference)
    {
        if (!difference.IsZero && _rows.TryGetValue(clientOrderId, out int row))
        {
            _orders[row] = _orders[row] with { Fees = _orders[row].Fees + difference };
        }
    }

    // An inverse contract's value rises against its price in sign, so that what is paid above the reference is a cost with every kind.
    private static Money Signed(in Instrument contract, Side side, Price price, Quantity quantity) =>
        price.Raw <= 0 ? Money.Zero : ContractValue.Of(contract, price, side == Side.Buy ? quantity : -quantity);

    private static OrderRecord Begin(in OrderEventDecoder e, RunNames names) => new(
        e.ClientOrderId, e.DecidedAtNanos > 0 ? e.DecidedAtNanos : e.TimestampNanos, names.Strategy(e.StrategyId), names.Instrument(e.InstrumentId), e.Side,
        e.OrderType, default, default, default, default, default, default, default, e.ExitReason, 0)
    {
        Client = names.Client(e.ClientId),
        Venue = names.Venue(e.VenueId, e.InstrumentId),
        ParentId = e.ParentId,
        DecisionPrice = new Price(e.DecisionPrice),
    };

    // A day at three digits is 280 KiB; a longer wait makes the range grow.
    private static LongHistogram NewHistogram() => new(86_400_000_000_000, 3) { AutoResize = true };

    // Time never goes back in a journal, so no difference is negative.
    private void NoteLatency(in OrderRecord before, in OrderRecord after)
    {
        if (before.AnsweredAtNanos is null && after.AnsweredAtNanos is { } answered)
        {
            AnswerLatencyNanos.RecordValue(answered - after.SentAtNanos!.Value);
        }

        if (before.FirstFillNanos is null && after.FirstFillNanos is { } filled)
        {
            FillLatencyNanos.RecordValue(filled - (after.SentAtNanos ?? filled));
        }
    }
}
