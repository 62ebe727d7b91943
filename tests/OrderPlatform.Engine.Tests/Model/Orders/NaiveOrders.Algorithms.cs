using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>How parents go on: at once, limit then market, TWAP, iceberg (R73 to R76).</content>
internal sealed partial class NaiveOrders
{
    /// <summary>Goes on, unless one of its orders is in doubt (T2) or it waits for the end of orders.</summary>
    private void GoOn(NaiveParent parent)
    {
        if (parent.Status != ParentStatus.Working || parent.IsRenewing)
        {
            return;
        }

        if (parent.Position.Client.IsReconciling || parent.Orders.Any(order => order.InDoubt))
        {
            parent.Alarm = Set(parent.Alarm, null, () => { });
            return;
        }

        if (parent.Unsent <= 0 && parent.Orders.Count == 0)
        {
            // What it waited to send executed after all.
            EndRest(parent, ReasonCode.None);
            return;
        }

        Step(parent);
    }

    private void AfterDoubt(NaiveParent parent)
    {
        if (!parent.IsGone && parent.Alarm is null)
        {
            GoOn(parent);
        }
    }

    private void Step(NaiveParent parent)
    {
        switch (parent.Algorithm)
        {
            case ExecutionAlgorithm.LimitThenMarket:
                StepLimitThenMarket(parent);
                break;
            case ExecutionAlgorithm.Twap:
                StepTwap(parent);
                break;
            case ExecutionAlgorithm.Iceberg:
                StepIceberg(parent);
                break;
            default:
                SendRest(parent);
                break;
        }
    }

    private void SendRest(NaiveParent parent)
    {
        if (parent.Unsent > 0 && SendPart(parent, parent.Unsent, parent.Type) is { } refused)
        {
            GiveUp(parent, refused);
        }
    }

    private void StepLimitThenMarket(NaiveParent parent)
    {
        bool isOver = parent.Type == OrderType.Market || Now >= parent.EndAt;
        if (!isOver)
        {
            Arm(parent, parent.EndAt);
        }

        if (parent.Orders.Count > 0 && isOver && parent.Type != OrderType.Market)
        {
            Renew(parent);
            return;
        }

        if (parent.Unsent <= 0)
        {
            return;
        }

        if (isOver && parent.Type != OrderType.Market && !TryFallBack(parent))
        {
            GiveUp(parent, ReasonCode.Expired);
            return;
        }

        SendRest(parent);
    }

    private void StepIceberg(NaiveParent parent)
    {
        long refresh = (parent.Position.Client.Rules.RefreshSeconds ?? 30) * Second;
        if (parent.Orders.Count > 0)
        {
            if (parent.Type != OrderType.Market && Now - parent.StartAt >= refresh)
            {
                Renew(parent);
            }

            return;
        }

        decimal part = Next(parent, parent.Quantity, parent.Display);
        if (part == 0)
        {
            EndRest(parent, ReasonCode.Leftover);
            return;
        }

        parent.StartAt = Now;
        Arm(parent, Now + refresh);
        if (SendPart(parent, part, parent.Type) is { } refused)
        {
            GiveUp(parent, refused);
        }
    }

    private void StepTwap(NaiveParent parent)
    {
        if (Now >= parent.EndAt)
        {
            EndTwap(parent);
            return;
        }

        int slice = SliceAt(parent);
        bool isNew = slice + 1 != parent.SlicesSeen;
        parent.SlicesSeen = slice + 1;
        parent.Attempts = isNew ? 0 : parent.Attempts;
        Arm(parent, NextSliceAt(parent));
        if (isNew && parent.Type == OrderType.Limit && parent.Orders.Count > 0)
        {
            Renew(parent);
            return;
        }

        decimal target = slice == parent.Slices - 1 ? parent.Quantity : parent.Position.Instrument.Lots(parent.Quantity * (slice + 1) / parent.Slices);
        decimal due = Next(parent, target, decimal.MaxValue);
        if (due > 0)
        {
            parent.Reason = SendPart(parent, due, parent.Type) ?? ReasonCode.None;
        }
    }

    private void EndTwap(NaiveParent parent)
    {
        if (parent.Orders.Count > 0)
        {
            if (parent.Type == OrderType.Limit)
            {
                Renew(parent);
            }
        }
        else if (parent.Type != OrderType.Limit || !TryFallBack(parent))
        {
            EndRest(parent, parent.Reason == ReasonCode.None ? ReasonCode.Leftover : parent.Reason);
        }
        else
        {
            SendRest(parent);
        }
    }

    private static bool TryFallBack(NaiveParent parent)
    {
        if (parent.Position.Client.Rules.Fallback)
        {
            parent.Type = OrderType.Market;
            parent.TimeInForce = TimeInForce.GoodTillCancelled;
            parent.PostOnly = false;
            parent.Reason = ReasonCode.FallbackToMarket;
        }

        return parent.Position.Client.Rules.Fallback;
    }

    /// <summary>What rests is cancelled; nothing is sent until every cancel is answered (T17).</summary>
    private void Renew(NaiveParent parent)
    {
        parent.IsRenewing = true;
        CancelAll(parent);
    }

    /// <summary>Slice i of n is due at i times the duration over n after the start.</summary>
    private static long DueAt(NaiveParent parent, int slice) =>
        parent.StartAt + (long)decimal.Floor((decimal)(parent.EndAt - parent.StartAt) * slice / parent.Slices);

    private int SliceAt(NaiveParent parent)
    {
        int slice = 0;
        while (slice + 1 < parent.Slices && DueAt(parent, slice + 1) <= Now)
        {
            slice++;
        }

        return slice;
    }

    private long NextSliceAt(NaiveParent parent) => Math.Min(parent.EndAt, DueAt(parent, SliceAt(parent) + 1));

    /// <summary>
    /// The next part towards a target: in lots, no smaller than the venue takes, no larger than the largest, and leaving no rest that the venue does not take.
    /// </summary>
    private static decimal Next(NaiveParent parent, decimal target, decimal largest)
    {
        NaiveInstrument instrument = parent.Position.Instrument;
        decimal least = instrument.Least(PriceOf(parent, parent.Type));
        decimal leaves = parent.Unsent;
        decimal due = instrument.Lots(target - (parent.Quantity - parent.Unsent));
        if (due < least)
        {
            return 0;
        }

        decimal part = Math.Min(due, largest == decimal.MaxValue ? due : instrument.Lots(Math.Max(largest, least)));
        decimal rest = leaves - part;
        if (rest == 0 || rest >= least)
        {
            return part;
        }

        decimal smaller = leaves - least;
        return smaller >= least ? smaller : due == leaves ? leaves : 0;
    }
}
