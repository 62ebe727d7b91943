using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>The first record of a snapshot: the engine's own numbers, the bounds of its tables and its digests.</summary>
internal static class HeaderRecord
{
    /// <summary>What the header says of the rows that follow.</summary>
    public readonly record struct Promised(ulong StateDigest, int FirstFreeTimer, ulong TimersNumbered);

    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        var e = SnapshotHeaderEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotHeaderEncoder.EncodedLength));
        e.Sequence = (ulong)state.Sequence;
        e.TimestampNanos = state.NowNanos;
        e.Epoch = (ushort)state.Epoch;
        e.ShardId = (ushort)state.Shard;
        e.TradingState = state.TradingState;
        e.LedgerBroken = YesNoValue.Of(state.LedgerBroken);
        e.MalformedInputs = (ulong)state.MalformedInputs;
        e.StateDigest = StateDigest.Of(state);
        e.OutputDigest = state.Outputs.Digest;
        e.OutputCount = (ulong)state.Outputs.TotalCount;
        e.OutputAccumulator = state.Outputs.Running.Accumulator;
        e.OutputWords = state.Outputs.Running.Words;
        e.VenuesMax = (uint)state.Limits.Venues;
        e.InstrumentsMax = (uint)state.Limits.Instruments;
        e.ClientsMax = (uint)state.Limits.Clients;
        e.AccountsMax = (uint)state.Limits.Accounts;
        e.StrategiesMax = (uint)state.Limits.Strategies;
        e.PositionsMax = (uint)state.Limits.Positions;
        e.OrdersMax = (uint)state.Limits.Orders;
        e.BudgetsMax = (uint)state.Limits.Budgets;
        e.FirstFreeTimer = state.Timers.FirstFree;
        e.TimersNumbered = state.Timers.Numbered;
        e.ResendWithinNanos = state.ResendWithinNanos;
        writer.Commit();
    }

    public static void Read(EngineState state, ref SnapshotReader reader, out Promised promised)
    {
        SnapshotHeaderDecoder record =
            SnapshotHeaderDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotHeaderDecoder.TemplateId, SnapshotHeaderDecoder.BlockLength));
        RequireLimits(reader, record, state.Limits);
        reader.Require(record.TimestampNanos >= 0, "timestampNanos", record.TimestampNanos);
        reader.Require(record.Epoch <= ClientOrderId.EpochMax, "epoch", record.Epoch);
        reader.Require(record.ShardId <= ClientOrderId.ShardMax, "shardId", record.ShardId);
        state.Sequence = Count(reader, record.Sequence, "sequence");
        state.NowNanos = record.TimestampNanos;
        state.Epoch = record.Epoch;
        state.Shard = record.ShardId;
        reader.Require(record.TradingState is >= TradingState.Active and <= TradingState.Halted, "tradingState", (long)record.TradingState);
        state.TradingState = record.TradingState;
        state.LedgerBroken = YesNoValue.Read(reader, record.LedgerBroken, "ledgerBroken");
        reader.Require(Reconciliation.IsResendLimit(record.ResendWithinNanos), "resendWithinNanos", record.ResendWithinNanos);
        state.ResendWithinNanos = record.ResendWithinNanos;
        state.MalformedInputs = Count(reader, record.MalformedInputs, "malformedInputs");
        promised = new Promised(record.StateDigest, record.FirstFreeTimer, record.TimersNumbered);

        var running = new DigestBuilder(record.OutputAccumulator, record.OutputWords);
        state.Outputs.Resume(Count(reader, record.OutputCount, "outputCount"), running);
        if (running.Value != record.OutputDigest)
        {
            throw new SnapshotException(reader.Record, "outputDigest", $"{record.OutputDigest:x16} where accumulator and words give {running.Value:x16}");
        }
    }

    private static long Count(in SnapshotReader reader, ulong value, string field)
    {
        reader.Require(value <= long.MaxValue, field, -1);
        return (long)value;
    }

    private static void RequireLimits(in SnapshotReader reader, in SnapshotHeaderDecoder record, EngineLimits limits)
    {
        RequireLimit(reader, record.VenuesMax, limits.Venues, "venuesMax");
        RequireLimit(reader, record.InstrumentsMax, limits.Instruments, "instrumentsMax");
        RequireLimit(reader, record.ClientsMax, limits.Clients, "clientsMax");
        RequireLimit(reader, record.AccountsMax, limits.Accounts, "accountsMax");
        RequireLimit(reader, record.StrategiesMax, limits.Strategies, "strategiesMax");
        RequireLimit(reader, record.PositionsMax, limits.Positions, "positionsMax");
        RequireLimit(reader, record.OrdersMax, limits.Orders, "ordersMax");
        RequireLimit(reader, record.BudgetsMax, limits.Budgets, "budgetsMax");
    }

    private static void RequireLimit(in SnapshotReader reader, uint value, int own, string field) =>
        reader.Require(value == own, field, value, $"where this engine has {own}: engines with other bounds decide otherwise");
}
