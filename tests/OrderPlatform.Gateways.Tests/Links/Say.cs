using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>Requests and market events as an engine would send them.</summary>
internal static class Say
{
    public const ushort Venue = 1;
    public const uint Instrument = 1;
    public const long Second = 1_000_000_000;

    public static readonly SimulatedVenueOptions Options = new()
    {
        Seed = 5,
        Instruments = [new VenueInstrument { InstrumentId = Instrument, Tick = new Price(FixedPoint.One / 100), Step = new Quantity(1_000) }],
        OrderLatency = LatencyOptions.LogNormal(Second / 2, Second),
        FillRatio = new Ratio(FixedPoint.One / 3),
        FillProbability = new Ratio(FixedPoint.One / 2),
        TouchFills = true,
    };

    public static byte[] Order(ulong id, long timeNanos, long price, Side side = Side.Buy, OrderType type = OrderType.Limit, long quantity = FixedPoint.One)
    {
        byte[] buffer = new byte[NewOrderEncoder.EncodedLength];
        var e = NewOrderEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = id;
        e.AccountId = 1;
        e.StrategyId = 1;
        e.InstrumentId = Instrument;
        e.VenueId = Venue;
        e.Side = side;
        e.OrderType = type;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.Quantity = quantity;
        if (type == OrderType.Limit)
        {
            e.Price = price * FixedPoint.One;
        }

        e.DecidedAtNanos = timeNanos;
        return buffer;
    }

    public static byte[] Cancel(ulong id, long timeNanos)
    {
        byte[] buffer = new byte[OrderCancelRequestEncoder.EncodedLength];
        var e = OrderCancelRequestEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = id;
        e.InstrumentId = Instrument;
        e.VenueId = Venue;
        e.AccountId = 1;
        e.DecidedAtNanos = timeNanos;
        return buffer;
    }

    public static byte[] Amend(ulong id, long timeNanos, long price, long quantity)
    {
        byte[] buffer = new byte[OrderAmendRequestEncoder.EncodedLength];
        var e = OrderAmendRequestEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = id;
        e.InstrumentId = Instrument;
        e.VenueId = Venue;
        e.AccountId = 1;
        e.Quantity = quantity;
        e.Price = price * FixedPoint.One;
        e.DecidedAtNanos = timeNanos;
        return buffer;
    }

    public static byte[] Ask(ulong id, long cumulativeQuantity = 0)
    {
        byte[] buffer = new byte[OrderStatusRequestEncoder.EncodedLength];
        var e = OrderStatusRequestEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.ClientOrderId = id;
        e.InstrumentId = Instrument;
        e.VenueId = Venue;
        e.CumulativeQuantity = cumulativeQuantity;
        return buffer;
    }

    public static byte[] Trade(long timeNanos, long price, ulong number)
    {
        byte[] buffer = new byte[MarketTradeEncoder.EncodedLength];
        MarketMessages.Trade(buffer, Instrument, TradeEvent(timeNanos, price, number));
        return buffer;
    }

    public static MarketEvent TradeEvent(long timeNanos, long price, ulong number) =>
        MarketEvent.Trade(timeNanos, new Price(price * FixedPoint.One), new Quantity(FixedPoint.One), Aggressor.Unknown, number);

    public static byte[] Advance(long untilNanos, ulong reportsTaken, bool single)
    {
        byte[] buffer = new byte[VenueAdvanceEncoder.EncodedLength];
        var e = VenueAdvanceEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.UntilNanos = untilNanos;
        e.ReportsTaken = reportsTaken;
        e.Single = single ? YesNo.Yes : YesNo.No;
        return buffer;
    }
}
