using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// Fills that a venue names in its sum and cannot give (T4). Only after several answers with the same sum and an average price is the difference booked, as
/// one fill at the price that makes the average right, without a fee, and marked as an estimate. Were the real fills to come later they would count twice, so
/// what they repeat is held back.
/// </summary>
internal static class FillGaps
{
    /// <summary>Books the difference where the venue has given all that it has.</summary>
    /// <returns>Whether it was booked.</returns>
    public static bool TryEstimate(EngineState state, int row, in OrderStatusReportDecoder report)
    {
        ref Order order = ref state.Orders[row];
        if (order.Attempts < OrderDoubt.AsksBeforeEstimate || report.CumulativeQuantity != order.Reported.Raw || !report.TryGetAveragePrice(out long average)
            || !Bounds.IsPrice(average))
        {
            return false;
        }

        return TryBook(state, row, new Price(average), report.VenueTimeNanos, OrderStatusReportDecoder.TemplateId);
    }

    /// <summary>Books what is reported and not booked as one estimated fill.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="row">The order, of which more is reported than booked.</param>
    /// <param name="average">Of all its fills.</param>
    /// <param name="venueTimeNanos">When, by the venue.</param>
    /// <param name="templateId">Of the input that says so.</param>
    /// <returns>Whether it was booked.</returns>
    public static bool TryBook(EngineState state, int row, Price average, long venueTimeNanos, ushort templateId)
    {
        ref Order order = ref state.Orders[row];
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        Price price = FillReconciliation.NextPrice(instrument, order.Cumulative, order.FilledValue, order.Reported, average);
        if (!Bounds.IsPrice(price.Raw))
        {
            return false;
        }

        Quantity missing = order.Reported - order.Cumulative;
        var fill = new Fill(order.Side, price, missing, 0, FeeCurrency.Quote, state.NowNanos);
        if (!Bookkeeping.TryBook(state, row, fill, 0, out FillResult result))
        {
            return false;
        }

        order.Estimated += missing;
        Events.Alert(state, Severity.Critical, ReasonCode.EstimatedFill, templateId, order.ClientOrderId, missing.Raw, price.Raw);
        var news = new OrderNews(fill, Liquidity.None, 0, venueTimeNanos, IsEstimated: true);
        ReportProcessor.OnBooked(state, row, fill, result, order.Reported.Raw, news);
        return true;
    }

    /// <summary>Whether a fill repeats what was estimated: its sum is booked already.</summary>
    public static bool WasEstimated(ref Order order, in ExecutionReportDecoder report)
    {
        if (order.Estimated.IsZero || report.CumulativeQuantity > order.Cumulative.Raw)
        {
            return false;
        }

        var quantity = new Quantity(report.LastQuantity);
        order.Estimated = quantity < order.Estimated ? order.Estimated - quantity : Quantity.Zero;
        return true;
    }
}
