using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine;

/// <summary>Everything that the engine knows. It is changed by inputs alone; the parts of the engine share it.</summary>
public sealed class EngineState
{
    internal EngineState(EngineLimits limits)
    {
        Limits = limits;
        Venues = new Table<Venue>(limits.Venues);
        Instruments = new Table<Instrument>(limits.Instruments);
        Clients = new Table<Client>(limits.Clients);
        Accounts = new Table<Account>(limits.Accounts);
        Strategies = new Table<Strategy>(limits.Strategies);
        Positions = new PositionTable(limits.Positions);
        Orders = new OrderTable(limits.Orders);
        Fills = new FillMemory(limits.RememberedFills);

        // One input can at most make every position do this much (flatten: cancel, order, two events; valuation; a closed trade), and end every order.
        Outputs = new OutputBatch((limits.Positions * 6) + (limits.Orders * 2) + 64);
    }

    /// <summary>The bounds of the tables.</summary>
    public EngineLimits Limits { get; }

    /// <summary>Sequence of the last input.</summary>
    public long Sequence { get; internal set; }

    /// <summary>Timestamp of the last input, nanoseconds since the epoch; never goes back.</summary>
    public long NowNanos { get; internal set; }

    /// <summary>UTC day of <see cref="NowNanos"/>, counted from the epoch.</summary>
    public long Day { get; internal set; }

    /// <summary>The current start of the live engine; part of client order ids.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The shard; part of client order ids.</summary>
    public int Shard { get; internal set; }

    /// <summary>Orders made by the current input.</summary>
    public int OrdersOfInput { get; internal set; }

    /// <summary>Whether new exposure is refused for the whole shard.</summary>
    public bool Halted { get; internal set; }

    /// <summary>How old an order that its venue does not know may be to be sent again, nanoseconds; 0 outside a reconciliation.</summary>
    public long ResendWithinNanos { get; internal set; }

    /// <summary>Inputs that changed nothing because they were malformed.</summary>
    public long MalformedInputs { get; internal set; }

    /// <summary>Venues.</summary>
    public Table<Venue> Venues { get; }

    /// <summary>Instruments with their marks.</summary>
    public Table<Instrument> Instruments { get; }

    /// <summary>Clients.</summary>
    public Table<Client> Clients { get; }

    /// <summary>Accounts.</summary>
    public Table<Account> Accounts { get; }

    /// <summary>Strategies.</summary>
    public Table<Strategy> Strategies { get; }

    /// <summary>Positions.</summary>
    public PositionTable Positions { get; }

    /// <summary>Orders.</summary>
    public OrderTable Orders { get; }

    /// <summary>Fills booked last.</summary>
    public FillMemory Fills { get; }

    /// <summary>Outputs of the last input.</summary>
    public OutputBatch Outputs { get; }
}
