using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>An order from its making to its end, by the state table.</content>
internal sealed partial class NaiveOrders
{
    private NaiveOrder? Send(NaiveParent parent, decimal closing, decimal opening, OrderType type)
    {
        NaivePosition position = parent.Position;
        bool hasLimit = type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;
        var order = new NaiveOrder
        {
            Id = ((ulong)OrderSetup.Shard << 58) | (1UL << 46) | ((ulong)_sequence << 6) | (uint)_ordersOfInput,
            Position = position,
            Parent = parent,
            Side = parent.Side,
            Type = type,
            TimeInForce = parent.TimeInForce,
            PostOnly = parent.PostOnly,
            ReduceOnly = parent.ReduceOnly,
            EndsInEngine = !IsNative(type) || !IsNative(parent.TimeInForce),
            Quantity = closing + opening,
            Opening = parent is { Role: LinkRole.Secondary, ReduceOnly: true } ? 0 : opening,
            Display = parent.Algorithm == ExecutionAlgorithm.Immediate ? Math.Min(parent.Display, closing + opening) : 0,
            Limit = hasLimit ? parent.Limit : 0,
            Trigger = parent.Trigger,
            Offset = parent.Offset,
            ReservePrice = PriceOf(parent, type),
            ExpireAt = parent.TimeInForce switch
            {
                TimeInForce.GoodTillDate => parent.ExpireAt,
                TimeInForce.Day => NextDayEnd(),
                _ => 0,
            },
            Link = parent.Link,
            Role = parent.Role,
        };
        if (parent.TimeInForce == TimeInForce.GoodTillDate && parent.ExpireAt <= Now)
        {
            Refused(ReasonCode.Expired);
            return null;
        }

        if (order.ReduceOnly && order.Opening > 0 && order.Role != LinkRole.Secondary)
        {
            Refused(ReasonCode.NotReducing);
            return null;
        }

        if (order is { PostOnly: true, Type: OrderType.Limit } && !HasFeature(VenueFeatures.PostOnly) && WouldCross(order))
        {
            Refused(ReasonCode.WouldCross);
            return null;
        }

        _ordersOfInput++;
        Orders.Add(order.Id, order);
        Join(order);
        if (MustWaitForPrimary(order))
        {
            Arm(order);
        }
        else
        {
            Release(order);
        }

        return order;
    }

    private long NextDayEnd()
    {
        long day = Harness.EngineHarness.DayNanos;
        return ((Now - _setup.DayEndNanos) / day * day) + _setup.DayEndNanos + day;
    }

    private static bool WouldCross(NaiveOrder order)
    {
        NaiveInstrument instrument = order.Position.Instrument;
        return order.Side == Side.Buy ? instrument.Ask != 0 && order.Limit >= instrument.Ask : instrument.Bid != 0 && order.Limit <= instrument.Bid;
    }

    /// <summary>An order may go: to the watch over its trigger where the venue lacks its type, or out.</summary>
    private void Release(NaiveOrder order)
    {
        if (order.HasTrigger && !IsNative(order.Type))
        {
            order.IsWatched = true;
            order.Position.Instrument.Watched.Add(order);
            Arm(order);
        }
        else
        {
            ToVenue(order);
        }
    }

    private void SayNew(NaiveOrder order)
    {
        bool isNative = IsNative(order.Type);
        OrderType type = isNative ? order.Type : order.HasLimit ? OrderType.Limit : OrderType.Market;
        TimeInForce until = IsNative(order.TimeInForce) ? order.TimeInForce : TimeInForce.GoodTillCancelled;
        bool saysTrigger = isNative && order.HasTrigger && order.Type != OrderType.TrailingStop;
        decimal trigger = saysTrigger ? order.Trigger : 0;
        decimal trailing = isNative && order.Type == OrderType.TrailingStop ? order.Offset : 0;
        long end = until == TimeInForce.GoodTillDate ? order.ExpireAt : 0;
        decimal shown = HasFeature(VenueFeatures.Iceberg) ? order.Display : 0;
        string post = order.PostOnly && HasFeature(VenueFeatures.PostOnly) ? " post" : string.Empty;
        string reduce = order.ReduceOnly && HasFeature(VenueFeatures.ReduceOnly) ? " reduce" : string.Empty;
        string what = Text($"{order.Position.Instrument.Rules.Id} {order.Side} {type} {until} {order.Quantity:0.########}");
        string at = Text($"at {(order.HasLimit ? order.Limit : 0):0.########} trigger {trigger:0.########} trailing {trailing:0.########}");
        Say($"new {order.Id} {what} {at} until {end} shows {shown:0.########}{post}{reduce}");
    }

    private void SayAmend(NaiveOrder order)
    {
        bool saysTrigger = IsNative(order.Type) && order.HasTrigger && order.Type != OrderType.TrailingStop;
        (decimal limit, decimal trigger) = (order.HasLimit ? order.AmendLimit : 0, saysTrigger ? order.AmendTrigger : 0);
        Say($"amend {order.Id} {order.AmendQuantity:0.########} at {limit:0.########} trigger {trigger:0.########}");
    }

    private void SayCancel(NaiveOrder order) => Say($"cancel {order.Id}");

    /// <summary>Something of the engine's own happens to an order, where it has a meaning.</summary>
    private bool Happen(NaiveOrder order, string what, ReasonCode reason)
    {
        NaiveCell cell = NaiveTable.Of(order, what);
        if (cell.IsNothing || cell.IsLate)
        {
            return false;
        }

        Apply(order, cell, reason, 0);
        return true;
    }

