using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Collections;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>Positions, one for each strategy, instrument and leg, in order of their first use; a client has the rows that were promised to it.</summary>
public sealed class PositionTable
{
    private readonly Position[] _rows;
    private readonly Protection[] _protections;
    private readonly Votes[] _votes;
    private readonly Tally[] _tallies;
    private readonly KeyIndex _index;

    /// <summary>An empty table.</summary>
    public PositionTable(int capacity)
    {
        _rows = new Position[capacity];
        _protections = new Protection[capacity];
        _votes = new Votes[capacity];
        _tallies = new Tally[capacity];
        _index = new KeyIndex(capacity);
    }

    /// <summary>Positions in it, flat ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Whether it takes no more.</summary>
    public bool IsFull => Count == _rows.Length;

    /// <summary>A position by its row.</summary>
    public ref Position this[int row] => ref _rows[row];

    /// <summary>The positions in order of their first use.</summary>
    public Span<Position> Rows => _rows.AsSpan(0, Count);

    /// <summary>What protects the position of a row.</summary>
    public ref Protection ProtectionOf(int row) => ref _protections[row];

    /// <summary>What an ensemble's models said of the position of a row.</summary>
    public ref Votes VotesOf(int row) => ref _votes[row];

    /// <summary>What the orders and trades of the position of a row came to.</summary>
    public ref Tally TallyOf(int row) => ref _tallies[row];

    internal Span<Protection> Protections => _protections.AsSpan(0, Count);

    internal Span<Votes> AllVotes => _votes.AsSpan(0, Count);

    internal Span<Tally> Tallies => _tallies.AsSpan(0, Count);

    /// <summary>The row of a strategy's position in an instrument.</summary>
    public bool TryFind(int strategy, int instrument, PositionLeg leg, out int row) => _index.TryGet(KeyOf(strategy, instrument, leg), out row);

    /// <summary>The row of a strategy's position, made and linked into the lists of its strategy, instrument and account on first use.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="strategy">Row of the strategy.</param>
    /// <param name="instrument">Row of the instrument.</param>
    /// <param name="leg">Net, or a leg in hedging mode.</param>
    /// <param name="row">The row.</param>
    /// <returns><see cref="ReasonCode.None"/>, or why there can be none: no account of the client at the venue, a leg that its mode does not have, another
    /// currency, or no row left.</returns>
    public ReasonCode TryFindOrAdd(EngineState state, int strategy, int instrument, PositionLeg leg, out int row)
    {
        if (TryFind(strategy, instrument, leg, out row))
        {
            return ReasonCode.None;
        }

        row = -1;
        ref Strategy owner = ref state.Strategies[strategy];
        ref Client client = ref state.Clients[owner.Client];
        int account = AccountOf(state, strategy, instrument);
        if (account < 0)
        {
            return ReasonCode.NoAccountAtVenue;
        }

        if (state.Accounts[account].PositionMode == PositionMode.Hedging == (leg == PositionLeg.Net))
        {
            return ReasonCode.InvalidValue;
        }

        if (state.Accounts[account].Asset != state.Instruments[instrument].SettleAsset)
        {
            return ReasonCode.WrongCurrency;
        }

        if (client.PositionRows >= client.MaximumPositions || Count == _rows.Length)
        {
            return ReasonCode.TableFull;
        }

        client.PositionRows++;
        row = Add(state, new Position
        {
            Strategy = strategy,
            Instrument = instrument,
            Account = account,
            Leg = leg,
            WorkingParent = -1,
            IntentTimer = -1,
            ExitTimer = -1,
        });
        return ReasonCode.None;
    }

    /// <summary>
    /// Row of the account that a strategy's position in an instrument is in: the strategy's own where that is at the venue, else the client's first
    /// there, or -1.
    /// </summary>
    public static int AccountOf(EngineState state, int strategy, int instrument) =>
        AccountAt(state, state.Strategies[strategy], state.Instruments[instrument].Venue);

    /// <summary>Takes the next row of a snapshot.</summary>
    internal void Restore(EngineState state, in Position position) => Add(state, position);

    private static int AccountAt(EngineState state, in Strategy strategy, int venue)
    {
        if (state.Accounts[strategy.Account].Venue == venue)
        {
            return strategy.Account;
        }

        int account = state.Clients[strategy.Client].FirstAccount;
        while (account >= 0 && state.Accounts[account].Venue != venue)
        {
            account = state.Accounts[account].NextOfClient;
        }

        return account;
    }

    private int Add(EngineState state, in Position position)
    {
        int row = Count++;
        _index.TryAdd(KeyOf(position.Strategy, position.Instrument, position.Leg), row);
        ref Strategy owner = ref state.Strategies[position.Strategy];
        ref Instrument thing = ref state.Instruments[position.Instrument];
        ref Account account = ref state.Accounts[position.Account];
        _rows[row] = position;
        _protections[row] = Protection.None;
        _rows[row].NextOfInstrument = thing.FirstPosition;
        _rows[row].NextOfStrategy = owner.FirstPosition;
        _rows[row].NextOfAccount = account.FirstPosition;
        thing.FirstPosition = row;
        owner.FirstPosition = row;
        account.FirstPosition = row;
        return row;
    }

    private static ulong KeyOf(int strategy, int instrument, PositionLeg leg) => ((ulong)leg << 62) | ((ulong)(uint)strategy << 31) | (uint)instrument;
}
