using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Encodes what a person does with one order or one limit.</summary>
internal static class OperatorInputs
{
    public static byte[] Cancel(ulong order) => Order(OperatorOrderAction.Cancel, order, VenueOrderState.NULL_VALUE);

    public static byte[] Resolve(ulong order, VenueOrderState state, decimal? cumulative = null, decimal? average = null) =>
        Order(OperatorOrderAction.Resolve, order, state, Scaled.OrNull(cumulative), Scaled.OrNull(average));

    public static byte[] Order(
        OperatorOrderAction action, ulong order, VenueOrderState state, long cumulative = OperatorOrderDecoder.CumulativeQuantityNullValue,
        long average = OperatorOrderDecoder.AveragePriceNullValue)
    {
        var bytes = new byte[OperatorOrderEncoder.MinEncodedLength];
        var e = OperatorOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Action = action;
        e.ClientOrderId = order;
        e.State = state;
        e.CumulativeQuantity = cumulative;
        e.AveragePrice = average;
        e.SetReason(string.Empty);
        return bytes;
    }

    public static byte[] Limit(Scope scope, uint id, LimitKind limit, long raw)
    {
        var bytes = new byte[OperatorLimitEncoder.MinEncodedLength];
        var e = OperatorLimitEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Scope = scope;
        e.ScopeId = id;
        e.Limit = limit;
        e.Value = raw;
        e.SetReason(string.Empty);
        return bytes;
    }

    /// <summary>Bytes that the engine needs: the text behind a person's command is not the engine's to read, the edge checks it.</summary>
    public static int NeededLength(ReadOnlySpan<byte> input) =>
        MessageHeader.TryRead(input, out MessageHeader header)
        && header.TemplateId is OperatorCommandDecoder.TemplateId or OperatorOrderDecoder.TemplateId or OperatorLimitDecoder.TemplateId
            ? input.Length - 1
            : input.Length;
}
