using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>Orders in snapshots, open and ended, in the order of their rows.</summary>
internal static class OrderRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Orders.Rows.Length; row++)
        {
            ref readonly Order order = ref state.Orders.Rows[row];
            var e = SnapshotOrderEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotOrderEncoder.EncodedLength));
            e.Row = (uint)row;
            e.PositionRow = (uint)order.Position;
            e.ClientOrderId = order.ClientOrderId;
            e.RequestId = order.RequestId;
            e.NextEndedRow = order.Next;
            e.Origin = order.Origin;
            e.Side = order.Side;
            e.OrderType = order.Type;
            e.TimeInForce = order.TimeInForce;
            e.Status = order.Status;
            e.StatusBeforeCancel = order.StatusBeforeCancel == default ? OrderStatus.NULL_VALUE : order.StatusBeforeCancel;
            e.ExitReason = order.ExitReason;
            e.Target = order.Target;
            e.Reason = order.Reason;
            e.Quantity = order.Quantity.Raw;
            e.Cumulative = order.Cumulative.Raw;
            e.Ended = order.Ended.Raw;
            e.Opening = order.Opening.Raw;
            e.LimitPrice = order.LimitPrice.Raw;
            e.ReservePrice = order.ReservePrice.Raw;
            e.Reserved = order.Reserved.Raw;
            e.DecidedAtNanos = order.DecidedAtNanos;
            e.InDoubt = YesNoValue.Of(order.InDoubt);
            writer.Commit();
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotOrderDecoder.TemplateId))
        {
            SnapshotOrderDecoder record =
                SnapshotOrderDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotOrderDecoder.TemplateId, SnapshotOrderDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Orders.Rows.Length, state.Limits.Orders);
            int position = reader.RequireRow(record.PositionRow, "positionRow", state.Positions.Count);
            RequireKinds(reader, record);
            RequireNumbers(reader, record, state.NowNanos);
            Order order = Order(record, position);
            order.InDoubt = YesNoValue.Read(reader, record.InDoubt, "inDoubt");
            reader.Require(!order.InDoubt || order.IsOpen, "inDoubt", 1, "of an order that has ended");
            bool isNew = state.Orders.TryRestore(order);
            reader.Require(isNew, "clientOrderId", unchecked((long)record.ClientOrderId), "is there already");
        }
    }

    /// <summary>Makes the list of ended orders again, once all rows are there.</summary>
    /// <exception cref="SnapshotException">The links are not one list of all ended orders.</exception>
    public static void Link(EngineState state)
    {
        if (!state.Orders.TryLink(out int wrong))
        {
            throw new SnapshotException($"row {wrong} (SnapshotOrder)", "nextEndedRow", $"{state.Orders[wrong].Next} does not fit the list of ended orders");
        }
    }

    // The reason is not checked: it is the venue's word, which the engine keeps as it came.
    private static void RequireKinds(in SnapshotReader reader, in SnapshotOrderDecoder record)
    {
        reader.Require(record.Origin is OrderOrigin.Intent or OrderOrigin.Request, "origin", (long)record.Origin);
        reader.Require(record.Side is Side.Buy or Side.Sell, "side", (long)record.Side);
        reader.Require(record.OrderType is OrderType.Market or OrderType.Limit, "orderType", (long)record.OrderType);
        reader.Require(record.TimeInForce is >= TimeInForce.GoodTillCancelled and <= TimeInForce.FillOrKill, "timeInForce", (long)record.TimeInForce);
        reader.Require(record.Status is >= OrderStatus.PendingNew and <= OrderStatus.Expired, "status", (long)record.Status);
        bool isAsked = record.StatusBeforeCancel is >= OrderStatus.PendingNew and <= OrderStatus.PartiallyFilled;
        reader.Require(isAsked || record.StatusBeforeCancel == OrderStatus.NULL_VALUE, "statusBeforeCancel", (long)record.StatusBeforeCancel);
        reader.Require(record.ExitReason is >= ExitReason.None and <= ExitReason.Manual, "exitReason", (long)record.ExitReason);
        reader.Require(record.Target is Direction.Short or Direction.Neutral or Direction.Long, "target", (long)record.Target);
    }

    private static void RequireNumbers(in SnapshotReader reader, in SnapshotOrderDecoder record, long nowNanos)
    {
        reader.Require(Bounds.IsQuantity(record.Quantity), "quantity", record.Quantity);
        reader.Require(record.Cumulative >= 0, "cumulative", record.Cumulative);
        reader.Require(Bounds.IsQuantityOrZero(record.Ended), "ended", record.Ended);
        reader.Require(record.Opening >= 0 && record.Opening <= record.Quantity, "opening", record.Opening);
        reader.Require(record.LimitPrice >= 0, "limitPrice", record.LimitPrice);
        reader.Require(record.ReservePrice >= 0, "reservePrice", record.ReservePrice);
        reader.Require(record.Reserved >= 0, "reserved", record.Reserved);
        reader.Require(record.DecidedAtNanos >= 0 && record.DecidedAtNanos <= nowNanos, "decidedAtNanos", record.DecidedAtNanos);
    }

    private static Order Order(in SnapshotOrderDecoder record, int position) => new()
    {
        ClientOrderId = record.ClientOrderId,
        RequestId = record.RequestId,
        Position = position,
        Next = record.NextEndedRow,
        Origin = record.Origin,
        Side = record.Side,
        Type = record.OrderType,
        TimeInForce = record.TimeInForce,
        Status = record.Status,
        StatusBeforeCancel = record.StatusBeforeCancel == OrderStatus.NULL_VALUE ? default : record.StatusBeforeCancel,
        ExitReason = record.ExitReason,
        Target = record.Target,
        Reason = record.Reason,
        Quantity = new Quantity(record.Quantity),
        Cumulative = new Quantity(record.Cumulative),
        Ended = new Quantity(record.Ended),
        Opening = new Quantity(record.Opening),
        LimitPrice = new Price(record.LimitPrice),
        ReservePrice = new Price(record.ReservePrice),
        Reserved = new Money(record.Reserved),
        DecidedAtNanos = record.DecidedAtNanos,
    };
}
