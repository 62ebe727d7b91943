using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Strategies in snapshots, each followed by its limits.</summary>
internal static class StrategyRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Strategies.Count; row++)
        {
            ref Strategy strategy = ref state.Strategies[row];
            var e = SnapshotStrategyEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotStrategyEncoder.EncodedLength));
            e.Row = (uint)row;
            e.StrategyId = strategy.Id;
            e.ClientRow = (uint)strategy.Client;
            e.AccountRow = (uint)strategy.Account;
            e.Mode = strategy.Mode;
            e.EntryTiming = strategy.EntryTiming;
            e.NeutralSignal = strategy.NeutralSignal;
            e.SizingMode = strategy.SizingMode;
            e.OrderType = strategy.OrderType;
            e.TimeInForce = strategy.TimeInForce;
            e.Halted = YesNoValue.Of(strategy.Halted);
            e.FixedQuantity = strategy.FixedQuantity.Raw;
            e.EquityFraction = strategy.EquityFraction.Raw;
            e.LimitOffset = strategy.LimitOffset.Raw;
            e.StopLoss = strategy.StopLoss.Raw;
            e.TakeProfit = strategy.TakeProfit.Raw;
            e.MinimumConfidence = strategy.MinimumConfidence.Raw;
            e.DayOpeningResult = strategy.DayOpeningResult.Raw;
            writer.Commit();
            LimitRecord.Write(ref writer, Scope.Strategy, strategy.Id, strategy.Limits);
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotStrategyDecoder.TemplateId))
        {
            SnapshotStrategyDecoder record =
                SnapshotStrategyDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotStrategyDecoder.TemplateId, SnapshotStrategyDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Strategies.Count, state.Limits.Strategies);
            reader.Require(!state.Strategies.TryFind(record.StrategyId, out _), "strategyId", record.StrategyId, "is there already");
            Strategy strategy = Rules(record);
            if (StrategyRules.WrongField(strategy) is { } wrong)
            {
                throw new SnapshotException(reader.Record, wrong, "is out of range");
            }

            strategy.Client = reader.RequireRow(record.ClientRow, "clientRow", state.Clients.Count);
            strategy.Account = reader.RequireRow(record.AccountRow, "accountRow", state.Accounts.Count);
            reader.Require(state.Accounts[strategy.Account].Client == strategy.Client, "accountRow", record.AccountRow, "is an account of another client");
            strategy.Halted = YesNoValue.Read(reader, record.Halted, "halted");
            strategy.DayOpeningResult = new Money(record.DayOpeningResult);
            strategy.FirstPosition = -1;
            strategy.Limits = LimitRecord.Read(ref reader, Scope.Strategy, record.StrategyId);
            state.Strategies.Add(strategy.Id, strategy);
        }
    }

    private static Strategy Rules(in SnapshotStrategyDecoder record) => new()
    {
        Id = record.StrategyId,
        Mode = record.Mode,
        EntryTiming = record.EntryTiming,
        NeutralSignal = record.NeutralSignal,
        SizingMode = record.SizingMode,
        OrderType = record.OrderType,
        TimeInForce = record.TimeInForce,
        FixedQuantity = new Quantity(record.FixedQuantity),
        EquityFraction = new Ratio(record.EquityFraction),
        LimitOffset = new Ratio(record.LimitOffset),
        StopLoss = new Ratio(record.StopLoss),
        TakeProfit = new Ratio(record.TakeProfit),
        MinimumConfidence = new Ratio(record.MinimumConfidence),
    };
}
