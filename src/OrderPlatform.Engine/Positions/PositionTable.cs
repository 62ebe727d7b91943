using System;
using OrderPlatform.Engine.Collections;

namespace OrderPlatform.Engine.Positions;

/// <summary>Positions, one for each pair of strategy and instrument, in order of their first use.</summary>
public sealed class PositionTable
{
    private readonly Position[] _rows;
    private readonly KeyIndex _index;

    /// <summary>An empty table.</summary>
    public PositionTable(int capacity)
    {
        _rows = new Position[capacity];
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

    /// <summary>The row of a strategy's position in an instrument.</summary>
    public bool TryFind(int strategy, int instrument, out int row) => _index.TryGet(KeyOf(strategy, instrument), out row);

    /// <summary>The row of a strategy's position, made and linked into the lists of its strategy, instrument and account on first use.</summary>
    /// <returns><c>false</c> if the table is full.</returns>
    public bool TryFindOrAdd(EngineState state, int strategy, int instrument, out int row)
    {
        if (TryFind(strategy, instrument, out row))
        {
            return true;
        }

        if (IsFull)
        {
            return false;
        }

        row = Count++;
        _index.TryAdd(KeyOf(strategy, instrument), row);
        ref ReferenceData.Strategy owner = ref state.Strategies[strategy];
        ref ReferenceData.Instrument thing = ref state.Instruments[instrument];
        ref Accounts.Account account = ref state.Accounts[owner.Account];
        _rows[row] = new Position
        {
            Strategy = strategy,
            Instrument = instrument,
            Account = owner.Account,
            WorkingOrder = -1,
            NextOfInstrument = thing.FirstPosition,
            NextOfStrategy = owner.FirstPosition,
            NextOfAccount = account.FirstPosition,
        };
        thing.FirstPosition = row;
        owner.FirstPosition = row;
        account.FirstPosition = row;
        return true;
    }

    private static ulong KeyOf(int strategy, int instrument) => ((ulong)(uint)strategy << 32) | (uint)instrument;
}
