using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// Inputs that name an order by our id of it. The id has the sequence of the input that decided the order (<see cref="Engine.Orders.ClientOrderId"/>), so it
/// changes when
/// inputs before are gone.
/// </summary>
internal static class OrderReference
{
    /// <summary>Whether inputs of a template name an order.</summary>
    public static bool IsIn(ushort templateId) => templateId is ExecutionReportDecoder.TemplateId or OrderStatusReportDecoder.TemplateId
        or CancelOrderDecoder.TemplateId or AmendOrderDecoder.TemplateId or OperatorOrderDecoder.TemplateId;

    /// <summary>The order that a message names.</summary>
    /// <returns>False if the message is malformed or names none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out ulong clientOrderId)
    {
        bool isThere = true;
        clientOrderId = 0;
        if (ExecutionReportDecoder.TryWrap(message, out ExecutionReportDecoder report))
        {
            clientOrderId = report.ClientOrderId;
        }
        else if (OrderStatusReportDecoder.TryWrap(message, out OrderStatusReportDecoder status))
        {
            clientOrderId = status.ClientOrderId;
        }
        else if (CancelOrderDecoder.TryWrap(message, out CancelOrderDecoder cancel))
        {
            clientOrderId = cancel.ClientOrderId;
        }
        else if (AmendOrderDecoder.TryWrap(message, out AmendOrderDecoder amend))
        {
            clientOrderId = amend.ClientOrderId;
        }
        else if (OperatorOrderDecoder.TryWrap(message, out OperatorOrderDecoder order))
        {
            clientOrderId = order.ClientOrderId;
        }
        else
        {
            isThere = false;
        }

        return isThere;
    }

    /// <summary>Copies a message that <see cref="TryRead"/> has read, with another order.</summary>
    /// <param name="message">The message.</param>
    /// <param name="clientOrderId">The order that the copy names.</param>
    /// <param name="copy">As long as the message.</param>
    public static void Write(ReadOnlySpan<byte> message, ulong clientOrderId, Span<byte> copy)
    {
        // An encoder makes its block blank when it begins; what the message has is put back before the field is set.
        MessageHeader.TryRead(message, out MessageHeader header);
        switch (header.TemplateId)
        {
            case ExecutionReportDecoder.TemplateId:
                var report = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(copy);
                message.CopyTo(copy);
                report.ClientOrderId = clientOrderId;
                break;
            case OrderStatusReportDecoder.TemplateId:
                var status = OrderStatusReportEncoder.WrapForEncodeAndApplyHeader(copy);
                message.CopyTo(copy);
                status.ClientOrderId = clientOrderId;
                break;
            case CancelOrderDecoder.TemplateId:
                var cancel = CancelOrderEncoder.WrapForEncodeAndApplyHeader(copy);
                message.CopyTo(copy);
                cancel.ClientOrderId = clientOrderId;
                break;
            case OperatorOrderDecoder.TemplateId:
                var order = OperatorOrderEncoder.WrapForEncodeAndApplyHeader(copy);
                message.CopyTo(copy);
                order.ClientOrderId = clientOrderId;
                break;
            default:
                var amend = AmendOrderEncoder.WrapForEncodeAndApplyHeader(copy);
                message.CopyTo(copy);
                amend.ClientOrderId = clientOrderId;
                break;
        }
    }
}