    /// <summary>Moves an order by a cell and does all that follows from it. Fills are booked, and quantities adopted, before.</summary>
    private void Apply(NaiveOrder order, NaiveCell cell, ReasonCode reason, decimal filled)
    {
        OrderStatus before = order.Status;
        bool wasOpen = order.IsOpen;
        if (cell.Has("Release"))
        {
            Unwatch(order);
            LeaveQueue(order);
        }

        if (cell.To == "before" && order.CancelWaits)
        {
            LeaveQueue(order);
        }

        if (cell.Has("AskCancel") && order.Status != OrderStatus.PendingCancel)
        {
            order.Before = order.Status;
        }

        order.Status = cell.Next(order);
        if (cell.Has("Acknowledge") && order.Status == OrderStatus.PendingCancel)
        {
            order.Before = order.Cumulative == 0 ? OrderStatus.Working : OrderStatus.PartiallyFilled;
        }

        if (cell.Has("RefuseAmend"))
        {
            ForgetAmend(order);
        }

        if (order.IsOpen && cell.Has("Adopt") && order.Leaves == 0)
        {
            order.Status = OrderStatus.Filled;
        }

        if (!order.IsOpen)
        {
            order.Ended = Math.Max(0, order.Quantity - order.Cumulative);
        }

        if (reason != ReasonCode.None && wasOpen && !cell.Has("Doubt"))
        {
            order.Reason = reason;
        }

        if (cell.Has("AskCancel"))
        {
            AskCancel(order);
        }

        Follow(order, cell, before, wasOpen, wasOpen && !order.IsOpen, reason, filled);
    }

    private void Follow(NaiveOrder order, NaiveCell cell, OrderStatus before, bool wasOpen, bool hasEnded, ReasonCode reason, decimal filled)
    {
        if (!wasOpen)
        {
            Arm(order);
        }

        if (filled != 0)
        {
            OnFillOf(order, filled);
            OnFillOfGroup(order, filled);
        }

        if (!wasOpen)
        {
            return;
        }

        if (cell.Has("Requeue"))
        {
            BackToQueue(order);
        }

        bool isMissing = order.Reported > order.Cumulative;
        if (cell.Has("Doubt") || (isMissing && order.IsAtVenue))
        {
            Doubt(order, isMissing ? ReasonCode.FillGap : reason);
        }
        else if (cell.Has("Settle") && order.IsOpen)
        {
            TrySettle(order, isAnswer: false);
        }

        if (order.IsOpen && (before != order.Status || cell.HasAny("RefuseAmend", "Adopt")))
        {
            Arm(order);
        }

        if (hasEnded)
        {
            Finish(order);
        }
    }

    private void Finish(NaiveOrder order)
    {
        ReasonCode reason = order.Reason;
        bool wasInDoubt = order.InDoubt;
        bool isKnown = Settle(order);
        if (order.CancelWaits)
        {
            LeaveQueue(order);
        }

        AskForFills(order);
        LeaveGroup(order);
        OnEndOf(order, reason);
        if (isKnown)
        {
            Resume(order.Position.Client);
        }
        else if (wasInDoubt && order.Parent is { IsGone: false } parent)
        {
            AfterDoubt(parent);
        }
    }

    private void AskCancel(NaiveOrder order)
    {
        if (!order.InDoubt || (order.Before != OrderStatus.PendingNew && !order.Position.Client.IsReconciling))
        {
            CancelAtVenue(order);
        }
    }

    /// <summary>An order's one alarm: asking again, the venue's silence, the end of its time where the venue does not watch it.</summary>
    private void Arm(NaiveOrder order)
    {
        (long due, Action ring)? next = NextOf(order);
        order.Alarm = Set(order.Alarm, next?.due, () =>
        {
            order.Alarm = null;
            next!.Value.ring();
        });
    }

    private (long Due, Action Ring)? NextOf(NaiveOrder order)
    {
        if (order.InDoubt || (!order.IsOpen && order.Reported > order.Cumulative && order.Asks < 10))
        {
            return (Now + (Math.Min(60, 5L << Math.Min(order.Asks, 4)) * Second), () => AskAgain(order));
        }

        if (!order.IsOpen)
        {
            return null;
        }

        long? silence = SilenceOf(order);
        long? end = order.EndsInEngine && order.ExpireAt != 0 && order.Status != OrderStatus.PendingCancel ? order.ExpireAt : null;
        return silence is null && end is null ? null
            : end is null || silence <= end ? (silence!.Value, () => OnSilence(order))
            : (end.Value, () => Happen(order, "Expire", ReasonCode.Expired));
    }

    private long? SilenceOf(NaiveOrder order)
    {
        long timeout = _setup.TimeoutNanos(order.Position.Client.Id);
        return timeout == 0 || !order.IsAtVenue || order.CancelWaits ? null
            : IsAwaited(order) ? Now + timeout
            : order.Type == OrderType.Market ? Now + Math.Max(timeout, 5 * Second)
            : Now + Math.Max(timeout, Math.Max(60 * Second, timeout > 60 * Second ? 0 : timeout * 60));
    }

    private static bool IsAwaited(NaiveOrder order) => order.Status is OrderStatus.PendingNew or OrderStatus.PendingCancel || order.AmendQuantity != 0
        || order.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill;

    private void OnSilence(NaiveOrder order)
    {
        if (IsAwaited(order))
        {
            Happen(order, "Timeout", ReasonCode.ExecutionTimeout);
        }
        else
        {
            // It may simply rest, or find nothing to trade with: the question alone is no doubt.
            Ask(order);
            Arm(order);
        }
    }
}
