using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>Writes the record of a checked order: each check with its value, limit and verdict, whether it passed or not.</summary>
internal static class CheckRecords
{
    public static void Checked(in CheckedOrder order, in CheckList list)
    {
        EngineState state = order.State;
        var e = CheckEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.ClientId = order.Client.Id;
        e.StrategyId = order.Strategy.Id;
        e.InstrumentId = order.Instrument.Id;
        e.Side = order.Order.Side;
        e.Reason = list.Refusal?.Reason ?? ReasonCode.None;
        e.Quantity = order.Order.Quantity.Raw;
        e.Price = order.Order.Price.Raw;
        e.RequestId = order.Order.RequestId;
        e.TimestampNanos = state.NowNanos;
        CheckEventEncoder.ChecksEncoder checks = e.BeginChecks(list.Count);
        for (int i = 0; i < list.Count; i++)
        {
            CheckEntry entry = list[i];
            checks.Next();
            checks.Check = entry.Check;
            checks.Scope = entry.Scope;
            checks.Passed = entry.Passed ? YesNo.Yes : YesNo.No;
            checks.Value = entry.Value;
            checks.Limit = entry.Limit;
        }

        state.Outputs.Commit(e.EncodedLengthSoFar);
    }
}
