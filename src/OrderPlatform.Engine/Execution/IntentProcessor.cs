using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// Carries intents out: one parent order at a time for a strategy's position, so that two decisions never overlap at the venue. An intent that contradicts
/// one that rests or is not sent whole cancels it first and goes on when the venue has answered.
/// </summary>
internal static class IntentProcessor
{
    /// <summary>Replaces what a position wants.</summary>
    public static void Want(EngineState state, int row, in Intent intent)
    {
        state.Positions[row].Intent = intent;
        Advance(state, row);
    }

    /// <summary>Orders what is wanted, if nothing stands in the way.</summary>
    public static void Advance(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        if (position.Intent.State != IntentState.Ready || state.Orders.InDoubtCount > 0)
        {
            // What is wanted during a reconciliation goes on when that is complete.
            return;
        }

        if (position.WorkingParent >= 0)
        {
            // All of a market order in flight: it is not worth a cancel.
            ref ParentOrder parent = ref state.Parents[position.WorkingParent];
            if (parent.Type != OrderType.Market || parent.Unsent.Raw > 0)
            {
                ParentDesk.Cancel(state, position.WorkingParent);
            }

            return;
        }

        Intent intent = position.Intent;
        position.Intent = default;
        if (intent.Target != position.Side)
        {
            Order(state, row, intent);
        }
    }

    /// <summary>The next bar's first price is there.</summary>
    public static void OnBarOpened(EngineState state, int row)
    {
        ref Position position = ref state.Positions[row];
        if (position.Intent.State == IntentState.WaitsForOpen)
        {
            position.Intent.State = IntentState.Ready;
            Advance(state, row);
        }
    }

    private static void Order(EngineState state, int row, in Intent intent)
    {
        ref Position position = ref state.Positions[row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        Side side = intent.Target == Direction.Long || (intent.Target == Direction.Neutral && position.Quantity.Raw < 0) ? Side.Buy : Side.Sell;
        OrderType type = intent.AtMarket ? OrderType.Market : strategy.Execution.OrderType;
        Price price = type == OrderType.Limit ? ChildPrice.Resting(strategy, instrument, side) : instrument.Mark;
        Quantity closing = new(FixedPoint.FloorToStep(position.Quantity.Abs().Raw, instrument.QuantityStep.Raw));
        Quantity opening = intent.Target == Direction.Neutral || price.IsZero ? Quantity.Zero : PositionSizer.Size(state, position, price, intent);
        var proposed = new ProposedOrder(row, side, closing, opening, price, intent.RequestId);
        if (intent.Target != Direction.Neutral && opening.IsZero)
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.OrderQuantity, ReasonCode.RoundsToZero, 0, instrument.QuantityStep.Raw));
        }

        if (proposed.Quantity.IsZero)
        {
            return;
        }

        ParentDesk.Start(state, new ParentOrder
        {
            RequestId = intent.RequestId,
            Position = row,
            Origin = OrderOrigin.Intent,
            Algorithm = intent.AtMarket ? ExecutionAlgorithm.Immediate : strategy.Execution.Algorithm,
            Side = side,
            Type = type,
            TimeInForce = intent.AtMarket ? TimeInForce.GoodTillCancelled : strategy.Execution.TimeInForce,
            Target = intent.Target,
            ExitReason = intent.ExitReason,
            Quantity = proposed.Quantity,
            Opening = opening,
            DecisionPrice = intent.DecisionPrice,
        });
    }
}
