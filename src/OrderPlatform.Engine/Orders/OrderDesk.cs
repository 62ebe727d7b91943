using System;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>Sends, cancels and amends orders, and keeps the funds that they reserve.</summary>
internal static class OrderDesk
{
    /// <summary>Sends an order that passed its checks.</summary>
    /// <returns>Its row, or -1 if the order table is full, the input made too many orders or a sum would not fit: recorded as a refusal.</returns>
    public static int Send(EngineState state, in ProposedOrder proposed, in OrderTerms terms)
    {
        ref Client client = ref state.Clients[state.Strategies[state.Positions[proposed.Position].Strategy].Client];
        if (OrderTable.IsFull(client) || state.OrdersOfInput == ClientOrderId.OrdersPerInputMax || state.Sequence > ClientOrderId.SequenceMax)
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.ReferenceData, ReasonCode.TableFull, client.OpenOrders, client.MaximumOrders));
            return -1;
        }

        var order = new Order
        {
            ClientOrderId = ClientOrderId.Make(state.Shard, state.Epoch, state.Sequence, state.OrdersOfInput++),
            RequestId = proposed.RequestId,
            Position = proposed.Position,
            Origin = terms.Origin,
            Side = proposed.Side,
            Type = terms.Type,
            TimeInForce = terms.TimeInForce,
            Status = OrderStatus.PendingNew,
            Target = terms.Target,
            ExitReason = terms.ExitReason,
            Quantity = proposed.Quantity,
            Opening = proposed.Opening,
            LimitPrice = terms.Type == OrderType.Limit ? proposed.Price : Price.Zero,
            TriggerPrice = terms.TriggerPrice,
            TrailingOffset = terms.TrailingOffset,
            ExpireAtNanos = terms.ExpireAtNanos,
            DisplayQuantity = terms.DisplayQuantity,
            PostOnly = terms.PostOnly,
            ReduceOnly = terms.ReduceOnly,
            LinkId = terms.LinkId,
            LinkRole = terms.LinkRole,
            ReservePrice = proposed.Price,
            DecidedAtNanos = state.NowNanos,
            SentAtNanos = state.NowNanos,
            DecisionPrice = terms.Parent < 0 ? state.Instruments[state.Positions[proposed.Position].Instrument].Mark : state.Parents[terms.Parent].DecisionPrice,
            ArrivalPrice = state.Instruments[state.Positions[proposed.Position].Instrument].Mark,
            Parent = terms.Parent,
            ParentId = terms.Parent < 0 ? 0 : state.Parents[terms.Parent].Id,
            Timer = -1,
            Next = -1,
            NextOfParent = -1,
            NextHeld = -1,
            PreviousHeld = -1,
            NextQueued = -1,
            NextLinked = -1,
        };
        if (!HasRoom(state, order, 0))
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.Balance, ReasonCode.ArithmeticOverflow, proposed.Opening.Raw, proposed.Price.Raw));
            return -1;
        }

        int row = state.Orders.Add(ref client, order);
        Reserve(state, ref state.Orders[row], 0);
        VenueRequests.New(state, order);
        Events.Order(state, order);
        return row;
    }

    /// <summary>Asks the venue to cancel, once; if the order is in doubt, when it is known that it works there.</summary>
    public static void Cancel(EngineState state, ref Order order)
    {
        if (!order.IsOpen || order.Status == OrderStatus.PendingCancel)
        {
            return;
        }

        order.StatusBeforeCancel = order.Status;
        order.Status = OrderStatus.PendingCancel;
        if (!order.InDoubt)
        {
            VenueRequests.Cancel(state, order);
        }

        Events.Order(state, order);
    }

    /// <summary>
    /// Brings what the order holds back in line with what of it can still increase exposure. The part that closes executes first, so what
    /// opens is the last of the leaves.
    /// </summary>
    /// <param name="state">The engine.</param>
    /// <param name="order">The order after its change.</param>
    /// <param name="openingBefore">What could still increase exposure before the change.</param>
    public static void Reserve(EngineState state, ref Order order, long openingBefore)
    {
        long opening = OpeningLeft(order);
        ref Position position = ref state.Positions[order.Position];
        position.PendingOpening += new Quantity(opening - openingBefore);

        Money reserved = order.ReservePrice.TryValue(new Quantity(opening), out Money value) ? value : order.Reserved;
        state.Accounts[position.Account].Reserved += reserved - order.Reserved;
        order.Reserved = reserved;
    }

    /// <summary>Whether the sums that <see cref="Reserve"/> keeps stay within 64 bits when an order becomes <paramref name="after"/>.</summary>
    public static bool HasRoom(EngineState state, in Order after, long openingBefore)
    {
        ref Position position = ref state.Positions[after.Position];
        long opening = OpeningLeft(after);
        return after.ReservePrice.TryValue(new Quantity(opening), out Money reserved)
            && (Int128)position.PendingOpening.Raw + opening - openingBefore <= long.MaxValue
            && (Int128)state.Accounts[position.Account].Reserved.Raw + reserved.Raw - after.Reserved.Raw <= long.MaxValue;
    }

    /// <summary>Gives an order the quantity and the limit that its venue has for it.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="order">The order.</param>
    /// <param name="openingBefore">What could still increase exposure before.</param>
    /// <param name="cumulative">The venue's executed quantity.</param>
    /// <param name="leaves">The venue's open quantity.</param>
    /// <param name="limit">Its limit; what is no price is not taken.</param>
    /// <returns><c>false</c> if the numbers cannot be right: they are reported and nothing has changed.</returns>
    public static bool TryAdopt(EngineState state, ref Order order, long openingBefore, long cumulative, long leaves, long limit)
    {
        Int128 quantity = (Int128)cumulative + leaves;
        if (quantity < order.Cumulative.Raw || quantity > Bounds.QuantityMax || quantity <= 0)
        {
            Events.Alert(state, Severity.Warning, ReasonCode.InvalidValue, ExecutionReportDecoder.TemplateId, order.ClientOrderId, order.Cumulative.Raw, leaves);
            return false;
        }

        // A changed quantity changes what opens: the part that closes comes first.
        Order amended = order;
        Quantity closing = order.Quantity - order.Opening;
        amended.Quantity = new Quantity((long)quantity);
        amended.Opening = amended.Quantity > closing ? amended.Quantity - closing : Quantity.Zero;
        if (order.Type == OrderType.Limit && Bounds.IsPrice(limit))
        {
            amended.LimitPrice = new Price(limit);
            amended.ReservePrice = amended.LimitPrice;
        }

        if (!HasRoom(state, amended, openingBefore))
        {
            Events.Alert(state, Severity.Critical, ReasonCode.ArithmeticOverflow, ExecutionReportDecoder.TemplateId, order.ClientOrderId,
                order.Quantity.Raw, amended.Quantity.Raw);
            return false;
        }

        Quantity before = order.Quantity;
        order = amended;
        ParentDesk.OnAmended(state, order, before);
        return true;
    }

    /// <summary>What open orders of one side can still take from a position. Walks all orders: for requests, not for the hot path.</summary>
    public static long ClosingLeft(EngineState state, int position, Side side)
    {
        Int128 sum = 0;
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            if (order.Position == position && order.Side == side && order.IsOpen && order.Leaves.Raw > 0)
            {
                sum += order.Leaves.Raw - OpeningLeft(order);
            }
        }

        return sum > long.MaxValue ? long.MaxValue : (long)sum;
    }

    /// <summary>What of an order can still increase exposure.</summary>
    public static long OpeningLeft(in Order order) =>
        !order.IsOpen || order.Leaves.Raw <= 0 ? 0 : order.Leaves < order.Opening ? order.Leaves.Raw : order.Opening.Raw;
}
