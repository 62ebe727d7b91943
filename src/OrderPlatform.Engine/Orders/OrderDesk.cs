using System;
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
    /// <summary>Takes an order that passed its checks: it goes to its venue, waits for room in a rate budget, or is held until its time comes.</summary>
    /// <returns>
    /// Its row, or -1 if the order table is full, the input made too many orders, a sum would not fit, or the venue and the engine cannot do it: recorded as
    /// a refusal.
    /// </returns>
    public static int Send(EngineState state, in ProposedOrder proposed, in OrderTerms terms)
    {
        ref Position position = ref state.Positions[proposed.Position];
        ref Client client = ref state.Clients[state.Strategies[position.Strategy].Client];
        if (OrderTable.IsFull(client) || state.OrdersOfInput == ClientOrderId.OrdersPerInputMax || state.Sequence > ClientOrderId.SequenceMax)
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.ReferenceData, ReasonCode.TableFull, client.OpenOrders, client.MaximumOrders));
            return -1;
        }

        Order order = Make(state, proposed, terms);
        if (OrderRules.Check(state, order) is { } refusal)
        {
            RiskRecords.Refused(state, proposed, refusal);
            return -1;
        }

        if (!HasRoom(state, order, 0))
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.Balance, ReasonCode.ArithmeticOverflow, proposed.Opening.Raw, proposed.Price.Raw));
            return -1;
        }

        state.OrdersOfInput++;
        state.Orders.Forget(state.Timers, client);
        int row = state.Orders.Add(ref client, order);
        state.Strategies[position.Strategy].OpenOrders++;
        position.ReduceOnlyOrders += order.ReduceOnly ? 1u : 0u;
        Reserve(state, ref state.Orders[row], 0);
        OrderLinks.Join(state, row);
        if (OrderLinks.MustWait(state, row))
        {
            OrderTimers.Arm(state, row);
        }
        else
        {
            HeldOrders.Begin(state, row, terms.Batch);
        }

        Events.Order(state, state.Orders[row]);
        return row;
    }

    /// <summary>Ends an order: at its venue, which is asked once, or at once where it never left the engine.</summary>
    public static void Cancel(EngineState state, ref Order order) => Cancel(state, ref order, ReasonCode.None);

    /// <summary>Ends an order for a reason.</summary>
    public static void Cancel(EngineState state, ref Order order, ReasonCode reason)
    {
        if (state.Orders.TryFind(order.ClientOrderId, out int row))
        {
            OrderChanges.TryApply(state, row, OrderEventKind.Cancel, reason);
        }
    }

    /// <summary>Asks for other numbers of an open order, which passed the checks.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="row">The order.</param>
    /// <param name="quantity">The whole new quantity, executed part included.</param>
    /// <param name="limit">The new limit, where its type has one.</param>
    /// <param name="trigger">The new trigger, or zero to keep it.</param>
    /// <returns>None, or why it was not asked for.</returns>
    public static ReasonCode Amend(EngineState state, int row, Quantity quantity, Price limit, Price trigger) =>
        OrderAmends.Ask(state, row, quantity, limit, trigger);

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
        ref Quantity pending = ref PendingClosing(ref position, order.Side);
        var closing = new Quantity(ClosingLeft(order));
        pending += closing - order.CountedClosing;
        order.CountedClosing = closing;

        Money reserved = TryHold(state, position, order, opening, out Money value) ? value : order.Reserved;
        state.Accounts[position.Account].Reserved += reserved - order.Reserved;
        state.Clients[state.Strategies[position.Strategy].Client].Movement.Add(state, Movement.Of(order.Reserved.Raw, reserved.Raw));
        order.Reserved = reserved;
        Valuation.Revalue(state, ref position);
    }

    /// <summary>Whether the sums that <see cref="Reserve"/> keeps stay within 64 bits when an order becomes <paramref name="after"/>.</summary>
    public static bool HasRoom(EngineState state, in Order after, long openingBefore)
    {
        ref Position position = ref state.Positions[after.Position];
        long opening = OpeningLeft(after);
        return TryHold(state, position, after, opening, out Money reserved)
            && (Int128)PendingClosing(ref position, after.Side).Raw + ClosingLeft(after) - after.CountedClosing.Raw <= long.MaxValue
            && (Int128)position.PendingOpening.Raw + opening - openingBefore <= long.MaxValue
            && (Int128)state.Accounts[position.Account].Reserved.Raw + reserved.Raw - after.Reserved.Raw <= long.MaxValue;
    }

    /// <summary>What open orders of one side can still take from a position.</summary>
    public static long ClosingLeft(EngineState state, int position, Side side) => PendingClosing(ref state.Positions[position], side).Raw;

    /// <summary>What of an order can still increase exposure.</summary>
    public static long OpeningLeft(in Order order) =>
        !order.IsOpen || order.Leaves.Raw <= 0 ? 0 : order.Leaves < order.Opening ? order.Leaves.Raw : order.Opening.Raw;

    private static long ClosingLeft(in Order order) => order.IsOpen && order.Leaves.Raw > 0 ? order.Leaves.Raw - OpeningLeft(order) : 0;

    private static ref Quantity PendingClosing(ref Position position, Side side) =>
        ref side == Side.Buy ? ref position.PendingClosingBuy : ref position.PendingClosingSell;

    // Inverse instruments are worth a negative amount: what is held back is the notional.
    private static bool TryHold(EngineState state, in Position position, in Order order, long opening, out Money held)
    {
        held = Money.Zero;
        if (opening == 0 || order.ReservePrice.IsZero)
        {
            return true;
        }

        bool fits = ContractValue.TryOf(state.Instruments[position.Instrument], order.ReservePrice, new Quantity(opening), out Money value);
        held = value.Raw < 0 ? -value : value;
        return fits;
    }

    private static Order Make(EngineState state, in ProposedOrder proposed, in OrderTerms terms)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[proposed.Position].Instrument];
        ref Venue venue = ref state.Venues[instrument.Venue];
        long expiry = OrderRules.ExpiryOf(terms, venue, state.NowNanos);
        return new Order
        {
            ClientOrderId = ClientOrderId.Make(state.Shard, state.Epoch, state.Sequence, state.OrdersOfInput),
            RequestId = proposed.RequestId,
            Position = proposed.Position,
            Origin = terms.Origin,
            Side = proposed.Side,
            Type = terms.Type,
            TimeInForce = terms.TimeInForce,
            Status = OrderStatus.Held,
            Target = terms.Target,
            ExitReason = terms.ExitReason,
            PostOnly = terms.PostOnly,
            ReduceOnly = terms.ReduceOnly,
            Emulated = !OrderKinds.IsNative(venue.Features, terms.Type) || !OrderKinds.IsNative(venue.Features, terms.TimeInForce),
            Quantity = proposed.Quantity,
            Opening = terms is { LinkRole: LinkRole.Secondary, ReduceOnly: true } ? Quantity.Zero : proposed.Opening,
            DisplayQuantity = terms.DisplayQuantity,
            LimitPrice = !OrderKinds.HasLimit(terms.Type) ? Price.Zero : terms.LimitPrice.IsZero ? proposed.Price : terms.LimitPrice,
            TriggerPrice = terms.TriggerPrice,
            TrailingOffset = terms.TrailingOffset,
            ReservePrice = proposed.Price,
            DecisionPrice = !terms.DecisionPrice.IsZero ? terms.DecisionPrice : terms.Parent < 0 ? instrument.Mark : state.Parents[terms.Parent].DecisionPrice,
            DecidedAtNanos = terms.DecidedAtNanos == 0 ? state.NowNanos : terms.DecidedAtNanos,
            ExpireAtNanos = expiry,
            LinkId = terms.LinkId,
            LinkRole = terms.LinkRole,
            IsProbe = Breakers.TakeProbe(state, proposed),
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
    }
}
