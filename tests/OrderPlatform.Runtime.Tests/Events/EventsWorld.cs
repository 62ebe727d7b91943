using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Events;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Tests.Doors;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.EventStreams;

/// <summary>An engine's machine with journal, follower and events stream, and other machines with subscribers, in one thread and by one clock.</summary>
internal sealed class EventsWorld : IDisposable
{
    public const string Channel = "aeron:udp?endpoint=127.0.0.1:20101";

    private const int LongWaitSteps = 2_000;

    private readonly JournalFolder _folder = new();
    private readonly JournalWriter _journal;
    private readonly List<EventsReader> _readers = [];

    public EventsWorld(int seed, Func<EventsOptions, EventsOptions>? change = null)
    {
        Seed = seed;
        World.StepNs = 250_000;
        _journal = _folder.Create();
        Trading = new RandomTrading(seed, _journal);
        Time = new WorldTime(World.Clock);
        Node = World.Add(seed);
        Options = (change ?? (static options => options))(new EventsOptions
        {
            Channel = Channel,
            Rules = [TestRule.Of(7, seesAll: true)],
            TermLengthBytes = 65_536,
            RowsPerCycle = 2,
        });
        Stream = new EventsStream(Options, Node.Client, () => Durable, Problems.Add, Time);
        var start = EngineStart.First(Path.Combine(_folder.Path, "journal"), new JournalReaderOptions { IsFollowing = true });
        Follower = new Follower(start, null, Problems.Add) { Observer = Stream };
    }

    public int Seed { get; }

    public AeronWorld World { get; } = new();

    public AeronNode Node { get; }

    public WorldTime Time { get; }

    public EventsOptions Options { get; }

    public EventsStream Stream { get; }

    public Follower Follower { get; }

    public RandomTrading Trading { get; }

    public List<string> Problems { get; } = [];

    /// <summary>Up to where the journal counts as durable.</summary>
    public long Durable { get; set; } = long.MaxValue;

    public EngineState Replica => Follower.Engine.State;

    /// <summary>A subscriber on a machine of its own.</summary>
    public EventsReader Join(int seed, Func<EventsSubscriberOptions, EventsSubscriberOptions>? change = null)
    {
        var reader = new EventsReader(World, World.Add(seed), Time, change ?? (static options => options));
        _readers.Add(reader);
        return reader;
    }

    public void Leave(EventsReader reader)
    {
        _readers.Remove(reader);
        reader.Dispose();
    }

    /// <summary>One cycle of everybody.</summary>
    public void Step()
    {
        World.Step();
        Follower.DoWork();
        foreach (EventsReader reader in _readers)
        {
            reader.DoWork();
        }
    }

    public void StepUntil(Func<bool> condition, TimeSpan limit, string what)
    {
        long deadline = World.Clock.NanoTime + (limit.Ticks * 100);
        while (!condition())
        {
            Assert.That(
                World.Clock.NanoTime,
                Is.LessThan(deadline),
                $"not within {limit} of the clock: {what} (seed {Seed}; {string.Join("; ", Problems)}; {Node.Errors()})");
            Step();
        }
    }

    public void StepFor(TimeSpan time)
    {
        long usual = World.StepNs;
        long end = World.Clock.NanoTime + (time.Ticks * 100);
        World.StepNs = Math.Max(usual, time.Ticks * 100 / LongWaitSteps);
        while (World.Clock.NanoTime < end)
        {
            Step();
        }

        World.StepNs = usual;
    }

    /// <summary>Nothing more happens; everybody reads to the end.</summary>
    public void Settle()
    {
        WaitForAll();

        // Who was cut off a moment ago does not know it yet: the driver gives an image up after ten seconds.
        StepFor(TimeSpan.FromSeconds(25));
        WaitForAll();
    }

