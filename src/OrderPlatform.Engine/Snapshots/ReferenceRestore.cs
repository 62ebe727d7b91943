using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Rows;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>
/// Reads venues, instruments, clients, accounts, balances and strategies of a snapshot and links them. References are checked here; values that no reference
/// depends on are covered by the digests.
/// </summary>
internal static class ReferenceRestore
{
    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (RowRecords.TryRead(ref reader, state.Venues.Count, state.Venues.Capacity, out Venue venue))
        {
            RequireNew(reader, state.Venues, venue.Id, "venueId");
            state.Venues.Add(venue.Id, venue);
        }

        ReadInstruments(state, ref reader);
        ReadClients(state, ref reader);
        ReadAccounts(state, ref reader);
        ReadStrategies(state, ref reader);
    }

    private static void ReadInstruments(EngineState state, ref SnapshotReader reader)
    {
        while (RowRecords.TryRead(ref reader, state.Instruments.Count, state.Instruments.Capacity, out Instrument instrument))
        {
            RequireNew(reader, state.Instruments, instrument.Id, "instrumentId");
            reader.RequireRow(instrument.Venue, "venueRow", state.Venues.Count);
            Registry.Link(state, ref instrument);
            state.Instruments.Add(instrument.Id, instrument);
        }

        int count = 0;
        for (; RowRecords.TryRead(ref reader, count, state.Instruments.Count, out InstrumentHistory history); count++)
        {
            state.Histories[count] = history;
        }

        reader.Require(count == state.Instruments.Count, "row", count, "rows of histories where there is one an instrument");
    }

    private static void ReadClients(EngineState state, ref SnapshotReader reader)
    {
        while (RowRecords.TryRead(ref reader, state.Clients.Count, state.Clients.Capacity, out Client client))
        {
            RequireNew(reader, state.Clients, client.Id, "clientId");
            reader.Require(client.OrderRows <= client.MaximumOrders, "orderRows", client.OrderRows);
            reader.Require(client.PositionRows <= client.MaximumPositions, "positionRows", client.PositionRows);
            reader.Require(Quotas.Fit(state, client.MaximumOrders, client.MaximumPositions), "maximumOrders", client.MaximumOrders, "does not fit into the tables");
            reader.Require(client.FillBase == Quotas.NextFillBase(state), "fillBase", client.FillBase);
            bool isPlaced = client.FillPlaces > 0 && client.FillPlaces <= client.MaximumOrders * Orders.FillMemory.PlacesPerOrder;
            reader.Require(isPlaced, "fillPlaces", client.FillPlaces);
            client.FirstAccount = -1;
            client.FirstStrategy = -1;
            state.Clients.Add(client.Id, client);
        }
    }

    private static void ReadAccounts(EngineState state, ref SnapshotReader reader)
    {
        while (RowRecords.TryRead(ref reader, state.Accounts.Count, state.Accounts.Capacity, out Account account))
        {
            RequireNew(reader, state.Accounts, account.Id, "accountId");
            reader.RequireRow(account.Client, "clientRow", state.Clients.Count);
            reader.RequireRow(account.Venue, "venueRow", state.Venues.Count);
            reader.RequireRowOrNone(account.Conversion, "conversionRow", state.Instruments.Count);
            account.FirstPosition = -1;
            Registry.Link(state, ref account);
            state.Accounts.Add(account.Id, account);
        }

        while (RowRecords.TryRead(ref reader, state.Balances.Count, state.Limits.AssetBalances, out AssetBalance balance))
        {
            reader.RequireRow(balance.Account, "accountRow", state.Accounts.Count);
            reader.Require(state.Balances.TryAdd(balance, out _), "asset", (long)balance.Asset, "is there already");
        }
    }

    private static void ReadStrategies(EngineState state, ref SnapshotReader reader)
    {
        while (RowRecords.TryRead(ref reader, state.Strategies.Count, state.Strategies.Capacity, out Strategy strategy))
        {
            RequireNew(reader, state.Strategies, strategy.Id, "strategyId");
            reader.RequireRow(strategy.Client, "clientRow", state.Clients.Count);
            reader.RequireRow(strategy.Account, "accountRow", state.Accounts.Count);
            reader.Require(state.Accounts[strategy.Account].Client == strategy.Client, "accountRow", strategy.Account, "is an account of another client");
            strategy.FirstPosition = -1;
            Registry.Link(state, ref strategy);
            state.Strategies.Add(strategy.Id, strategy);
        }
    }

    private static void RequireNew<TRow>(in SnapshotReader reader, Table<TRow> table, ulong id, string field)
        where TRow : struct
    {
        reader.Require(id != 0, field, (long)id);
        reader.Require(!table.TryFind(id, out _), field, (long)id, "is there already");
    }
}
