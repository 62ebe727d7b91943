using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>Parent orders: what was asked for, whole, until it is executed or has ended (T6, T14, R77).</content>
internal sealed partial class NaiveOrders
{
    private void Start(NaiveParent parent)
    {
        NaivePosition position = parent.Position;
        decimal price = PriceOf(parent, parent.Type);

        // What belongs to a group is one order: peers of one leg would shrink each other.
        bool isSingle = parent.Algorithm == ExecutionAlgorithm.Immediate && (parent.Role != LinkRole.None || !MustSplit(position, parent.Quantity));
        if (WrongForVenue(position, parent.Quantity, parent.Opening, price, !isSingle) is { } wrong)
        {
            Refused(wrong);
            return;
        }

        parent.Id = ((ulong)_sequence << 6) | (uint)_parentsOfInput++;
        Parents.Add(parent.Id, parent);
        if (!isSingle)
        {
            Begin(parent);
        }
        else if (!SendChild(parent, parent.Quantity - parent.Opening, parent.Opening, parent.Type))
        {
            EndRest(parent, ReasonCode.TableFull);
        }
    }

    private void Begin(NaiveParent parent)
    {
        Harness.ExecutionRecord rules = parent.Position.Client.Rules;
        NaiveInstrument instrument = parent.Position.Instrument;
        parent.StartAt = Now;
        switch (parent.Algorithm)
        {
            case ExecutionAlgorithm.LimitThenMarket:
                parent.EndAt = Now + ((rules.LimitTimeoutSeconds ?? 60) * Second);
                break;
            case ExecutionAlgorithm.Twap:
                parent.Slices = rules.Slices ?? 10;
                parent.EndAt = Now + ((rules.DurationSeconds ?? 300) * Second);
                break;
            case ExecutionAlgorithm.Iceberg:
                decimal least = instrument.Least(PriceOf(parent, parent.Type));
                if (parent.Quantity < least)
                {
                    EndRest(parent, ReasonCode.QuantityBelowMinimum);
                    return;
                }

                parent.Display = Math.Max(least, instrument.Lots(parent.Quantity * (rules.Visible ?? 0.1m)));
                break;
        }

        Step(parent);
    }

    /// <summary>Of a limit the price, of a stop its trigger, of a market order the mark.</summary>
    private static decimal PriceOf(NaiveParent parent, OrderType type) =>
        type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched ? parent.Limit
        : parent.Trigger != 0 ? parent.Trigger
        : parent.Position.Instrument.Mark;

    private static bool MustSplit(NaivePosition position, decimal quantity) =>
        position.Client.Rules.Split && quantity > position.Instrument.Rules.MaximumQuantity;

    /// <summary>Sends a part of a parent with the position as it is now: what closes first, in as many orders as the venue's maximum needs (D3).</summary>
    /// <returns>Why not all of it went out.</returns>
    private ReasonCode? SendPart(NaiveParent parent, decimal quantity, OrderType type)
    {
        NaivePosition position = parent.Position;
        decimal closing = Math.Min(quantity, ClosableOf(parent));
        decimal opening = parent.ReduceOnly ? 0 : quantity - closing;
        ReasonCode? left = closing + opening < quantity ? ReasonCode.NotReducing : null;
        decimal whole = closing + opening;
        if (whole == 0)
        {
            return left;
        }

        int count = 1;
        if (MustSplit(position, whole))
        {
            NaiveInstrument instrument = position.Instrument;
            decimal largest = instrument.Lots(instrument.Rules.MaximumQuantity!.Value);
            int needed = (int)decimal.Ceiling(whole / largest);
            bool isLegal = instrument.Lots(whole) == whole && instrument.Lots(whole / needed) >= instrument.Least(PriceOf(parent, type));
            count = isLegal ? needed : 1;
        }

        decimal sent = 0;
        for (int child = 1; child <= count; child++)
        {
            decimal end = child == count ? whole : position.Instrument.Lots(whole * child / count);
            decimal part = end - sent;
            decimal closes = Math.Max(0, Math.Min(part, closing - sent));
            sent = end;
            if (SendOne(parent, closes, part - closes, type) is { } refused)
            {
                return left ?? refused;
            }
        }

        return left;
    }

