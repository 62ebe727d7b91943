using System;
using System.Buffers;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>
/// The whole state as SBE records: header, the rows of each table in order, trailer. What follows from the rows is not written but made again: key
/// indexes, heads and links of lists, the ends of the list of ended orders, the day, the number of open orders.
/// </summary>
internal static class EngineSnapshot
{
    public static void Write(EngineState state, IBufferWriter<byte> sink)
    {
        var writer = new SnapshotWriter(sink);
        HeaderRecord.Write(state, ref writer);
        VenueRows.Write(state, ref writer);
        InstrumentRows.Write(state, ref writer);
        ClientRows.Write(state, ref writer);
        AccountRows.Write(state, ref writer);
        StrategyRows.Write(state, ref writer);
        PositionRows.Write(state, ref writer);
        OrderRows.Write(state, ref writer);
        FillRecords.Write(state, ref writer);
        TrailerRecord.Write(state, ref writer);
    }

    /// <summary>A new state from a snapshot, or none.</summary>
    /// <exception cref="SnapshotException">A record is malformed, missing, doubled, out of order or out of range, or the digests differ.</exception>
    public static EngineState Read(ReadOnlySpan<byte> snapshot, EngineLimits limits)
    {
        var reader = new SnapshotReader(snapshot);
        var state = new EngineState(limits);
        HeaderRecord.Read(state, ref reader, out ulong stateDigest, out long fills);
        VenueRows.Read(state, ref reader);
        InstrumentRows.Read(state, ref reader);
        ClientRows.Read(state, ref reader);
        AccountRows.Read(state, ref reader);
        StrategyRows.Read(state, ref reader);
        PositionRows.Read(state, ref reader);
        OrderRows.Read(state, ref reader);
        FillRecords.Read(state, ref reader, fills);
        TrailerRecord.Read(state, ref reader);
        reader.RequireEnd();
        OrderRows.Link(state);
        PositionRows.RequireWorkingOrders(state);
        ulong actual = StateDigest.Of(state);
        return actual == stateDigest
            ? state
            : throw new SnapshotException(
                "record 1 (SnapshotHeader)", "stateDigest", $"{stateDigest:x16} where the rows have {actual:x16}: they were captured by an engine with other rules");
    }
}
