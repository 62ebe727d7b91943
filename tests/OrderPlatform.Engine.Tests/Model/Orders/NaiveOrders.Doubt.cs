using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>Orders whose outcome is not known (T2, T3, T4): asked for until it is; nothing else is sent for their parents.</content>
internal sealed partial class NaiveOrders
{
    private const long YoungNanos = 30 * Second;

    private long _resendWithin;

    /// <summary>A venue's answer to a question about an order.</summary>
    public void OnStatus(ulong id, VenueOrderState state, decimal sum, decimal leaves, decimal? limit, decimal? average)
    {
        if (!Orders.TryGetValue(id, out NaiveOrder? order))
        {
            Alert(ReasonCode.UnknownOrder, id);
            return;
        }

        if (state is VenueOrderState.Working or VenueOrderState.Ended && sum > order.Reported && IsQuantity(sum))
        {
            order.Reported = sum;
        }

        NaiveCell cell = NaiveTable.Of(order, state switch
        {
            VenueOrderState.NotKnown => "NotKnown",
            VenueOrderState.UnderWay => "UnderWay",
            VenueOrderState.Working => "AnsweredWorking",
            _ => "AnsweredEnded",
        });
        if (!order.InDoubt)
        {
            OnUnasked(order, cell, state, sum, average);
        }
        else if (cell.Has("SendAgain") && order.Reported <= order.Cumulative)
        {
            OnNeverThere(order);
        }
        else if (cell.HasAny("Keep", "SendAgain") || (cell.Has("Adopt") && sum != order.Cumulative))
        {
            Alert(state == VenueOrderState.NotKnown ? ReasonCode.ForgottenByVenue : ReasonCode.FillGap, id);
            TryEstimate(order, sum, average);
        }
        else if (cell.Has("Adopt") && order.AmendQuantity != 0 && (order.Reported > order.Cumulative || !(WhenFree(order, RequestSort.Amend) <= Now)))
        {
            // Its amend may be lost and could not be asked for again now: the venue will be asked again.
        }
        else if (!cell.Has("Adopt"))
        {
            Answered(order, cell, cell.Has("End") ? ReasonCode.NeverAtVenue : ReasonCode.None);
        }
        else if (TryAdoptAnswer(order, sum, leaves, limit))
        {
            Answered(order, cell, ReasonCode.None);
        }
    }

    /// <summary>After a restart: what the venue may know is asked for, and its clients send nothing new until all of theirs is known.</summary>
    public void OnReconciliation(long resendWithin)
    {
        if (resendWithin is < 0 or > 3_600_000_000_000)
        {
            Alert(ReasonCode.InvalidValue, 0);
            return;
        }

        foreach (NaiveOrder order in Orders.Values.Where(order => order.IsAtVenue).ToList())
        {
            order.Position.Client.IsReconciling = true;
            order.Asks = 0;
            order.InDoubt = true;
            Arm(order);
        }

        int asked = Orders.Values.Count(order => order.InDoubt);
        Alert(ReasonCode.ReconciliationStarted, (ulong)asked);
        _resendWithin = asked == 0 ? 0 : resendWithin;
        if (asked == 0)
        {
            Alert(ReasonCode.ReconciliationComplete, 0);
        }

        foreach (NaiveOrder order in Orders.Values.Where(order => order.InDoubt).ToList())
        {
            Ask(order);
        }
    }

    private void Doubt(NaiveOrder order, ReasonCode reason)
    {
        if (order.InDoubt)
        {
            return;
        }

        order.InDoubt = true;
        order.Asks = 0;
        if (reason != ReasonCode.FillGap)
        {
            Alert(reason == ReasonCode.None ? ReasonCode.OutcomeUnknown : reason, order.Id);
        }

        Ask(order);
        Arm(order);
    }

    private void AskAgain(NaiveOrder order)
    {
        order.Asks++;
        if (order.Asks == 10)
        {
            Alert(ReasonCode.OutcomeUnknown, order.Id);
        }

        Ask(order);
        Arm(order);
    }

    private void Ask(NaiveOrder order)
    {
        if (!IsShut)
        {
            Count(order, RequestSort.Question);
            Say($"ask {order.Id} {order.Cumulative:0.########}");
        }
    }

    private void AskForFills(NaiveOrder order)
    {
        order.Asks = 0;
        if (order.Reported > order.Cumulative)
        {
            Ask(order);
        }

        Arm(order);
    }

