using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>What the venue says: mostly of orders that are open and with numbers that agree, else late, doubled, out of order, missing or impossible.</content>
internal sealed partial class OrderSteps
{
    private OrderStep Report()
    {
        NaiveOrder? order = Some();
        if (order is null || Rarely(16))
        {
            return WildReport(order);
        }

        ExecutionKind kind = KindFor(order);
        bool isFill = kind == ExecutionKind.Fill;
        decimal lot = order.Position.Instrument.Rules.QuantityStep;
        decimal quantity = !isFill ? 0 : random.Next(2) == 0 && order.Leaves > 0 ? order.Leaves
            : random.Next(12) == 0 ? order.Quantity + lot
            : Math.Max(lot, decimal.Floor(order.Leaves * random.Next(1, 10) / 10 / lot) * lot);
        decimal sum = Math.Max(0, order.Cumulative + quantity + (random.Next(14) == 0 ? random.Next(-3, 6) * lot : 0));
        decimal leaves = kind == ExecutionKind.Amended && order.AmendQuantity > 0 ? order.AmendQuantity - sum : Math.Max(0, order.Quantity - sum);
        bool isAgain = isFill && random.Next(14) == 0 && _trades > 0;
        return Step(new Report
        {
            Order = order.Id,
            Kind = kind,
            Side = order.Side,
            TradeId = !isFill ? 0 : isAgain ? (ulong)random.NextInt64(1, (long)_trades + 1) : ++_trades,
            Quantity = Scaled.Raw(quantity),
            Price = isFill ? Scaled.Raw(PriceOf()) : 0,
            Fee = isFill ? random.Next(-10_000, 1_000_000) : 0,
            FeeCurrency = isFill && Rarely(8) ? FeeCurrency.Base : FeeCurrency.Quote,
            Cumulative = Scaled.Raw(sum),
            Leaves = Scaled.Raw(leaves),
            NewPrice = kind == ExecutionKind.Amended && random.Next(2) == 0 ? Scaled.Raw(PriceOf()) : null,
            Reason = Pick(ReasonCode.None, ReasonCode.RejectedByVenue, ReasonCode.Throttled, ReasonCode.InsufficientBalance, ReasonCode.WouldCross),
            RetryAfterNanos = !Rarely(6) ? random.Next(0, 15) * EngineHarness.SecondNanos : null,
        });
    }

    private ExecutionKind KindFor(NaiveOrder order) => random.Next(10) == 0 ? (ExecutionKind)random.Next(1, 12) : order switch
    {
        { Status: OrderStatus.PendingCancel } => Pick(
            ExecutionKind.Cancelled, ExecutionKind.Cancelled, ExecutionKind.CancelRejected, ExecutionKind.Fill, ExecutionKind.Accepted, ExecutionKind.Unknown),
        { AmendQuantity: > 0 } => Pick(ExecutionKind.Amended, ExecutionKind.AmendRejected, ExecutionKind.Fill, ExecutionKind.Unknown),
        { Status: OrderStatus.PendingNew } => Pick(
            ExecutionKind.Accepted, ExecutionKind.Accepted, ExecutionKind.Rejected, ExecutionKind.Fill, ExecutionKind.Unknown, ExecutionKind.Throttled),
        _ => Pick(
            ExecutionKind.Fill, ExecutionKind.Fill, ExecutionKind.Fill, ExecutionKind.Cancelled, ExecutionKind.Expired, ExecutionKind.Triggered,
            ExecutionKind.Unknown),
    };

    private OrderStep WildReport(NaiveOrder? order) => Step(new Report
    {
        Order = order?.Id ?? (ulong)random.NextInt64(),
        Kind = (ExecutionKind)random.Next(Rarely(3) ? 256 : 13),
        Side = Rarely(5) ? (Side)random.Next(256) : order?.Side ?? Side.Buy,
        TradeId = ++_trades,
        Quantity = Rarely(3) ? Extreme() : Scaled.Raw(random.Next(1, 6)),
        Price = Rarely(3) ? Extreme() : Scaled.Raw(100),
        FeeCurrency = Rarely(6) ? (FeeCurrency)random.Next(3, 256) : FeeCurrency.Quote,
        Fee = Rarely(6) ? Pick(long.MinValue, long.MaxValue, 5_000_000_000_000_000_001) : 0,
        Cumulative = Rarely(4) ? Extreme() : Scaled.Raw(random.Next(0, 10)),
        Leaves = Rarely(4) ? Extreme() : Scaled.Raw(random.Next(0, 10)),
        NewPrice = Rarely(4) ? Pick(0L, -1, long.MaxValue) : null,
        RetryAfterNanos = Rarely(4) ? Pick(0L, -1, 5_000_000_000) : null,
    });

    private static OrderStep Step(Report report)
    {
        NaiveReport read = NaiveReport.Of(report);
        return new OrderStep(report.Encode(), model => model.OnReport(read), read);
    }

    private OrderStep Status()
    {
        NaiveOrder[] doubted = [.. model.Orders.Values.Where(order => order.InDoubt || order.Reported > order.Cumulative)];
        NaiveOrder? order = doubted.Length > 0 && random.Next(6) > 0 ? doubted[random.Next(doubted.Length)] : Some();
        ulong id = order?.Id ?? (ulong)random.NextInt64();
        VenueOrderState state = Rarely(30) ? (VenueOrderState)random.Next(256) : (VenueOrderState)random.Next(1, 5);
        decimal lot = order?.Position.Instrument.Rules.QuantityStep ?? 1;
        decimal known = order is null ? 0 : Math.Max(order.Cumulative, order.Reported);
        decimal sum = known + (random.Next(10) == 0 ? random.Next(-2, 4) * lot : 0);
        long rawSum = Rarely(50) ? Extreme() : Scaled.Raw(sum);
        decimal leaves = order is { AmendQuantity: > 0 } && random.Next(2) == 0 ? order.AmendQuantity - sum : Math.Max(0, (order?.Quantity ?? 5) - sum);
        long rawLeaves = Rarely(50) ? Extreme() : Scaled.Raw(leaves);
        decimal? limit = random.Next(6) == 0 ? PriceOf() : null;
        decimal? average = random.Next(3) > 0 ? PriceOf() : null;
        return new OrderStep(
            InputBytes.Status(id, state, rawSum, rawLeaves, Scaled.OrNull(limit), Scaled.OrNull(average)),
            model => model.OnStatus(id, state, Scaled.Of(rawSum), Scaled.Of(rawLeaves), limit, average));
    }
}
