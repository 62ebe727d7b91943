using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A request for an order, with all its terms.</summary>
internal sealed record SubmitRecord
{
    public uint Client { get; init; } = 1;

    public uint Strategy { get; init; } = 1;

    public uint Instrument { get; init; } = 1;

    public Side Side { get; init; } = Side.Buy;

    /// <summary>Without one, an order with a price is a limit order.</summary>
    public OrderType? Type { get; init; }

    public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCancelled;

    public decimal Quantity { get; init; } = 1;

    public decimal? Price { get; init; }

    public decimal? Trigger { get; init; }

    public decimal? Trailing { get; init; }

    public long? ExpireAtNanos { get; init; }

    public decimal? Display { get; init; }

    public bool PostOnly { get; init; }

    public bool ReduceOnly { get; init; }

    public ulong Link { get; init; }

    public LinkRole Role { get; init; }

    public ExecutionAlgorithm? Algorithm { get; init; }

    public ulong RequestId { get; init; } = 7;

    public byte[] Encode()
    {
        var bytes = new byte[SubmitOrderEncoder.EncodedLength];
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = Instrument;
        e.Side = Side;
        e.OrderType = Type ?? (Price is null ? OrderType.Market : OrderType.Limit);
        e.TimeInForce = TimeInForce;
        e.RequestId = RequestId;
        e.Quantity = Scaled.Raw(Quantity);
        e.Price = Scaled.OrNull(Price);
        e.TriggerPrice = Scaled.OrNull(Trigger);
        e.TrailingOffset = Scaled.OrNull(Trailing);
        e.ExpireAtNanos = ExpireAtNanos ?? long.MinValue;
        e.DisplayQuantity = Scaled.OrNull(Display);
        e.PostOnly = PostOnly ? YesNo.Yes : YesNo.No;
        e.ReduceOnly = ReduceOnly ? YesNo.Yes : YesNo.No;
        e.Leg = PositionLeg.NULL_VALUE;
        e.LinkId = Link;
        e.LinkRole = Role;
        e.Algorithm = Algorithm ?? ExecutionAlgorithm.NULL_VALUE;
        return bytes;
    }
}
