using System;
using System.Buffers;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Rows;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>
/// The whole state as SBE records: header, the rows of each table in order, trailer. What follows from the rows is not written but made again: key
/// indexes, heads and links of lists that follow the order of rows, sums at the marks, counts of open orders.
/// </summary>
internal static class EngineSnapshot
{
    public static void Write(EngineState state, IBufferWriter<byte> sink)
    {
        var writer = new SnapshotWriter(sink);
        HeaderRecord.Write(state, ref writer);
        RowRecords.Write(ref writer, state.Venues.Rows);
        RowRecords.Write(ref writer, state.Instruments.Rows);
        RowRecords.Write(ref writer, state.Histories.Rows(state.Instruments.Count));
        RowRecords.Write(ref writer, state.Clients.Rows);
        RowRecords.Write(ref writer, state.Accounts.Rows);
        RowRecords.Write(ref writer, state.Balances.Rows);
        RowRecords.Write(ref writer, state.Strategies.Rows);
        RowRecords.Write(ref writer, state.Positions.Rows);
        RowRecords.Write(ref writer, state.Positions.Protections);
        RowRecords.Write(ref writer, state.Positions.AllVotes);
        RowRecords.Write(ref writer, state.Positions.Tallies);
        RowRecords.Write(ref writer, state.Parents.Rows);
        RowRecords.Write(ref writer, state.Orders.Rows);
        RowRecords.Write(ref writer, state.Timers.Rows);
        RowRecords.Write(ref writer, state.Budgets.Rows);
        foreach (ref Client client in state.Clients.Rows)
        {
            state.Fills.Write(ref writer, client);
        }

        TrailerRecord.Write(state, ref writer);
    }

    /// <summary>A new state from a snapshot, or none.</summary>
    /// <exception cref="SnapshotException">A record is malformed, missing, doubled, out of order or out of range, or the digests differ.</exception>
    public static EngineState Read(ReadOnlySpan<byte> snapshot, EngineLimits limits)
    {
        var reader = new SnapshotReader(snapshot);
        var state = new EngineState(limits);
        HeaderRecord.Read(state, ref reader, out HeaderRecord.Promised promised);
        ReferenceRestore.Read(state, ref reader);
        TradingRestore.Read(state, ref reader);
        foreach (ref Client client in state.Clients.Rows)
        {
            state.Fills.Read(ref reader, client);
        }

        TrailerRecord.Read(state, ref reader);
        reader.RequireEnd();
        TradingRestore.Link(state, promised);
        ulong actual = StateDigest.Of(state);
        if (actual != promised.StateDigest)
        {
            throw new SnapshotException(
                "record 1 (SnapshotHeader)", "stateDigest",
                $"{promised.StateDigest:x16} where the rows have {actual:x16}: they were captured by an engine with other rules");
        }

        Positions.Valuation.MakeAgain(state);
        for (int client = 0; client < state.Clients.Count; client++)
        {
            Risk.RiskMonitor.MarkWatched(state, client);
        }

        Days.Schedule(state);
        return state;
    }
}
