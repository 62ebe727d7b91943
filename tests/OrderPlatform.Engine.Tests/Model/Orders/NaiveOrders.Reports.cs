using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>What the venue says (R63, R65, R69, T2 to T5, T17).</content>
internal sealed partial class NaiveOrders
{
    public void OnReport(NaiveReport report)
    {
        if (!Orders.TryGetValue(report.Order, out NaiveOrder? order))
        {
            Alert(ReasonCode.UnknownOrder, report.Order);
        }
        else if (report.Kind == ExecutionKind.Fill)
        {
            OnFill(order, report);
        }
        else
        {
            OnNews(order, report);
        }
    }

    private void OnNews(NaiveOrder order, NaiveReport report)
    {
        if (report.Kind == ExecutionKind.Throttled)
        {
            Block(report.RetryAfter);
            Alert(ReasonCode.Throttled, order.Id);
        }

        NaiveCell cell = NaiveTable.Of(order, report.Kind.ToString());
        if (cell.IsLate)
        {
            Alert(ReasonCode.LateReport, order.Id);
            return;
        }

        if (cell.IsNothing || (cell.Has("Adopt") && !TryTakeAmend(order, report)))
        {
            return;
        }

        if (report.Kind is not (ExecutionKind.CancelRejected or ExecutionKind.AmendRejected or ExecutionKind.Unknown or ExecutionKind.Throttled))
        {
            CheckGap(order, report.Cumulative);
        }

        ReasonCode refusal = report.Reason == ReasonCode.None ? ReasonCode.RejectedByVenue : report.Reason;
        Apply(order, cell, report.Kind switch
        {
            ExecutionKind.Rejected or ExecutionKind.CancelRejected or ExecutionKind.AmendRejected or ExecutionKind.Expired => refusal,
            ExecutionKind.Throttled => ReasonCode.Throttled,
            ExecutionKind.Unknown => ReasonCode.OutcomeUnknown,
            _ => ReasonCode.None,
        }, 0);
        if (report.Kind == ExecutionKind.CancelRejected)
        {
            AfterRefusedCancel(order);
        }
    }

    private void OnFill(NaiveOrder order, NaiveReport report)
    {
        if (!IsQuantity(report.Quantity) || !IsPrice(report.Price) || !IsFee(report) || report.Side != order.Side)
        {
            Alert(ReasonCode.InvalidValue, order.Id);
            return;
        }

        // One trade is one fill of each side of it (T5); what an estimate stands for is not counted again (T4).
        var trade = (order.Position.Client.Id, order.Position.Instrument.Rules.Id, order.Side, report.Trade);
        if (_trades.Contains(trade) || WasEstimated(order, report))
        {
            Alert(ReasonCode.DuplicateFill, report.Trade);
            return;
        }

        _trades.Add(trade);
        Book(order, report.Quantity, report.Price, report.Fee, report.Cumulative, report.FeeCurrency == FeeCurrency.Base);
    }

    private static bool IsFee(NaiveReport report) => report.FeeCurrency switch
    {
        FeeCurrency.Base => Math.Abs(report.Fee) < report.Quantity,
        FeeCurrency.Quote or FeeCurrency.Other => Math.Abs(report.Fee) <= 50_000_000_000,
        _ => false,
    };

    private static bool WasEstimated(NaiveOrder order, NaiveReport report)
    {
        if (order.Estimated == 0 || report.Cumulative > order.Cumulative)
        {
            return false;
        }

        order.Estimated = Math.Max(0, order.Estimated - report.Quantity);
        return true;
    }

    private void Book(NaiveOrder order, decimal quantity, decimal price, decimal fee, decimal venueSum, bool isFeeInBase = false)
    {
        order.Position.Fill(order.Side, quantity, price, fee, isFeeInBase);
        order.Cumulative += quantity;
        order.FilledValue += Value(quantity, price);
        NaiveCell cell = NaiveTable.Of(order, order.Cumulative >= order.Quantity ? "FillAll" : "FillPart");
        if (cell.IsLate)
        {
            Alert(ReasonCode.LateReport, order.Id);
        }

        if (order.Cumulative > order.Quantity)
        {
            Alert(ReasonCode.Overfill, order.Id);
        }

        CheckGap(order, venueSum);
        if (!order.HasFilled)
        {
            order.HasFilled = true;
            if (Budgets.Count > 0)
            {
                Wake(order.Position.Client);
            }
        }

        NaivePosition position = order.Position;
        Apply(order, cell, ReasonCode.None, quantity);
        FollowPosition(position);
    }

    /// <summary>
    /// Orders that only reduce stay in line with the position (T15): without one none stays open, and where the venue does not know the flag none is larger.
    /// </summary>
    private void FollowPosition(NaivePosition position)
    {
        foreach (NaiveOrder order in Orders.Values.ToList())
        {
            bool isWaiting = order is { Role: LinkRole.Secondary, Status: OrderStatus.Held, IsWatched: false };
            if (order.Position != position || !order.ReduceOnly || !order.IsOpen || isWaiting)
            {
                continue;
            }

            decimal most = position.ReducesBy(order.Side) ? position.Instrument.Lots(Math.Abs(position.Quantity)) : 0;
            if (most == 0)
            {
                Happen(order, "Cancel", ReasonCode.NotReducing);
            }
            else if (!HasFeature(VenueFeatures.ReduceOnly) && order.IsAtVenue && order.Leaves > most)
            {
                WantQuantity(order, order.Cumulative + most);
            }
        }
    }

    /// <summary>The venue's own sum against what is booked (T4).</summary>
    private void CheckGap(NaiveOrder order, decimal venueSum)
    {
        if (venueSum == order.Cumulative)
        {
            return;
        }

        Alert(ReasonCode.FillGap, order.Id);
        if (venueSum > order.Cumulative && IsQuantity(venueSum))
        {
            order.Reported = Math.Max(order.Reported, venueSum);
        }
    }
}

/// <summary>A report of a venue, in decimals.</summary>
internal sealed record NaiveReport(
    ulong Order, ExecutionKind Kind, Side Side, ulong Trade, decimal Quantity, decimal Price, decimal Fee, decimal Cumulative, decimal Leaves,
    decimal? NewLimit, ReasonCode Reason, long? RetryAfter, FeeCurrency FeeCurrency)
{
    public static NaiveReport Of(Report report) => new(
        report.Order, report.Kind, report.Side, report.TradeId, Scaled.Of(report.Quantity), Scaled.Of(report.Price), Scaled.Of(report.Fee),
        Scaled.Of(report.Cumulative), Scaled.Of(report.Leaves), report.NewPrice is { } price ? Scaled.Of(price) : null, report.Reason, report.RetryAfterNanos,
        report.FeeCurrency);
}
