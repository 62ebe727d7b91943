using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;

namespace OrderPlatform.Engine.Digests;

/// <summary>The digest of the whole state: every field of every row in the tables' own order, so that it means the same in every process.</summary>
internal static class StateDigest
{
    public static ulong Of(EngineState state)
    {
        DigestBuilder digest = default;
        digest.Add(state.Sequence);
        digest.Add(state.NowNanos);
        digest.Add(state.Day);
        digest.Add(state.Epoch);
        digest.Add(state.Shard);
        digest.Add((state.ResendWithinNanos * 2) + (state.Halted ? 1L : 0));
        digest.Add(state.MalformedInputs);
        digest.Add(state.Outputs.TotalCount);
        digest.Add(state.Outputs.Digest);
        AddReferenceData(ref digest, state);
        AddPositions(ref digest, state);
        AddOrders(ref digest, state);
        state.Fills.AddTo(ref digest);
        return digest.Value;
    }

    private static void AddReferenceData(ref DigestBuilder digest, EngineState state)
    {
        digest.Add(state.Venues.Count);
        foreach (ref Venue venue in state.Venues.Rows)
        {
            digest.Add((ulong)venue.Id);
            digest.Add(venue.MakerFeeRate.Raw);
            digest.Add(venue.TakerFeeRate.Raw);
        }

        digest.Add(state.Instruments.Count);
        foreach (ref Instrument instrument in state.Instruments.Rows)
        {
            AddInstrument(ref digest, instrument);
        }

        digest.Add(state.Clients.Count);
        foreach (ref Client client in state.Clients.Rows)
        {
            digest.Add((ulong)client.Id);
            digest.Add(client.Halted ? 1L : 0);
            digest.Add(client.DayOpeningResult.Raw);
            AddLimits(ref digest, client.Limits);
        }

        digest.Add(state.Accounts.Count);
        foreach (ref Account account in state.Accounts.Rows)
        {
            digest.Add((ulong)account.Id);
            digest.Add(account.Client);
            digest.Add(account.Venue);
            digest.Add(account.Cash.Raw);
            digest.Add(account.InitialCash.Raw);
            digest.Add(account.Reserved.Raw);
            digest.Add(account.MaximumLeverage.Raw);
        }

        digest.Add(state.Strategies.Count);
        foreach (ref Strategy strategy in state.Strategies.Rows)
        {
            AddStrategy(ref digest, strategy);
        }
    }

    private static void AddInstrument(ref DigestBuilder digest, in Instrument instrument)
    {
        digest.Add((ulong)instrument.Id);
        digest.Add(instrument.Venue);
        digest.Add(instrument.PriceTick.Raw);
        digest.Add(instrument.QuantityStep.Raw);
        digest.Add(instrument.MinimumQuantity.Raw);
        digest.Add(instrument.MaximumQuantity.Raw);
        digest.Add(instrument.MinimumNotional.Raw);
        digest.Add(instrument.Mark.Raw);
        digest.Add(instrument.MarkTimeNanos);
        digest.Add(instrument.Bid.Raw);
        digest.Add(instrument.Ask.Raw);
    }

    private static void AddStrategy(ref DigestBuilder digest, in Strategy strategy)
    {
        digest.Add((ulong)strategy.Id);
        digest.Add(strategy.Client);
        digest.Add(strategy.Account);
        digest.Add(((ulong)strategy.Mode << 40) | ((ulong)strategy.EntryTiming << 32) | ((ulong)strategy.NeutralSignal << 24)
            | ((ulong)strategy.SizingMode << 16) | ((ulong)strategy.OrderType << 8) | (ulong)strategy.TimeInForce);
        digest.Add(strategy.FixedQuantity.Raw);
        digest.Add(strategy.EquityFraction.Raw);
        digest.Add(strategy.LimitOffset.Raw);
        digest.Add(strategy.StopLoss.Raw);
        digest.Add(strategy.TakeProfit.Raw);
        digest.Add(strategy.MinimumConfidence.Raw);
        digest.Add(strategy.Halted ? 1L : 0);
        digest.Add(strategy.DayOpeningResult.Raw);
        AddLimits(ref digest, strategy.Limits);
    }

