using System.Globalization;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>What went to a venue and what came from it, in one line.</summary>
/// <param name="names">What ids are called.</param>
internal sealed class VenueText(JournalNames names)
{
    /// <summary>The line.</summary>
    public string Of(Fact fact) => fact.Kind == LinkKind.Sent ? OfSent(fact.Message) : OfAnswer(fact.Message);

    private string OfSent(byte[] message)
    {
        if (NewOrderDecoder.TryWrap(message, out NewOrderDecoder order))
        {
            return $"order {Text(order.ClientOrderId)} to {names.Venues[order.VenueId]}, account {names.Accounts[order.AccountId]}: {order.Side} {order.OrderType} "
                + $"{Number(order.Quantity)} {names.Instruments[order.InstrumentId]}" + (order.TryGetPrice(out long price) ? $" at {Number(price)}" : "")
                + (order.TryGetTriggerPrice(out long trigger) ? $", trigger {Number(trigger)}" : "") + $", {order.TimeInForce}";
        }

        if (OrderCancelRequestDecoder.TryWrap(message, out OrderCancelRequestDecoder cancel))
        {
            return $"cancel of order {Text(cancel.ClientOrderId)} to {names.Venues[cancel.VenueId]}";
        }

        if (OrderAmendRequestDecoder.TryWrap(message, out OrderAmendRequestDecoder amend))
        {
            return $"amend of order {Text(amend.ClientOrderId)} to {names.Venues[amend.VenueId]}: {Number(amend.Quantity)}"
                + (amend.TryGetPrice(out long price) ? $" at {Number(price)}" : "");
        }

        OrderStatusRequestDecoder.TryWrap(message, out OrderStatusRequestDecoder ask);
        return $"question to {names.Venues[ask.VenueId]} what it knows of order {Text(ask.ClientOrderId)}; booked {Number(ask.CumulativeQuantity)}";
    }

    private string OfAnswer(byte[] message)
    {
        if (OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status))
        {
            return $"{names.Venues[status.VenueId]} knows order {Text(status.ClientOrderId)} as {status.State}: executed {Number(status.CumulativeQuantity)}, "
                + $"leaves {Number(status.LeavesQuantity)}";
        }

        ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report);
        return $"{names.Venues[report.VenueId]}: {report.Kind} of order {Text(report.ClientOrderId)}, its own {Text(report.VenueOrderId)}"
            + (report.Kind == ExecutionKind.Fill ? $", {Number(report.LastQuantity)} at {Number(report.LastPrice)}, fee {Number(report.Fee)}, trade {Text(report.VenueTradeId)}" : "")
            + $", executed {Number(report.CumulativeQuantity)}, leaves {Number(report.LeavesQuantity)}"
            + (report.Reason == ReasonCode.None ? "" : $" ({report.Reason})");
    }

    private static string Number(long raw) => FixedPointText.Format(raw);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