    /// <summary>Where a subscriber's book is not the engine's state.</summary>
    public string Differences(EventsBook book, uint client = 0)
    {
        EngineState state = Trading.Engine.State;
        var differences = new List<string>();
        var positions = new Dictionary<(uint, uint, PositionLeg), ShownPosition>();
        foreach (ref Position position in state.Positions.Rows)
        {
            ref Strategy strategy = ref state.Strategies[position.Strategy];
            (uint, uint, PositionLeg) key = (strategy.Id, state.Instruments[position.Instrument].Id, position.Leg);

            // A position that nothing was booked to has had no event, and says nothing.
            if (!position.Fees.IsZero || book.Positions.ContainsKey(key))
            {
                positions[key] = new ShownPosition(
                    state.Clients[strategy.Client].Id, state.Accounts[position.Account].Id, position.Quantity.Raw, position.Cost.Raw, position.Realised.Raw,
                    position.Fees.Raw, position.Funding.Raw);
            }
        }

        var orders = new Dictionary<ulong, ShownOrder>();
        foreach (ref Order order in state.Orders.Rows)
        {
            ref Position position = ref state.Positions[order.Position];
            ref Strategy strategy = ref state.Strategies[position.Strategy];
            if (order.IsOpen)
            {
                orders[order.ClientOrderId] = new ShownOrder(
                    state.Clients[strategy.Client].Id, strategy.Id, state.Instruments[position.Instrument].Id, order.Side, order.Status, order.Quantity.Raw,
                    order.Cumulative.Raw, order.LimitPrice.Raw);
            }
        }

        Compare("position", Of(positions, client, static position => position.ClientId), book.Positions, differences);
        Compare("order", Of(orders, client, static order => order.ClientId), book.Orders, differences);
        Compare("balance", BalancesOf(state, client), book.Balances, differences);
        Compare("market", MarketsOf(state), book.Markets, differences);
        if (client == 0)
        {
            Compare("state", StatesOf(state), book.States, differences);
        }

        return string.Join('\n', differences);
    }

    public void Dispose()
    {
        foreach (EventsReader reader in _readers)
        {
            reader.Dispose();
        }

        Follower.OnClose();
        World.Dispose();
        _journal.Dispose();
        _folder.Dispose();
    }

    private void WaitForAll()
    {
        StepUntil(
            () => Replica.Sequence == Trading.Engine.State.Sequence && _readers.TrueForAll(static reader => reader.IsStopped || reader.Book.IsWhole),
            TimeSpan.FromSeconds(120),
            "all is known");
        StepFor(TimeSpan.FromMilliseconds(100));
    }

    private static Dictionary<TKey, TValue> Of<TKey, TValue>(Dictionary<TKey, TValue> all, uint client, Func<TValue, uint> clientOf)
        where TKey : notnull => client == 0 ? all : all.Where(entry => clientOf(entry.Value) == client).ToDictionary();

    private static Dictionary<uint, long> BalancesOf(EngineState state, uint client)
    {
        var balances = new Dictionary<uint, long>();
        for (int row = 0; row < state.Accounts.Count; row++)
        {
            if (client == 0 || state.Clients[state.Accounts[row].Client].Id == client)
            {
                balances[state.Accounts[row].Id] = state.Accounts[row].Cash.Raw;
            }
        }

        return balances;
    }

    private static Dictionary<uint, ShownMarket> MarketsOf(EngineState state)
    {
        var markets = new Dictionary<uint, ShownMarket>();
        foreach (ref Instrument instrument in state.Instruments.Rows)
        {
            markets[instrument.Id] = new ShownMarket(instrument.Bid.Raw, instrument.Ask.Raw, instrument.Mark.Raw);
        }

        return markets;
    }

    private static Dictionary<(Scope, uint), TradingState> StatesOf(EngineState state)
    {
        var states = new Dictionary<(Scope, uint), TradingState> { [(Scope.Shard, 0)] = state.TradingState };
        foreach (ref Client client in state.Clients.Rows)
        {
            states[(Scope.Client, client.Id)] = client.State;
        }

        foreach (ref Strategy strategy in state.Strategies.Rows)
        {
            states[(Scope.Strategy, strategy.Id)] = strategy.State;
        }

        return states.Where(static entry => entry.Value != TradingState.Active).ToDictionary();
    }

    private static void Compare<TKey, TValue>(
        string what, Dictionary<TKey, TValue> expected, IReadOnlyDictionary<TKey, TValue> actual, List<string> differences)
        where TKey : notnull
    {
        foreach (TKey key in expected.Keys.Union(actual.Keys))
        {
            bool isExpected = expected.TryGetValue(key, out TValue? wanted);
            bool isThere = actual.TryGetValue(key, out TValue? found);
            if (isExpected != isThere || (isThere && !EqualityComparer<TValue>.Default.Equals(found, wanted)))
            {
                differences.Add($"{what} {key}: the engine has {(isExpected ? wanted : "none")}, the subscriber {(isThere ? found : "none")}");
            }
        }
    }
}
