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
                return Text($"amend {amend.ClientOrderId} {Number(amend.Quantity)} at {(amend.TryGetPrice(out long at) ? Number(at) : "0")} trigger {(amend.TryGetTriggerPrice(out long trigger) ? Number(trigger) : "0")}");
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

    private static string New(in NewOrderDecoder d) => Text(
        $"""
        new {d.ClientOrderId} {d.InstrumentId} {d.Side} {d.OrderType} {d.TimeInForce} {Number(d.Quantity)} at {(d.TryGetPrice(out long price) ? Number(price) : "0")} trigger {(d.TryGetTriggerPrice(out long trigger) ? Number(trigger) : "0")} trailing {(d.TryGetTrailingOffset(out long offset) ? Number(offset) : "0")} until {(d.TryGetExpireAtNanos(out long until) ? until : 0)} shows {(d.TryGetDisplayQuantity(out long shown) ? Number(shown) : "0")}{(d.PostOnly == YesNo.Yes ? " post" : "")}{(d.ReduceOnly == YesNo.Yes ? " reduce" : "")}
        """);

    private static string Number(long raw) => Scaled.Of(raw).ToString("0.########", CultureInfo.InvariantCulture);

    private static string Text(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