    private decimal ClosableOf(NaiveParent parent)
    {
        NaivePosition position = parent.Position;
        if (!position.ReducesBy(parent.Side))
        {
            return 0;
        }

        IEnumerable<NaiveOrder> counted = parent.ReduceOnly ? parent.Orders : OpenOf(position).Where(order => order.Side == parent.Side);
        return Math.Max(0, position.Instrument.Lots(Math.Abs(position.Quantity)) - counted.Sum(order => order.ClosingLeft));
    }

    private ReasonCode? SendOne(NaiveParent parent, decimal closing, decimal opening, OrderType type)
    {
        if (_ordersOfInput == 64)
        {
            Arm(parent, Now);
            return null;
        }

        if (WrongForVenue(parent.Position, closing + opening, opening, PriceOf(parent, type), isWhole: false) is { } wrong)
        {
            Refused(wrong);
            return wrong;
        }

        return SendChild(parent, closing, opening, type) ? null : ReasonCode.TableFull;
    }

    private bool SendChild(NaiveParent parent, decimal closing, decimal opening, OrderType type)
    {
        if (Send(parent, closing, opening, type) is not { } order)
        {
            return false;
        }

        parent.Orders.Insert(0, order);
        return true;
    }

    private void OnFillOf(NaiveOrder order, decimal quantity)
    {
        if (order.Parent is not { IsGone: false } parent)
        {
            return;
        }

        parent.Executed += quantity;
        if (!order.IsOpen && !parent.Orders.Contains(order))
        {
            // What executed after all had not ended.
            parent.Ended = Math.Max(0, parent.Ended - quantity);
        }

        if (parent.Unsent < 0)
        {
            CancelAll(parent);
        }
    }

    private void OnEndOf(NaiveOrder order, ReasonCode reason)
    {
        if (order.Parent is not { IsGone: false } parent)
        {
            return;
        }

        parent.Orders.Remove(order);

        // What the venue says to have executed and nobody booked yet must not be sent again (T4).
        parent.Ended += Math.Max(0, order.Reported - order.Cumulative);
        AfterOrder(parent, order, reason);
    }

    private void AfterOrder(NaiveParent parent, NaiveOrder order, ReasonCode reason)
    {
        bool wasAsked = order.Before != 0;
        bool mayPass = order.Status == OrderStatus.Rejected
            && reason is ReasonCode.RejectedByVenue or ReasonCode.Throttled or ReasonCode.VenueDown or ReasonCode.WouldCross;
        if (parent.Status == ParentStatus.Cancelling || parent.Unsent <= 0)
        {
            if (parent.Orders.Count == 0)
            {
                EndRest(parent, parent.Status == ParentStatus.Cancelling ? parent.Reason : ReasonCode.None);
            }
        }
        else if (parent.IsRenewing)
        {
            parent.IsRenewing = parent.Orders.Count > 0;
            GoOn(parent);
        }
        else if (wasAsked && order.Status == OrderStatus.Cancelled)
        {
            Cancel(parent, reason == ReasonCode.None ? ReasonCode.ParentCancelled : reason);
        }
        else if (!(mayPass && TryAgain(parent, reason)))
        {
            AfterRest(parent, order.Status == OrderStatus.Filled, mayPass, reason);
        }
    }

