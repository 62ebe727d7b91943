using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>Positions in snapshots, with round and intent. Their lists follow from their order, so that they are made again as they were made.</summary>
internal static class PositionRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Positions.Count; row++)
        {
            ref Position position = ref state.Positions[row];
            var e = SnapshotPositionEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotPositionEncoder.EncodedLength));
            e.Row = (uint)row;
            e.StrategyRow = (uint)position.Strategy;
            e.InstrumentRow = (uint)position.Instrument;
            e.AccountRow = (uint)position.Account;
            e.WorkingOrderRow = position.WorkingOrder;
            e.Quantity = position.Quantity.Raw;
            e.Cost = position.Cost.Raw;
            e.Realised = position.Realised.Raw;
            e.Fees = position.Fees.Raw;
            e.OtherFees = position.OtherFees.Raw;
            e.PendingOpening = position.PendingOpening.Raw;
            e.ValuedAtNanos = position.ValuedAtNanos;
            WriteIntent(e, position.Intent);
            WriteRound(e, position.Round);
            writer.Commit();
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotPositionDecoder.TemplateId))
        {
            SnapshotPositionDecoder record =
                SnapshotPositionDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotPositionDecoder.TemplateId, SnapshotPositionDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Positions.Count, state.Limits.Positions);
            int strategy = reader.RequireRow(record.StrategyRow, "strategyRow", state.Strategies.Count);
            int instrument = reader.RequireRow(record.InstrumentRow, "instrumentRow", state.Instruments.Count);
            reader.Require(!state.Positions.TryFind(strategy, instrument, out _), "instrumentRow", instrument, "has a position of this strategy already");
            reader.Require(record.AccountRow == state.Strategies[strategy].Account, "accountRow", record.AccountRow, "is not the strategy's account");
            reader.Require(record.Quantity != long.MinValue, "quantity", record.Quantity);
            reader.Require(record.Cost != long.MinValue && (record.Quantity != 0 || record.Cost == 0), "cost", record.Cost);
            reader.Require(record.PendingOpening >= 0, "pendingOpening", record.PendingOpening);
            reader.Require(record.ValuedAtNanos >= 0 && record.ValuedAtNanos <= state.NowNanos, "valuedAtNanos", record.ValuedAtNanos);
            Intent intent = ReadIntent(reader, record);
            Round round = ReadRound(reader, record, state.NowNanos);
            state.Positions.TryFindOrAdd(state, strategy, instrument, out int row);
            ref Position position = ref state.Positions[row];
            position.WorkingOrder = record.WorkingOrderRow;
            position.Quantity = new Quantity(record.Quantity);
            position.Cost = new Money(record.Cost);
            position.Realised = new Money(record.Realised);
            position.Fees = new Money(record.Fees);
            position.OtherFees = new Money(record.OtherFees);
            position.PendingOpening = new Quantity(record.PendingOpening);
            position.ValuedAtNanos = record.ValuedAtNanos;
            position.Intent = intent;
            position.Round = round;
        }
    }

    /// <summary>Checks what positions say of orders, once these are there.</summary>
    /// <exception cref="SnapshotException">A working order is not an open order of its position.</exception>
    public static void RequireWorkingOrders(EngineState state)
    {
        for (int row = 0; row < state.Positions.Count; row++)
        {
            int working = state.Positions[row].WorkingOrder;
            bool isSound = working == -1
                || (working >= 0 && working < state.Orders.Rows.Length && state.Orders[working].Position == row && state.Orders[working].IsOpen);
            if (!isSound)
            {
                throw new SnapshotException($"row {row} (SnapshotPosition)", "workingOrderRow", $"{working} is no row of an open order of the position");
            }
        }
    }

    private static void WriteIntent(SnapshotPositionEncoder e, in Intent intent)
    {
        e.IntentState = intent.State;
        e.IntentTarget = intent.Target;
        e.IntentExitReason = intent.ExitReason;
        e.IntentAtMarket = YesNoValue.Of(intent.AtMarket);
        e.IntentRequestId = intent.RequestId;
    }

    private static Intent ReadIntent(in SnapshotReader reader, in SnapshotPositionDecoder record)
    {
        reader.Require(record.IntentState is IntentState.None or IntentState.Ready or IntentState.WaitsForOpen, "intentState", (long)record.IntentState);
        reader.Require(record.IntentTarget is Direction.Short or Direction.Neutral or Direction.Long, "intentTarget", (long)record.IntentTarget);
        reader.Require(record.IntentExitReason is >= ExitReason.None and <= ExitReason.Manual, "intentExitReason", (long)record.IntentExitReason);
        return new Intent
        {
            State = record.IntentState,
            Target = record.IntentTarget,
            ExitReason = record.IntentExitReason,
            AtMarket = YesNoValue.Read(reader, record.IntentAtMarket, "intentAtMarket"),
            RequestId = record.IntentRequestId,
        };
    }

    private static void WriteRound(SnapshotPositionEncoder e, in Round round)
    {
        e.RoundNumber = round.Number;
        e.RoundFillCount = round.FillCount;
        e.RoundDirection = round.Direction;
        e.RoundEntryTimeNanos = round.EntryTimeNanos;
        e.RoundEntryQuantity = round.EntryQuantity.Raw;
        e.RoundEntryValue = round.EntryValue.Raw;
        e.RoundExitQuantity = round.ExitQuantity.Raw;
        e.RoundExitValue = round.ExitValue.Raw;
        e.RoundRealised = round.Realised.Raw;
        e.RoundFees = round.Fees.Raw;
    }

    private static Round ReadRound(in SnapshotReader reader, in SnapshotPositionDecoder record, long nowNanos)
    {
        reader.Require(record.RoundDirection is Direction.Short or Direction.Neutral or Direction.Long, "roundDirection", (long)record.RoundDirection);
        reader.Require(record.RoundEntryTimeNanos >= 0 && record.RoundEntryTimeNanos <= nowNanos, "roundEntryTimeNanos", record.RoundEntryTimeNanos);
        reader.Require(record.RoundEntryQuantity >= 0, "roundEntryQuantity", record.RoundEntryQuantity);
        reader.Require(record.RoundEntryValue >= 0, "roundEntryValue", record.RoundEntryValue);
        reader.Require(record.RoundExitQuantity >= 0, "roundExitQuantity", record.RoundExitQuantity);
        reader.Require(record.RoundExitValue >= 0, "roundExitValue", record.RoundExitValue);
        return new Round
        {
            Number = record.RoundNumber,
            FillCount = record.RoundFillCount,
            Direction = record.RoundDirection,
            EntryTimeNanos = record.RoundEntryTimeNanos,
            EntryQuantity = new Quantity(record.RoundEntryQuantity),
            EntryValue = new Money(record.RoundEntryValue),
            ExitQuantity = new Quantity(record.RoundExitQuantity),
            ExitValue = new Money(record.RoundExitValue),
            Realised = new Money(record.RoundRealised),
            Fees = new Money(record.RoundFees),
        };
    }
}
