using OrderPlatform.Engine;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;
using Timer = OrderPlatform.Engine.Timers.Timer;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>
/// What there is to see of an engine after an input, as data that stay when the engine goes on: every open order and parent order, position, limit, timer, rate budget, breaker,
/// account and market (N1). Numbers are raw: prices, quantities, money and ratios times 1e8, times in nanoseconds since the epoch.
/// </summary>
public sealed record StateView
{
    /// <summary>Sequence of the input.</summary>
    public required long Sequence { get; init; }

    /// <summary>Its time.</summary>
    public required long NowNanos { get; init; }

    /// <summary>The start of the engine that it belongs to.</summary>
    public required int Epoch { get; init; }

    /// <summary>The shard.</summary>
    public required int Shard { get; init; }

    /// <summary>What the whole shard may trade.</summary>
    public required TradingState TradingState { get; init; }

    /// <summary>Whether the ledger did not balance once.</summary>
    public required bool LedgerBroken { get; init; }

    /// <summary>Inputs that changed nothing because they were malformed.</summary>
    public required long MalformedInputs { get; init; }

    /// <summary>Clients, in order of arrival, as all that follow.</summary>
    public required IReadOnlyList<ClientView> Clients { get; init; }

    /// <summary>Accounts.</summary>
    public required IReadOnlyList<AccountView> Accounts { get; init; }

    /// <summary>Strategies.</summary>
    public required IReadOnlyList<StrategyView> Strategies { get; init; }

    /// <summary>Positions, flat ones included.</summary>
    public required IReadOnlyList<PositionView> Positions { get; init; }

    /// <summary>Open orders.</summary>
    public required IReadOnlyList<OrderView> Orders { get; init; }

    /// <summary>Parent orders under way.</summary>
    public required IReadOnlyList<ParentView> Parents { get; init; }

    /// <summary>Limits that are set.</summary>
    public required IReadOnlyList<LimitView> Limits { get; init; }

    /// <summary>Breakers.</summary>
    public required IReadOnlyList<BreakerView> Breakers { get; init; }

    /// <summary>Rate budgets.</summary>
    public required IReadOnlyList<BudgetView> Budgets { get; init; }

    /// <summary>Timers, the next one first.</summary>
    public required IReadOnlyList<TimerView> Timers { get; init; }

    /// <summary>Markets.</summary>
    public required IReadOnlyList<MarketView> Markets { get; init; }

    /// <summary>Rows of all tables together.</summary>
    public int RowCount => Clients.Count + Accounts.Count + Strategies.Count + Positions.Count + Orders.Count + Parents.Count + Limits.Count + Breakers.Count + Budgets.Count
        + Timers.Count + Markets.Count;

    /// <summary>What an engine looks like now.</summary>
    public static StateView Of(BusinessLogicProcessor engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        EngineState state = engine.State;
        ClientView[] clients = All(state.Clients.Count, row => ClientView.Of(state, row));
        StrategyView[] strategies = All(state.Strategies.Count, row => StrategyView.Of(state, row));
        return new StateView
        {
            Sequence = state.Sequence,
            NowNanos = state.NowNanos,
            Epoch = state.Epoch,
            Shard = state.Shard,
            TradingState = state.TradingState,
            LedgerBroken = state.LedgerBroken,
            MalformedInputs = state.MalformedInputs,
            Clients = clients,
            Accounts = All(state.Accounts.Count, row => AccountView.Of(state, row)),
            Strategies = strategies,
            Positions = All(state.Positions.Count, row => PositionView.Of(state, row)),
            Orders = OrdersOf(state),
            Parents = ParentsOf(state),
            Limits = LimitsOf(state, clients, strategies),
            Breakers = BreakersOf(state),
            Budgets = All(state.Budgets.Count, row => BudgetView.Of(state, state.Budgets[row])),
            Timers = TimersOf(state),
            Markets = All(state.Instruments.Count, row => MarketView.Of(state, row)),
        };
    }

    private static T[] All<T>(int count, Func<int, T> view)
    {
        var views = new T[count];
        for (int row = 0; row < count; row++)
        {
            views[row] = view(row);
        }

        return views;
    }

    private static List<OrderView> OrdersOf(EngineState state)
    {
        var views = new List<OrderView>();
        Span<Order> rows = state.Orders.Rows;
        for (int row = 0; row < rows.Length && views.Count < state.Orders.OpenCount; row++)
        {
            if (rows[row].ClientOrderId != 0 && rows[row].IsOpen)
            {
                views.Add(OrderView.Of(state, rows[row]));
            }
        }

        return views;
    }

    private static List<ParentView> ParentsOf(EngineState state)
    {
        var views = new List<ParentView>();
        foreach (ref ParentOrder parent in state.Parents.Rows)
        {
            if (parent.Id != 0)
            {
                views.Add(ParentView.Of(state, parent));
            }
        }

        return views;
    }

    private static List<LimitView> LimitsOf(EngineState state, ClientView[] clients, StrategyView[] strategies)
    {
        var views = new List<LimitView>();
        for (int row = 0; row < clients.Length; row++)
        {
            LimitView.Add(views, state, clients[row], row);
        }

        for (int row = 0; row < strategies.Length; row++)
        {
            LimitView.Add(views, state, strategies[row], row);
        }

        return views;
    }

    private static List<BreakerView> BreakersOf(EngineState state)
    {
        var views = new List<BreakerView>();
        foreach (ref Client client in state.Clients.Rows)
        {
            Add(views, Scope.Client, client.Id, client.Breaker);
        }

        foreach (ref Strategy strategy in state.Strategies.Rows)
        {
            Add(views, Scope.Strategy, strategy.Id, strategy.Breaker);
        }

        foreach (ref Venue venue in state.Venues.Rows)
        {
            Add(views, Scope.Venue, venue.Id, venue.Breaker);
        }

        return views;
    }

    private static void Add(List<BreakerView> views, Scope scope, uint id, in Breaker breaker)
    {
        if (BreakerView.IsShown(breaker))
        {
            views.Add(BreakerView.Of(scope, id, breaker));
        }
    }

    private static TimerView[] TimersOf(EngineState state)
    {
        var set = new List<Timer>(state.Timers.Count);
        for (int row = 0; row < state.Timers.Used; row++)
        {
            if (state.Timers[row].Kind != TimerKind.None)
            {
                set.Add(state.Timers[row]);
            }
        }

        set.Sort(static (left, right) => left.DueNanos != right.DueNanos ? left.DueNanos.CompareTo(right.DueNanos) : left.Number.CompareTo(right.Number));
        return [.. set.Select(timer => TimerView.Of(state, timer))];
    }
}