    private static void AddLimits(ref DigestBuilder digest, in RiskLimitSet limits)
    {
        // Absent is not zero: long.MinValue is outside every limit's range.
        digest.Add(limits.MinimumOrderQuantity?.Raw ?? long.MinValue);
        digest.Add(limits.MaximumOrderQuantity?.Raw ?? long.MinValue);
        digest.Add(limits.MaximumOrderNotional?.Raw ?? long.MinValue);
        digest.Add(limits.MaximumPositionQuantity?.Raw ?? long.MinValue);
        digest.Add(limits.MaximumPositionNotional?.Raw ?? long.MinValue);
        digest.Add(limits.MaximumPositionFraction?.Raw ?? long.MinValue);
        digest.Add(limits.MaximumDailyLoss?.Raw ?? long.MinValue);
    }

    private static void AddPositions(ref DigestBuilder digest, EngineState state)
    {
        digest.Add(state.Positions.Count);
        foreach (ref Position position in state.Positions.Rows)
        {
            digest.Add(position.Strategy);
            digest.Add(position.Instrument);
            digest.Add(position.Account);
            digest.Add(position.Quantity.Raw);
            digest.Add(position.Cost.Raw);
            digest.Add(position.Realised.Raw);
            digest.Add(position.Fees.Raw);
            digest.Add(position.OtherFees.Raw);
            digest.Add(position.PendingOpening.Raw);
            digest.Add(position.WorkingOrder);
            digest.Add(position.ValuedAtNanos);
            digest.Add((ulong)position.Intent.State);
            digest.Add((long)position.Intent.Target);
            digest.Add((ulong)position.Intent.ExitReason);
            digest.Add(position.Intent.AtMarket ? 1L : 0);
            digest.Add(position.Intent.RequestId);
            AddRound(ref digest, position.Round);
        }
    }

    private static void AddRound(ref DigestBuilder digest, in Trades.Round round)
    {
        digest.Add((ulong)round.Number);
        digest.Add((long)round.Direction);
        digest.Add(round.EntryTimeNanos);
        digest.Add((ulong)round.FillCount);
        digest.Add(round.EntryQuantity.Raw);
        digest.Add(round.EntryValue.Raw);
        digest.Add(round.ExitQuantity.Raw);
        digest.Add(round.ExitValue.Raw);
        digest.Add(round.Realised.Raw);
        digest.Add(round.Fees.Raw);
    }

    private static void AddOrders(ref DigestBuilder digest, EngineState state)
    {
        digest.Add(state.Orders.OpenCount);
        digest.Add(state.Orders.Rows.Length);
        foreach (ref readonly Order order in state.Orders.Rows)
        {
            digest.Add(order.ClientOrderId);
            digest.Add(order.RequestId);
            digest.Add(order.Position);
            digest.Add((order.InDoubt ? 1UL << 56 : 0) | ((ulong)order.Origin << 48) | ((ulong)order.Side << 40) | ((ulong)order.Type << 32)
                | ((ulong)order.TimeInForce << 24) | ((ulong)order.Status << 16) | ((ulong)order.StatusBeforeCancel << 8) | (ulong)order.ExitReason);
            digest.Add((long)order.Target);
            digest.Add((ulong)order.Reason);
            digest.Add(order.Quantity.Raw);
            digest.Add(order.Cumulative.Raw);
            digest.Add(order.Ended.Raw);
            digest.Add(order.Opening.Raw);
            digest.Add(order.LimitPrice.Raw);
            digest.Add(order.ReservePrice.Raw);
            digest.Add(order.Reserved.Raw);
            digest.Add(order.DecidedAtNanos);
            digest.Add(order.Next);
        }
    }
}
