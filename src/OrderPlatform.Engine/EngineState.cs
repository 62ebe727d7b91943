using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine;

/// <summary>Everything that the engine knows. It is changed by inputs alone; the parts of the engine share it.</summary>
public sealed class EngineState
{
    internal EngineState(EngineLimits limits)
    {
        Limits = limits;

        // The table of order states is made before the first input: afterwards nothing allocates.
        _ = OrderTransitions.Events;
        Venues = new Table<Venue>(limits.Venues);
        Instruments = new Table<Instrument>(limits.Instruments);
        Histories = new HistoryTable(limits.Instruments);
        Clients = new Table<Client>(limits.Clients);
        Accounts = new Table<Account>(limits.Accounts);
        Strategies = new Table<Strategy>(limits.Strategies);
        Balances = new AssetBalanceTable(limits.AssetBalances);
        Positions = new PositionTable(limits.Positions);
        Parents = new ParentTable(limits.Orders);
        Orders = new OrderTable(limits.Orders);
        Fills = new FillMemory(limits.RememberedFills);
        Timers = new TimerTable(limits.Timers);
        Budgets = new Table<RateBudget>(limits.Budgets);
        BudgetIndex = new BudgetIndex(limits);
        Outputs = new OutputBatch();
        Batches = new BatchNumbers(limits.Venues, limits.Accounts);
    }

    /// <summary>The bounds of the tables.</summary>
    public EngineLimits Limits { get; }

    /// <summary>Sequence of the last input.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Timestamp of the last input, nanoseconds since the epoch; never goes back.</summary>
    public long NowNanos { get; internal set; }

    /// <summary>The current start of the live engine; part of client order ids.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The shard; part of client order ids.</summary>
    public int Shard { get; internal set; }

    /// <summary>When the next day of any client begins.</summary>
    public long NextRollNanos { get; internal set; } = long.MaxValue;

    /// <summary>Orders made by the current input.</summary>
    public int OrdersOfInput { get; internal set; }

    /// <summary>Parent orders made by the current input.</summary>
    public int ParentsOfInput { get; internal set; }

    /// <summary>What the whole shard may trade.</summary>
    public TradingState TradingState { get; internal set; }

    /// <summary>Whether the ledger did not balance once (N10): the shard stays halted.</summary>
    public bool LedgerBroken { get; internal set; }

    /// <summary>How old an order that its venue does not know may be to be sent again, nanoseconds; 0 outside a reconciliation.</summary>
    public long ResendWithinNanos { get; internal set; }

    /// <summary>Inputs that changed nothing because they were malformed.</summary>
    public long MalformedInputs { get; internal set; }

    /// <summary>
    /// Counts what changes limits, days, states or money other than by marks, fills and orders: whatever was found calm before is looked at again. Begins anew
    /// with a restore.
    /// </summary>
    internal ulong RuleChanges { get; set; } = 1;

    /// <summary>Venues.</summary>
    public Table<Venue> Venues { get; }

    /// <summary>Instruments with their marks.</summary>
    public Table<Instrument> Instruments { get; }

    /// <summary>What the instruments' prices were, in the instruments' rows.</summary>
    public HistoryTable Histories { get; }

    /// <summary>Clients.</summary>
    public Table<Client> Clients { get; }

    /// <summary>Accounts.</summary>
    public Table<Account> Accounts { get; }

    /// <summary>Strategies.</summary>
    public Table<Strategy> Strategies { get; }

    /// <summary>Balances in third assets.</summary>
    public AssetBalanceTable Balances { get; }

    /// <summary>Positions.</summary>
    public PositionTable Positions { get; }

    /// <summary>Parent orders under way.</summary>
    public ParentTable Parents { get; }

    /// <summary>Orders.</summary>
    public OrderTable Orders { get; }

    /// <summary>Fills booked last.</summary>
    public FillMemory Fills { get; }

    /// <summary>Timers.</summary>
    public TimerTable Timers { get; }

    /// <summary>Rate budgets.</summary>
    public Table<RateBudget> Budgets { get; }

    /// <summary>Numbers of batches of the current input's orders.</summary>
    internal BatchNumbers Batches { get; }

    /// <summary>Finds rate budgets by whose requests they count.</summary>
    internal BudgetIndex BudgetIndex { get; }

    /// <summary>Outputs of the last input.</summary>
    public OutputBatch Outputs { get; }
}
