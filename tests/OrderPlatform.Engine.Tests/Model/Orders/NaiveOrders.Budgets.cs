using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <content>What may leave when (D14, T11, R133): both the client's budgets and the venue's must allow; cancels first; nothing before Retry-After.</content>
internal sealed partial class NaiveOrders
{
    private long _blockedUntil;

    public bool IsDown { get; private set; }

    private bool IsShut => IsDown || _blockedUntil > Now;

    public void OnVenueStatus(bool connected, long? retryAfter)
    {
        if (IsDown == connected)
        {
            IsDown = !connected;
            Alert(IsDown ? ReasonCode.VenueDown : ReasonCode.VenueUp, 1);
            foreach (NaiveOrder order in Orders.Values.Where(order => connected && order.InDoubt).ToList())
            {
                order.Asks = 0;
                Ask(order);
                Arm(order);
            }
        }

        if (retryAfter > 0)
        {
            Block(retryAfter);
            Alert(ReasonCode.Throttled, 1);
        }

        foreach (NaiveClient client in Clients.Values)
        {
            Wake(client);
        }
    }

    private void Block(long? retryAfter) => _blockedUntil = Math.Max(_blockedUntil, Now + (retryAfter > 0 ? retryAfter.Value : 120 * Second));

    /// <summary>The earliest time at which a request may leave, or none while nobody can tell.</summary>
    private long? WhenFree(NaiveOrder order, RequestSort sort)
    {
        NaiveClient client = order.Position.Client;
        if (IsDown || (sort == RequestSort.New && client.IsReconciling))
        {
            return null;
        }

        long free = Math.Max(Now, _blockedUntil);
        bool mayUseReserve = sort == RequestSort.Cancel || order.OpeningLeft == 0;
        foreach (NaiveBudget budget in BudgetsOf(order, sort))
        {
            if (budget.WhenFree(Now, mayUseReserve) is not { } then)
            {
                return null;
            }

            free = Math.Max(free, then);
        }

        return free;
    }

    private IEnumerable<NaiveBudget> BudgetsOf(NaiveOrder order, RequestSort sort) => Budgets.Where(budget => budget.Counts(sort) && budget.Record.Scope switch
    {
        Scope.Client or Scope.Account => budget.Record.ScopeId == order.Position.Client.Id,
        Scope.Instrument => budget.Record.ScopeId == order.Position.Instrument.Rules.Id,
        _ => true,
    });

    private void Count(NaiveOrder order, RequestSort sort)
    {
        foreach (NaiveBudget budget in BudgetsOf(order, sort))
        {
            budget.Take(Now);
        }
    }

    private bool TryTake(NaiveOrder order, RequestSort sort)
    {
        if (WhenFree(order, sort) is { } free && free <= Now)
        {
            Count(order, sort);
            return true;
        }

        return false;
    }

    private void ToVenue(NaiveOrder order)
    {
        Unwatch(order);
        NaiveClient client = order.Position.Client;
        if (client.WaitingOrders.Count == 0 && !IsAnotherInDoubt(order) && WhenFree(order, RequestSort.New) is { } free && free <= Now)
        {
            SendNow(order);
            return;
        }

        order.Status = OrderStatus.Queued;
        client.WaitingOrders.Add(order);
        Arm(order);
        Wake(client);
    }

    private void SendNow(NaiveOrder order)
    {
        Count(order, RequestSort.New);
        order.Status = OrderStatus.PendingNew;
        order.SentAt = Now;
        SayNew(order);
        Arm(order);
    }

    private void CancelAtVenue(NaiveOrder order)
    {
        NaiveClient client = order.Position.Client;
        if (order.CancelWaits)
        {
            return;
        }

        if (client.WaitingCancels.Count == 0 && TryTake(order, RequestSort.Cancel))
        {
            SayCancel(order);
            return;
        }

        order.CancelWaits = true;
        client.WaitingCancels.Add(order);
        Wake(client);
    }

    private void BackToQueue(NaiveOrder order)
    {
        NaiveClient client = order.Position.Client;
        if (order.Status != OrderStatus.PendingCancel)
        {
            client.WaitingOrders.Insert(0, order);
        }
        else if (!order.CancelWaits)
        {
            order.CancelWaits = true;
            client.WaitingCancels.Add(order);
        }

        Wake(client);
    }