    private void AfterRest(NaiveParent parent, bool isFilled, bool mayPass, ReasonCode reason)
    {
        ReasonCode why = mayPass && parent.Attempts > 0 ? ReasonCode.RetriesExhausted : reason == ReasonCode.None ? ReasonCode.Leftover : reason;
        switch (parent.Algorithm)
        {
            case ExecutionAlgorithm.Iceberg when isFilled:
                parent.Attempts = 0;
                GoOn(parent);
                break;
            case ExecutionAlgorithm.Twap:
                parent.Reason = isFilled ? parent.Reason : why;
                if (Now >= parent.EndAt || parent.Alarm is null)
                {
                    GoOn(parent);
                }

                break;
            case ExecutionAlgorithm.LimitThenMarket when parent.Type == OrderType.Limit && !isFilled:
                parent.EndAt = Now;
                GoOn(parent);
                break;
            case ExecutionAlgorithm.Immediate or ExecutionAlgorithm.LimitThenMarket when isFilled:
                AfterDoubt(parent);
                break;
            default:
                GiveUp(parent, why);
                break;
        }
    }

    /// <summary>Ends a parent: its orders are cancelled, what is not sent ends.</summary>
    private void Cancel(NaiveParent parent, ReasonCode reason)
    {
        parent.Reason = parent.Status == ParentStatus.Cancelling ? parent.Reason : reason;
        parent.Status = ParentStatus.Cancelling;
        parent.IsRenewing = false;
        parent.Alarm = Set(parent.Alarm, null, () => { });
        if (parent.Orders.Count == 0)
        {
            EndRest(parent, parent.Reason);
        }
        else
        {
            CancelAll(parent);
        }
    }

    private void CancelAll(NaiveParent parent)
    {
        for (int left = parent.Orders.Count; left > 0 && !parent.IsGone; left--)
        {
            if (parent.Orders.FirstOrDefault(order => order.Status != OrderStatus.PendingCancel) is { } next)
            {
                Happen(next, "Cancel", ReasonCode.None);
            }
        }
    }

    private void GiveUp(NaiveParent parent, ReasonCode reason)
    {
        if (parent.Orders.Count == 0)
        {
            EndRest(parent, reason);
            return;
        }

        parent.Ended += parent.Unsent;
        parent.Reason = reason;
        parent.Alarm = Set(parent.Alarm, null, () => { });
    }

    private void EndRest(NaiveParent parent, ReasonCode reason)
    {
        parent.Ended += Math.Max(0, parent.Unsent);
        parent.Reason = reason;
        parent.IsGone = true;
        parent.Alarm = Set(parent.Alarm, null, () => { });
        Parents.Remove(parent.Id);
        Say($"parent {parent.Id} of {parent.Quantity:0.########} executed {parent.Executed:0.########} ended {parent.Ended:0.########}");
    }

    private void Arm(NaiveParent parent, long due) => parent.Alarm = Set(parent.Alarm, due, () =>
    {
        parent.Alarm = null;
        GoOn(parent);
    });

    private bool TryAgain(NaiveParent parent, ReasonCode reason)
    {
        if (parent.Attempts >= parent.Position.Client.Rules.Retries)
        {
            return false;
        }

        parent.Attempts++;
        parent.Reason = reason;
        long part = parent.Algorithm == ExecutionAlgorithm.Twap ? NextSliceAt(parent)
            : parent.Algorithm == ExecutionAlgorithm.LimitThenMarket && parent.Type == OrderType.Limit ? parent.EndAt
            : long.MaxValue;
        Arm(parent, Math.Min(part, Now + parent.Position.Client.Rules.RetryDelayNanos));
        return true;
    }

    private void AfterRefusedCancel(NaiveOrder order)
    {
        if (!order.IsOpen || order.Parent is not { IsGone: false } parent)
        {
            return;
        }

        bool isAny = parent.Orders.Any(other => other.Status == OrderStatus.PendingCancel);
        if (parent.Status == ParentStatus.Cancelling && parent.Unsent <= 0 && !isAny)
        {
            parent.Status = ParentStatus.Working;
            parent.Reason = ReasonCode.None;
        }
        else if (parent.IsRenewing && !isAny)
        {
            parent.IsRenewing = false;
            if (parent.Alarm is null)
            {
                Arm(parent, Now + Second);
            }
        }
    }
}
