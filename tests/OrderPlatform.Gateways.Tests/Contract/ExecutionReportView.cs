using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Contract;

/// <summary>An execution report as values.</summary>
internal sealed record ExecutionReportView(
    ulong Order, ulong VenueOrder, ulong Trade, ExecutionKind Kind, ReasonCode Reason, long Quantity, long Cumulative, long Leaves, long? Price)
{
    public ExecutionReportView(ExecutionReportDecoder report)
        : this(
            report.ClientOrderId, report.VenueOrderId, report.VenueTradeId, report.Kind, report.Reason, report.LastQuantity, report.CumulativeQuantity,
            report.LeavesQuantity, report.TryGetPrice(out long price) ? price : null)
    {
    }
}