    private void LeaveQueue(NaiveOrder order)
    {
        bool waited = order.Position.Client.WaitingOrders.Remove(order) | order.Position.Client.WaitingCancels.Remove(order);
        order.CancelWaits = false;
        if (waited)
        {
            Wake(order.Position.Client);
        }
    }

    private static NaiveOrder? FirstWaiting(NaiveClient client) =>
        client.WaitingCancels.FirstOrDefault() ?? client.WaitingOrders.FirstOrDefault(order => !order.InDoubt && !IsAnotherInDoubt(order));

    private void Wake(NaiveClient client)
    {
        long? due = FirstWaiting(client) is { } first ? WhenFree(first, first.CancelWaits ? RequestSort.Cancel : RequestSort.New) : null;
        client.QueueAlarm = Set(client.QueueAlarm, due, () => OnQueue(client));
    }

    private void OnQueue(NaiveClient client)
    {
        client.QueueAlarm = null;
        if (FirstWaiting(client) is not { } order)
        {
            return;
        }

        RequestSort sort = order.CancelWaits ? RequestSort.Cancel : RequestSort.New;
        if (WhenFree(order, sort) is { } free && free <= Now)
        {
            LeaveQueue(order);
            if (sort == RequestSort.Cancel)
            {
                Count(order, sort);
                SayCancel(order);
                Arm(order);
            }
            else
            {
                SendNow(order);
            }
        }

        Wake(client);
    }
}

/// <summary>What a request is to a budget.</summary>
internal enum RequestSort
{
    New,
    Cancel,
    Amend,
    Question,
}

/// <summary>A budget that is full again at the start of each window of the calendar, or one from which what was used leaks away evenly.</summary>
internal sealed class NaiveBudget(BudgetSetup record)
{
    private long _window = -1;
    private decimal _taken;
    private long _at;

    public BudgetSetup Record => record;

    private int Reserved => (int)decimal.Ceiling(record.Capacity * record.Reserve);

    public bool Counts(RequestSort sort) => record.Unit switch
    {
        BudgetUnit.Requests => sort != RequestSort.Question,
        BudgetUnit.Orders => sort is RequestSort.New or RequestSort.Amend,
        BudgetUnit.Cancels => sort == RequestSort.Cancel,
        _ => true,
    };

    public void Take(long now)
    {
        _taken = TakenAt(now) + Request;
        _window = now / record.WindowNanos;
        _at = now;
    }

    public long? WhenFree(long now, bool mayUseReserve)
    {
        decimal limit = (mayUseReserve ? record.Capacity : record.Capacity - Reserved) * Request;
        decimal over = TakenAt(now) + Request - limit;
        return over <= 0 ? now
            : limit < Request ? null
            : record.Kind == BudgetKind.FixedWindow ? (_window + 1) * record.WindowNanos
            : now + (long)decimal.Ceiling(over / record.Capacity);
    }

    // Of one that leaks a request counts as many units as its window has nanoseconds, and the capacity leaks away in each of them: all are whole numbers.
    private decimal Request => record.Kind == BudgetKind.FixedWindow ? 1 : record.WindowNanos;

    private decimal TakenAt(long now) => record.Kind == BudgetKind.FixedWindow
        ? now / record.WindowNanos == _window ? _taken : 0
        : Math.Max(0, _taken - ((decimal)(now - _at) * record.Capacity));
}

/// <summary>A rate budget's record.</summary>
internal sealed record BudgetSetup(
    uint Id, Scope Scope, uint ScopeId, BudgetUnit Unit, int Capacity, long WindowNanos, decimal Reserve, BudgetKind Kind = BudgetKind.FixedWindow)
{
    public byte[] Encode()
    {
        var bytes = new byte[RateBudgetConfigurationEncoder.EncodedLength];
        var e = RateBudgetConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.BudgetId = Id;
        e.Scope = Scope;
        e.ScopeId = ScopeId;
        e.Kind = Kind;
        e.Unit = Unit;
        e.Capacity = (uint)Capacity;
        e.WindowNanos = WindowNanos;
        e.Reserve = Scaled.Raw(Reserve);
        e.AccountId = RateBudgetConfigurationDecoder.AccountIdNullValue;
        return bytes;
    }
}
