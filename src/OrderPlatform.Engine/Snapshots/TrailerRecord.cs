using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>The last record of a snapshot: how many rows there were, and the digest of all records before it.</summary>
internal static class TrailerRecord
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        ulong records = writer.Records;
        ulong digest = writer.Digest;
        var e = SnapshotTrailerEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotTrailerEncoder.EncodedLength));
        e.Venues = (uint)state.Venues.Count;
        e.Instruments = (uint)state.Instruments.Count;
        e.Clients = (uint)state.Clients.Count;
        e.Accounts = (uint)state.Accounts.Count;
        e.Strategies = (uint)state.Strategies.Count;
        e.Positions = (uint)state.Positions.Count;
        e.Orders = (uint)state.Orders.Rows.Length;
        e.Parents = (uint)state.Parents.Used;
        e.Timers = (uint)state.Timers.Used;
        e.Budgets = (uint)state.Budgets.Count;
        e.Records = records;
        e.Digest = digest;
        writer.Commit();
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        ulong records = reader.Records;
        ulong digest = reader.Digest;
        SnapshotTrailerDecoder record =
            SnapshotTrailerDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotTrailerDecoder.TemplateId, SnapshotTrailerDecoder.BlockLength));
        RequireCount(reader, record.Venues, state.Venues.Count, "venues");
        RequireCount(reader, record.Instruments, state.Instruments.Count, "instruments");
        RequireCount(reader, record.Clients, state.Clients.Count, "clients");
        RequireCount(reader, record.Accounts, state.Accounts.Count, "accounts");
        RequireCount(reader, record.Strategies, state.Strategies.Count, "strategies");
        RequireCount(reader, record.Positions, state.Positions.Count, "positions");
        RequireCount(reader, record.Orders, state.Orders.Rows.Length, "orders");
        RequireCount(reader, record.Parents, state.Parents.Used, "parents");
        RequireCount(reader, record.Timers, state.Timers.Used, "timers");
        RequireCount(reader, record.Budgets, state.Budgets.Count, "budgets");
        RequireCount(reader, record.Records, (long)records, "records");
        if (record.Digest != digest)
        {
            throw new SnapshotException(reader.Record, "digest", $"{record.Digest:x16} where the records before have {digest:x16}");
        }
    }

    private static void RequireCount(in SnapshotReader reader, ulong value, long actual, string field)
    {
        if (value != (ulong)actual)
        {
            throw new SnapshotException(reader.Record, field, $"{value} where {actual} came");
        }
    }
}
