using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A request for an order with all that it may carry.</summary>
internal sealed record SubmitRecord
{
    public uint Client { get; init; } = 1;

    public uint Strategy { get; init; } = 1;

    public uint Instrument { get; init; } = 1;

    public Side Side { get; init; } = Side.Buy;

    public OrderType Type { get; init; } = OrderType.Limit;

    public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCancelled;

    public decimal Quantity { get; init; } = 1m;

    public decimal? Price { get; init; }

    public decimal? Trigger { get; init; }

    public decimal? Trailing { get; init; }

    public long? ExpireAtNanos { get; init; }

    public decimal? Display { get; init; }

    public bool PostOnly { get; init; }

    public bool ReduceOnly { get; init; }

    public ulong Link { get; init; }

    public LinkRole Role { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[SubmitOrderEncoder.EncodedLength];
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = Instrument;
        e.Side = Side;
        e.OrderType = Type;
        e.TimeInForce = TimeInForce;
        e.Quantity = Raw(Quantity);
        e.Price = OrNull(Price);
        e.TriggerPrice = OrNull(Trigger);
        e.TrailingOffset = OrNull(Trailing);
        e.ExpireAtNanos = ExpireAtNanos ?? SubmitOrderDecoder.ExpireAtNanosNullValue;
        e.DisplayQuantity = OrNull(Display);
        e.PostOnly = PostOnly ? YesNo.Yes : YesNo.No;
        e.ReduceOnly = ReduceOnly ? YesNo.Yes : YesNo.No;
        e.LinkId = Link;
        e.LinkRole = Role;
        return bytes;
    }
}
