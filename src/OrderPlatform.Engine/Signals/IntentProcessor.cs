using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Sizing;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>
/// Carries intents out: one order at a time for a strategy's position, so that two decisions never overlap at the venue. An intent that contradicts a
/// resting order cancels it first and goes on when the venue has answered.
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

        if (position.WorkingOrder >= 0)
        {
            ref Order working = ref state.Orders[position.WorkingOrder];
            if (working.Type == OrderType.Limit)
            {
                OrderDesk.Cancel(state, ref working);
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
        Price price = type == OrderType.Limit ? LimitPrice(strategy, instrument, side) : instrument.Mark;

        Quantity closing = new(FixedPoint.FloorToStep(position.Quantity.Abs().Raw, instrument.QuantityStep.Raw));
        var proposed = new ProposedOrder(row, side, closing, OpeningOf(state, position, intent, price), price, intent.RequestId);
        if (intent.Target != Direction.Neutral && proposed.Opening.IsZero)
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.OrderQuantity, ReasonCode.RoundsToZero, 0, instrument.QuantityStep.Raw));
        }

        // Where the new side is refused, what closes the old one still goes out (D16).
        if (Passes(state, ref proposed))
        {
            var terms = new OrderTerms(OrderOrigin.Intent, type, intent.AtMarket ? TimeInForce.GoodTillCancelled : strategy.Execution.TimeInForce,
                proposed.Opening.IsZero ? Direction.Neutral : intent.Target, closing.IsZero ? ExitReason.None : intent.ExitReason);
            position.WorkingOrder = OrderDesk.Send(state, proposed, terms);
        }
    }

    private static Quantity OpeningOf(EngineState state, in Position position, in Intent intent, Price price) =>
        intent.Target == Direction.Neutral || price.IsZero ? Quantity.Zero : PositionSizer.Size(state, position, price, intent);

    private static bool Passes(EngineState state, ref ProposedOrder proposed)
    {
        if (proposed.Quantity.IsZero)
        {
            return false;
        }

        if (PreTradeChecks.Check(state, proposed) is not { } refusal)
        {
            return true;
        }

        RiskRecords.Refused(state, proposed, refusal);
        if (proposed.Closing.IsZero || proposed.Opening.IsZero)
        {
            return false;
        }

        proposed = proposed with { Opening = Quantity.Zero };
        if (PreTradeChecks.Check(state, proposed) is not { } closingRefusal)
        {
            return true;
        }

        RiskRecords.Refused(state, proposed, closingRefusal);
        return false;
    }

    // A buy rests below the mark and a sell above it: the distance is a fraction of the mark, and rounding goes away from the market.
    private static Price LimitPrice(in Strategy strategy, in Instrument instrument, Side side)
    {
        if (!FixedPoint.TryMultiplyDivide(instrument.Mark.Raw, strategy.Execution.LimitOffset.Raw, FixedPoint.One, out long distance))
        {
            distance = 0;
        }

        // A mark of less than a tick still leaves a price.
        return new Price(side == Side.Buy
            ? Math.Max(instrument.PriceTick.Raw, FixedPoint.FloorToStep(instrument.Mark.Raw - distance, instrument.PriceTick.Raw))
            : FixedPoint.CeilingToStep(instrument.Mark.Raw + distance, instrument.PriceTick.Raw));
    }
}
