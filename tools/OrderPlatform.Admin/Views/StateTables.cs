using OrderPlatform.Admin.Answers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Views;

namespace OrderPlatform.Admin.Views;

/// <summary>A state as tables, with names instead of ids.</summary>
/// <param name="names">What ids are called.</param>
/// <param name="state">The state.</param>
/// <param name="client">Whose rows alone are shown, or null.</param>
internal sealed class StateTables(JournalNames names, StateView state, uint? client)
{
    /// <summary>Clients with their money.</summary>
    public void Clients(Answer answer)
    {
        AnswerTable table = answer.Table(
            "clients", "Clients", "client", "state", "reason", "reconciling", "cash", "equity", "realised", "unrealised", "fees", "funding", "result", "dayLoss", "drawdown", "gross",
            "openPositions", "openOrders", "inDoubt");
        foreach (ClientView view in state.Clients.Where(view => Shows(view.Client)))
        {
            table.Row(
                Value.Text(names.Clients[view.Client]), Value.Enum(view.State), Reason(view.StateReason), Value.Flag(view.IsReconciling), Value.Decimal(view.Cash),
                Value.Decimal(view.Equity), Value.Decimal(view.Realised), Value.Decimal(view.Unrealised), Value.Decimal(view.Fees), Value.Decimal(view.Funding),
                Value.Decimal(view.Result), Value.Decimal(view.DayLoss), Value.Decimal(view.Drawdown), Value.Decimal(view.Gross), Value.Number(view.OpenPositions),
                Value.Number(view.OpenOrders), Value.Number(view.InDoubt));
        }
    }

    /// <summary>Strategies.</summary>
    public void Strategies(Answer answer)
    {
        AnswerTable table = answer.Table("strategies", "Strategies", "strategy", "client", "state", "reason", "result", "dayLoss", "drawdown", "exposure", "openOrders");
        foreach (StrategyView view in state.Strategies.Where(view => Shows(view.Client)))
        {
            table.Row(
                Value.Text(names.Strategies[view.Strategy]), Value.Text(names.Clients[view.Client]), Value.Enum(view.State), Reason(view.StateReason), Value.Decimal(view.Result),
                Value.Decimal(view.DayLoss), Value.Decimal(view.Drawdown), Value.Decimal(view.Exposure), Value.Number(view.OpenOrders));
        }
    }

    /// <summary>Accounts.</summary>
    public void Accounts(Answer answer)
    {
        AnswerTable table = answer.Table("accounts", "Accounts", "account", "client", "venue", "reachable", "cash", "reserved", "equity", "exposure", "realised", "fees", "funding");
        foreach (AccountView view in state.Accounts.Where(view => Shows(view.Client)))
        {
            table.Row(
                Value.Text(names.Accounts[view.Account]), Value.Text(names.Clients[view.Client]), Value.Text(names.Venues[view.Venue]), Value.Flag(!view.IsDown),
                Value.Decimal(view.Cash), Value.Decimal(view.Reserved), Value.Decimal(view.Equity), Value.Decimal(view.Exposure), Value.Decimal(view.Realised),
                Value.Decimal(view.Fees), Value.Decimal(view.Funding));
        }
    }

    /// <summary>Positions.</summary>
    /// <param name="answer">Gets the table.</param>
    /// <param name="hasFlat">Whether flat ones are shown.</param>
    public void Positions(Answer answer, bool hasFlat)
    {
        AnswerTable table = answer.Table(
            "positions", "Positions", "client", "strategy", "instrument", "leg", "quantity", "averagePrice", "mark", "realised", "unrealised", "fees", "funding", "exposure", "stop",
            "trailing", "target", "exitAt", "wanted", "trades");
        foreach (PositionView view in state.Positions.Where(view => Shows(view.Client) && (hasFlat || view.Quantity != 0)))
        {
            table.Row(
                Value.Text(names.Clients[view.Client]), Value.Text(names.Strategies[view.Strategy]), Value.Text(names.Instruments[view.Instrument]), Value.Enum(view.Leg),
                Value.Decimal(view.Quantity), Value.Known(view.AveragePrice), Value.Known(view.Mark), Value.Decimal(view.Realised), Value.Decimal(view.Unrealised),
                Value.Decimal(view.Fees), Value.Decimal(view.Funding), Value.Decimal(view.Exposure), Value.Known(view.StopPrice), Value.Known(view.TrailingPrice),
                Value.Known(view.TargetPrice), Value.Time(view.ExitAtNanos), view.Wanted is { } wanted ? Value.Enum(wanted) : Value.None, Value.Number(view.Trades));
        }
    }

    /// <summary>Open orders.</summary>
    public void Orders(Answer answer)
    {
        AnswerTable table = answer.Table(
            "orders", "Open orders", "orderId", "venueOrderId", "parentId", "requestId", "client", "strategy", "instrument", "origin", "side", "type", "timeInForce", "status", "inDoubt",
            "quantity", "executed", "leaves", "limit", "trigger", "decided", "sent", "acknowledged");
        foreach (OrderView view in state.Orders.Where(view => Shows(view.Client)))
        {
            table.Row(
                Value.Id(view.ClientOrderId), Value.Id(view.VenueOrderId), Value.Id(view.ParentId), Value.Id(view.RequestId), Value.Text(names.Clients[view.Client]),
                Value.Text(names.Strategies[view.Strategy]), Value.Text(names.Instruments[view.Instrument]), Value.Enum(view.Origin), Value.Enum(view.Side), Value.Enum(view.Type),
                Value.Enum(view.TimeInForce), Value.Enum(view.Status), Value.Flag(view.InDoubt), Value.Decimal(view.Quantity), Value.Decimal(view.Cumulative),
                Value.Decimal(view.Leaves), Value.Known(view.LimitPrice), Value.Known(view.TriggerPrice), Value.Time(view.DecidedAtNanos), Value.Time(view.SentAtNanos),
                Value.Time(view.AcknowledgedAtNanos));
        }
    }

