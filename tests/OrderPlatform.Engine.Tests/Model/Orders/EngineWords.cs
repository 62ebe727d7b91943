using System.Globalization;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>The engine's requests, alarms, refusals and ends of parents in the words of the model.</summary>
internal static class EngineWords
{
    public static List<string> Said(BusinessLogicProcessor engine)
    {
        var said = new List<string>();
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (Line(engine.Outputs[i]) is { } line)
            {
                said.Add(line);
            }
        }

        return said;
    }

    private static string? Line(ReadOnlySpan<byte> bytes)
    {
        MessageHeader.TryRead(bytes, out MessageHeader header);
        switch (header.TemplateId)
        {
            case NewOrderDecoder.TemplateId:
                return New(NewOrderDecoder.WrapForDecodeAndApplyHeader(bytes));
            case OrderCancelRequestDecoder.TemplateId:
                return Text($"cancel {OrderCancelRequestDecoder.WrapForDecodeAndApplyHeader(bytes).ClientOrderId}");
            case OrderAmendRequestDecoder.TemplateId:
                var amend = OrderAmendRequestDecoder.WrapForDecodeAndApplyHeader(bytes);
                string limit = amend.TryGetPrice(out long at) ? Number(at) : "0";
                string trigger = amend.TryGetTriggerPrice(out long reached) ? Number(reached) : "0";
                return Text($"amend {amend.ClientOrderId} {Number(amend.Quantity)} at {limit} trigger {trigger}");
            case OrderStatusRequestDecoder.TemplateId:
                var ask = OrderStatusRequestDecoder.WrapForDecodeAndApplyHeader(bytes);
                return Text($"ask {ask.ClientOrderId} {Number(ask.CumulativeQuantity)}");
            case AlertEventDecoder.TemplateId:
                var alert = AlertEventDecoder.WrapForDecodeAndApplyHeader(bytes);
                return Text($"alert {alert.Reason} {alert.SubjectId}");
            case RiskEventDecoder.TemplateId:
                return Text($"refused {RiskEventDecoder.WrapForDecodeAndApplyHeader(bytes).Reason}");
            case ParentEventDecoder.TemplateId:
                var parent = ParentEventDecoder.WrapForDecodeAndApplyHeader(bytes);
                return parent.Status is ParentStatus.Done or ParentStatus.Ended
                    ? Text($"parent {parent.ParentId} of {Number(parent.Quantity)} executed {Number(parent.Executed)} ended {Number(parent.Ended)}")
                    : null;
            default:
                return null;
        }
    }

    private static string New(in NewOrderDecoder d)
    {
        string price = d.TryGetPrice(out long limit) ? Number(limit) : "0";
        string trigger = d.TryGetTriggerPrice(out long reached) ? Number(reached) : "0";
        string trailing = d.TryGetTrailingOffset(out long offset) ? Number(offset) : "0";
        long end = d.TryGetExpireAtNanos(out long until) ? until : 0;
        string shown = d.TryGetDisplayQuantity(out long display) ? Number(display) : "0";
        string flags = (d.PostOnly == YesNo.Yes ? " post" : string.Empty) + (d.ReduceOnly == YesNo.Yes ? " reduce" : string.Empty);
        string what = Text($"{d.InstrumentId} {d.Side} {d.OrderType} {d.TimeInForce} {Number(d.Quantity)}");
        return Text($"new {d.ClientOrderId} {what} at {price} trigger {trigger} trailing {trailing} until {end} shows {shown}{flags}");
    }

    private static string Number(long raw) => Scaled.Of(raw).ToString("0.########", CultureInfo.InvariantCulture);

    private static string Text(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
