using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>An execution report, in raw numbers.</summary>
internal sealed record Report
{
    public ulong Order { get; init; }

    public ExecutionKind Kind { get; init; }

    public Side Side { get; init; }

    public uint Instrument { get; init; } = 1;

    public ulong TradeId { get; init; }

    public long Quantity { get; init; }

    public long Price { get; init; }

    public long Fee { get; init; }

    public FeeCurrency FeeCurrency { get; init; }

    public Liquidity Liquidity { get; init; } = Liquidity.Taker;

    public long Cumulative { get; init; }

    public long Leaves { get; init; }

    public long? NewPrice { get; init; }

    public ReasonCode Reason { get; init; }

    public long? RetryAfterNanos { get; init; }

    public string? FeeAsset { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[ExecutionReportEncoder.EncodedLength];
        var e = ExecutionReportEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = Order;
        e.VenueTradeId = TradeId;
        e.InstrumentId = Instrument;
        e.VenueId = 1;
        e.Kind = Kind;
        e.Side = Side;
        e.Liquidity = Liquidity;
        e.FeeCurrency = FeeCurrency;
        e.Reason = Reason;
        e.LastQuantity = Quantity;
        e.LastPrice = Price;
        e.Fee = Fee;
        e.CumulativeQuantity = Cumulative;
        e.LeavesQuantity = Leaves;
        e.Price = NewPrice ?? ExecutionReportDecoder.PriceNullValue;
        if (FeeAsset is not null)
        {
            e.SetFeeAsset(FeeAsset);
        }

        e.RetryAfterNanos = RetryAfterNanos ?? ExecutionReportDecoder.RetryAfterNanosNullValue;
        return bytes;
    }
}