    /// <summary>Parent orders under way.</summary>
    public void Parents(Answer answer)
    {
        AnswerTable table = answer.Table(
            "parents", "Parent orders", "parentId", "requestId", "client", "strategy", "instrument", "origin", "algorithm", "status", "side", "quantity", "executed", "working", "unsent",
            "children");
        foreach (ParentView view in state.Parents.Where(view => Shows(view.Client)))
        {
            table.Row(
                Value.Id(view.ParentId), Value.Id(view.RequestId), Value.Text(names.Clients[view.Client]), Value.Text(names.Strategies[view.Strategy]),
                Value.Text(names.Instruments[view.Instrument]), Value.Enum(view.Origin), Value.Enum(view.Algorithm), Value.Enum(view.Status), Value.Enum(view.Side),
                Value.Decimal(view.Quantity), Value.Decimal(view.Executed), Value.Decimal(view.Working), Value.Decimal(view.Unsent), Value.Number(view.Children));
        }
    }

    /// <summary>Limits with what is used of them.</summary>
    public void Limits(Answer answer)
    {
        AnswerTable table = answer.Table("limits", "Limits", "scope", "name", "limit", "value", "used");
        foreach (LimitView view in state.Limits.Where(view => Shows(view.Scope, view.ScopeId)))
        {
            table.Row(
                Value.Enum(view.Scope), Value.Text(NameOf(view.Scope, view.ScopeId)), Value.Text(view.Name), Value.Decimal(view.Limit),
                view.Used is { } used ? Value.Decimal(used) : Value.None);
        }
    }

    /// <summary>Circuit breakers.</summary>
    public void Breakers(Answer answer)
    {
        AnswerTable table = answer.Table(
            "breakers", "Breakers", "scope", "name", "state", "cause", "rejects", "rejectsMaximum", "timeouts", "timeoutsMaximum", "losses", "lossesMaximum", "openUntil");
        foreach (BreakerView view in state.Breakers.Where(view => Shows(view.Scope, view.ScopeId)))
        {
            table.Row(
                Value.Enum(view.Scope), Value.Text(NameOf(view.Scope, view.ScopeId)), Value.Enum(view.State), Reason(view.Cause), Value.Number(view.Rejects),
                Value.Number(view.RejectsMaximum), Value.Number(view.Timeouts), Value.Number(view.TimeoutsMaximum), Value.Number(view.Losses), Value.Number(view.LossesMaximum),
                Value.Time(view.OpenUntilNanos));
        }
    }

    /// <summary>Rate budgets.</summary>
    public void Rates(Answer answer)
    {
        AnswerTable table = answer.Table("budgets", "Rate budgets", "budget", "scope", "name", "kind", "unit", "used", "capacity", "freeAt");
        foreach (BudgetView view in state.Budgets.Where(view => Shows(view.Scope, view.ScopeId)))
        {
            table.Row(
                Value.Number(view.Budget), Value.Enum(view.Scope), Value.Text(NameOf(view.Scope, view.ScopeId)), Value.Enum(view.Kind), Value.Enum(view.Unit), Value.Number(view.Used),
                Value.Number(view.Capacity), Value.Time(view.FreeAtNanos <= state.NowNanos ? state.NowNanos : view.FreeAtNanos));
        }
    }

    /// <summary>Timers; those of all clients.</summary>
    public void Timers(Answer answer)
    {
        AnswerTable table = answer.Table("timers", "Timers", "due", "kind", "of", "id");
        foreach (TimerView view in state.Timers)
        {
            table.Row(Value.Time(view.DueNanos), Value.Enum(view.Kind), Value.Text(view.Subject), Value.Id(view.SubjectId));
        }
    }

    /// <summary>Markets.</summary>
    public void Markets(Answer answer)
    {
        AnswerTable table = answer.Table("markets", "Markets", "instrument", "venue", "reachable", "mark", "markTime", "bid", "ask", "traded");
        foreach (MarketView view in state.Markets)
        {
            table.Row(
                Value.Text(names.Instruments[view.Instrument]), Value.Text(names.Venues[view.Venue]), Value.Flag(!view.IsVenueDown), Value.Known(view.Mark),
                Value.Time(view.MarkTimeNanos), Value.Known(view.Bid), Value.Known(view.Ask), Value.Decimal(view.Traded));
        }
    }

    private static Value Reason(ReasonCode reason) => reason == ReasonCode.None ? Value.None : Value.Enum(reason);

    private bool Shows(uint owner) => client is not { } one || owner == one;

    private bool Shows(Scope scope, uint id) => client is not { } one || scope switch
    {
        Scope.Client => id == one,
        Scope.Strategy => state.Strategies.Any(view => view.Strategy == id && view.Client == one),
        Scope.Account => state.Accounts.Any(view => view.Account == id && view.Client == one),
        _ => true,
    };

    private string NameOf(Scope scope, uint id) => scope switch
    {
        Scope.Client => names.Clients[id],
        Scope.Strategy => names.Strategies[id],
        Scope.Venue => names.Venues[id],
        Scope.Account => names.Accounts[id],
        Scope.Instrument => names.Instruments[id],
        _ => "shard",
    };
}
