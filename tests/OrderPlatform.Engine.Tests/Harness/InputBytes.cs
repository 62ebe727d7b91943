using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Encodes the inputs that run through a day, from raw numbers, so that tests can also say what no sane sender would.</summary>
internal static class InputBytes
{
    public static byte[] Tick(long timestampNanos)
    {
        var bytes = new byte[TickEncoder.EncodedLength];
        var e = TickEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.TimestampNanos = timestampNanos;
        return bytes;
    }

    public static byte[] EpochStart(ushort epoch, ushort shard = 3)
    {
        var bytes = new byte[EpochStartEncoder.EncodedLength];
        var e = EpochStartEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Epoch = epoch;
        e.ShardId = shard;
        return bytes;
    }

    public static byte[] ReconciliationStart(long resendWithinNanos)
    {
        var bytes = new byte[ReconciliationStartEncoder.EncodedLength];
        var e = ReconciliationStartEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ResendWithinNanos = resendWithinNanos;
        return bytes;
    }

    public static byte[] Status(ulong order, VenueOrderState state, long cumulative = 0, long leaves = 0, long price = OrderStatusReportDecoder.PriceNullValue,
        long average = OrderStatusReportDecoder.AveragePriceNullValue)
    {
        var bytes = new byte[OrderStatusReportEncoder.EncodedLength];
        var e = OrderStatusReportEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = order;
        e.InstrumentId = 1;
        e.VenueId = 1;
        e.State = state;
        e.CumulativeQuantity = cumulative;
        e.LeavesQuantity = leaves;
        e.Price = price;
        e.AveragePrice = average;
        return bytes;
    }

    public static byte[] Client(uint id)
    {
        var bytes = new byte[ClientConfigurationEncoder.EncodedLength];
        var e = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = id;
        return bytes;
    }

    public static byte[] Seed(uint strategy, uint instrument, long quantity, long averagePrice, long realised = 0, long fees = 0)
    {
        var bytes = new byte[PositionSeedEncoder.EncodedLength];
        var e = PositionSeedEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = strategy;
        e.InstrumentId = instrument;
        e.Quantity = quantity;
        e.AveragePrice = averagePrice;
        e.RealisedPnl = realised;
        e.Fees = fees;
        return bytes;
    }

    public static byte[] Trade(uint instrument, long price, long quantity = 1)
    {
        var bytes = new byte[MarketTradeEncoder.EncodedLength];
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = instrument;
        e.Aggressor = AggressorSide.Buy;
        e.Price = price;
        e.Quantity = quantity;
        return bytes;
    }

    public static byte[] Quote(uint instrument, long bid, long ask, long bidQuantity = 0, long askQuantity = 0)
    {
        var bytes = new byte[TopOfBookEncoder.EncodedLength];
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = instrument;
        e.BidPrice = bid;
        e.AskPrice = ask;
        e.BidQuantity = bidQuantity;
        e.AskQuantity = askQuantity;
        return bytes;
    }

    public static byte[] Bar(uint instrument, BarPhase phase, long open, long high, long low, long close, long openTimeNanos = 0, long closeTimeNanos = 1,
        long volume = 0)
    {
        var bytes = new byte[BarEncoder.EncodedLength];
        var e = BarEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = instrument;
        e.Phase = phase;
        e.OpenTimeNanos = openTimeNanos;
        e.CloseTimeNanos = closeTimeNanos;
        e.Open = open;
        e.High = high;
        e.Low = low;
        e.Close = close;
        e.Volume = volume;
        return bytes;
    }

    public static byte[] Signal(
        uint client, uint strategy, uint instrument, Direction direction, ulong id, long confidence = long.MinValue, long validUntilNanos = long.MinValue)
    {
        var bytes = new byte[SignalEncoder.EncodedLength];
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = client;
        e.StrategyId = strategy;
        e.InstrumentId = instrument;
        e.Direction = direction;
        e.SignalId = id;
        e.Confidence = confidence;
        e.ValidUntilNanos = validUntilNanos;
        return bytes;
    }

    public static byte[] Submit(
        uint client, uint strategy, uint instrument, Side side, OrderType type, long quantity, long price,
        TimeInForce timeInForce = TimeInForce.GoodTillCancelled, PositionLeg leg = PositionLeg.NULL_VALUE)
    {
        var bytes = new byte[SubmitOrderEncoder.EncodedLength];
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = client;
        e.StrategyId = strategy;
        e.InstrumentId = instrument;
        e.Side = side;
        e.OrderType = type;
        e.TimeInForce = timeInForce;
        e.Quantity = quantity;
        e.Price = price;
        e.Leg = leg;
        return bytes;
    }

    public static byte[] Cancel(ulong order, uint client)
    {
        var bytes = new byte[CancelOrderEncoder.EncodedLength];
        var e = CancelOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = order;
        e.ClientId = client;
        return bytes;
    }

    public static byte[] Amend(ulong order, uint client, long quantity, long price)
    {
        var bytes = new byte[AmendOrderEncoder.EncodedLength];
        var e = AmendOrderEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientOrderId = order;
        e.ClientId = client;
        e.Quantity = quantity;
        e.Price = price;
        return bytes;
    }

    public static byte[] Command(OperatorAction action, Scope scope, uint id)
    {
        var bytes = new byte[OperatorCommandEncoder.MinEncodedLength];
        var e = OperatorCommandEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.Action = action;
        e.Scope = scope;
        e.ScopeId = id;
        e.SetReason(string.Empty);
        return bytes;
    }
}
