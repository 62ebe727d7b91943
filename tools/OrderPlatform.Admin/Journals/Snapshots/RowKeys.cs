using System.Globalization;
using OrderPlatform.Engine;
using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary>What the rows of a snapshot's tables are about, in the words of people, and whose they are.</summary>
internal sealed class RowKeys(EngineState state, JournalNames names)
{
    /// <summary>A row's key; null where its number says it all.</summary>
    /// <param name="table">The record's name without "Snapshot".</param>
    /// <param name="row">The row.</param>
    public string? Of(string table, long row) => IsThere(table, row)
        ? table switch
        {
            "Venue" => names.Venues[state.Venues[(int)row].Id],
            "Instrument" or "History" => names.Instruments[state.Instruments[(int)row].Id],
            "Client" => names.Clients[state.Clients[(int)row].Id],
            "Account" => names.Accounts[state.Accounts[(int)row].Id],
            "AssetBalance" => names.Accounts[state.Accounts[state.Balances[(int)row].Account].Id],
            "Strategy" => names.Strategies[state.Strategies[(int)row].Id],
            "Position" or "Protection" or "Votes" or "Tally" => PositionKey((int)row),
            "Order" => IdOf(state.Orders[(int)row].ClientOrderId),
            "Parent" => IdOf(state.Parents[(int)row].Id),
            "Budget" => $"budget {state.Budgets[(int)row].Id.ToString(CultureInfo.InvariantCulture)}",
            _ => null,
        }
        : null;

    /// <summary>The client whose a row is; 0 for nobody's.</summary>
    public uint ClientOf(string table, long row) => IsThere(table, row)
        ? table switch
        {
            "Client" => state.Clients[(int)row].Id,
            "Account" => OfAccount((int)row),
            "AssetBalance" => OfAccount(state.Balances[(int)row].Account),
            "Strategy" => OfStrategy((int)row),
            "Position" or "Protection" or "Votes" or "Tally" => OfStrategy(state.Positions[(int)row].Strategy),
            "Order" when state.Orders[(int)row].ClientOrderId != 0 => OfStrategy(state.Positions[state.Orders[(int)row].Position].Strategy),
            "Parent" when state.Parents[(int)row].Id != 0 => OfStrategy(state.Positions[state.Parents[(int)row].Position].Strategy),
            _ => 0,
        }
        : 0;

    private bool IsThere(string table, long row) => row >= 0 && row < table switch
    {
        "Venue" => state.Venues.Count,
        "Instrument" or "History" => state.Instruments.Count,
        "Client" => state.Clients.Count,
        "Account" => state.Accounts.Count,
        "AssetBalance" => state.Balances.Count,
        "Strategy" => state.Strategies.Count,
        "Position" or "Protection" or "Votes" or "Tally" => state.Positions.Count,
        "Order" => state.Orders.Rows.Length,
        "Parent" => state.Parents.Used,
        "Budget" => state.Budgets.Count,
        _ => 0,
    };

    // A free row has none.
    private static string? IdOf(ulong id) => id == 0 ? null : id.ToString(CultureInfo.InvariantCulture);

    private string PositionKey(int row) =>
        $"{names.Strategies[state.Strategies[state.Positions[row].Strategy].Id]} {names.Instruments[state.Instruments[state.Positions[row].Instrument].Id]} {state.Positions[row].Leg}";

    private uint OfStrategy(int row) => state.Clients[state.Strategies[row].Client].Id;

    private uint OfAccount(int row) => state.Clients[state.Accounts[row].Client].Id;
}