    private void TrySettle(NaiveOrder order, bool isAnswer)
    {
        NaiveClient client = order.Position.Client;
        bool isProof = isAnswer || (!client.IsReconciling && order.AmendQuantity == 0);
        if (!order.InDoubt || order.Reported > order.Cumulative || !isProof)
        {
            return;
        }

        bool isKnown = Settle(order);
        Arm(order);
        if (order.Parent is { } parent)
        {
            AfterDoubt(parent);
        }

        if (isKnown)
        {
            Resume(client);
        }
    }

    /// <summary>Ends a doubt; says whether it was the last of its client's after a restart.</summary>
    private bool Settle(NaiveOrder order)
    {
        if (!order.InDoubt)
        {
            return false;
        }

        NaiveClient client = order.Position.Client;
        order.InDoubt = false;
        order.Asks = 0;
        Wake(client);
        return client.IsReconciling && !OpenOf(client).Any(other => other.InDoubt);
    }

    private void Resume(NaiveClient client)
    {
        client.IsReconciling = false;
        _resendWithin = Clients.Values.Any(other => other.IsReconciling) ? _resendWithin : 0;
        Alert(ReasonCode.ReconciliationComplete, client.Id);
        foreach (NaiveParent parent in Parents.Values.Where(parent => parent.Position.Client == client).OrderBy(parent => parent.Id).ToList())
        {
            AfterDoubt(parent);
        }

        Wake(client);
    }

    private void OnUnasked(NaiveOrder order, NaiveCell cell, VenueOrderState state, decimal sum, decimal? average)
    {
        if (cell.IsLate)
        {
            Alert(ReasonCode.LateReport, order.Id);
        }

        if (order.Reported > order.Cumulative && order.IsAtVenue)
        {
            CheckGap(order, sum);
            Doubt(order, ReasonCode.FillGap);
        }
        else if (order.Reported > order.Cumulative && !order.IsOpen)
        {
            TryEstimate(order, sum, average);
        }
        else if (order.IsAtVenue && state is VenueOrderState.NotKnown or VenueOrderState.Ended)
        {
            Doubt(order, state == VenueOrderState.Ended ? ReasonCode.OutcomeUnknown : ReasonCode.ForgottenByVenue);
        }
    }

    /// <summary>The venue's word that an order never got there: it goes again under its own id while it is young, else it ends (T2, D15).</summary>
    private void OnNeverThere(NaiveOrder order)
    {
        if (Now - order.SentAt > (order.Position.Client.IsReconciling ? _resendWithin : YoungNanos))
        {
            Apply(order, new NaiveCell("Rejected", new HashSet<string> { "End" }), ReasonCode.NeverAtVenue, 0);
            return;
        }

        Alert(ReasonCode.SentAgain, order.Id);
        if (IsShut || IsAnotherInDoubt(order))
        {
            Apply(order, new NaiveCell("Queued", new HashSet<string> { "Requeue" }), ReasonCode.SentAgain, 0);
        }
        else
        {
            SayNew(order);
        }

        TrySettle(order, isAnswer: true);
    }

    private static bool IsAnotherInDoubt(NaiveOrder order) =>
        order.Parent is { IsGone: false } parent && parent.Orders.Any(other => other != order && other.InDoubt);

    private void Answered(NaiveOrder order, NaiveCell cell, ReasonCode reason)
    {
        HashSet<string> others = [.. cell.Effects.Where(effect => effect is not ("Settle" or "AskCancel"))];
        Apply(order, new NaiveCell(cell.IsNothing ? "=" : cell.To, others), reason, 0);
        if (!order.IsOpen)
        {
            return;
        }

        if (cell.Has("AskCancel"))
        {
            CancelAtVenue(order);
        }

        TrySettle(order, isAnswer: true);
    }

    /// <summary>Fills that the venue has and cannot give are booked at the price that makes its average right, after three answers (T4).</summary>
    private void TryEstimate(NaiveOrder order, decimal sum, decimal? average)
    {
        if (order.Reported <= order.Cumulative || order.Asks < 3 || sum != order.Reported || !IsPrice(average))
        {
            return;
        }

        TryBookEstimate(order, average!.Value);
    }

    /// <summary>Books what is reported and not booked, at the price that makes the average right.</summary>
    private bool TryBookEstimate(NaiveOrder order, decimal average)
    {
        decimal sum = order.Reported;
        decimal missing = order.Reported - order.Cumulative;
        decimal between = Value(order.Reported, average) - order.FilledValue;
        decimal price = between <= 0 ? 0 : decimal.Round(between / missing, 8, MidpointRounding.AwayFromZero);
        if (!IsPrice(price))
        {
            return false;
        }

        order.Estimated += missing;
        Alert(ReasonCode.EstimatedFill, order.Id);
        Book(order, missing, price, 0, sum);
        return true;
    }
}
