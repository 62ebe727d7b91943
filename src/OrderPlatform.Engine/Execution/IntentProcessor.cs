using System;
using OrderPlatform.Engine.Execution.Routing;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
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
    public static void Want(EngineState state, int row, in Intent intent) => Want(state, row, intent, default);

    /// <summary>Replaces what a position wants, whose size was found for the same intent in this input already.</summary>
    public static void Want(EngineState state, int row, in Intent intent, in SizingAnswer sized)
    {
        state.Positions[row].Intent = intent;
        Advance(state, row, sized);
    }

    /// <summary>Orders what is wanted, if nothing stands in the way.</summary>
    public static void Advance(EngineState state, int row) => Advance(state, row, default);

    private static void Advance(EngineState state, int row, in SizingAnswer sized)
    {
        ref Position position = ref state.Positions[row];
        if (position.Intent.State != IntentState.Ready || state.Clients[state.Strategies[position.Strategy].Client].Reconciling)
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

        if (IsInputFull(state))
        {
            // However many positions one price stops out, of whichever clients: none is refused, they go with the next input.
            IntentTiming.Schedule(state, row);
            return;
        }

        Intent intent = position.Intent;
        position.Intent = default;
        if (intent.Target != (intent.AtMarket ? position.Side : ProductPosition.SideOf(state, row)))
        {
            Order(state, row, intent, sized);
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

    private static bool IsInputFull(EngineState state) =>
        state.OrdersOfInput >= ClientOrderId.OrdersPerInputMax || state.ParentsOfInput >= ParentDesk.ParentsPerInputMax;

    private static void Order(EngineState state, int row, in Intent intent, in SizingAnswer sized)
    {
        ref Position position = ref state.Positions[row];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        Quantity held = intent.AtMarket ? position.Quantity : ProductPosition.Of(state, row);
        ParentOrder plan = Plan(strategy, row, intent, held);
        Price price = ChildPrice.Of(state, plan, row, plan.Type);
        Quantity opening = intent.Target == Direction.Neutral || price.IsZero ? Quantity.Zero
            : sized.Price == price ? sized.Quantity
            : PositionSizer.Answer(state, position, price, intent).Quantity;
        var proposed = new ProposedOrder(row, plan.Side, ToClose(state, plan), opening, price, intent.RequestId);
        if (intent.Target != Direction.Neutral && opening.IsZero)
        {
            RiskRecords.Refused(state, proposed, new Refusal(CheckKind.OrderQuantity, ReasonCode.RoundsToZero, 0, instrument.QuantityStep.Raw));
        }

        if (!proposed.Quantity.IsZero)
        {
            plan.Quantity = proposed.Quantity;
            plan.Opening = opening;
            ParentDesk.Start(state, plan);
        }
    }

    private static ParentOrder Plan(in Strategy strategy, int row, in Intent intent, Quantity held)
    {
        ref readonly ExecutionRules rules = ref strategy.Execution;
        ExecutionAlgorithm algorithm = intent.AtMarket ? ExecutionAlgorithm.Immediate : rules.Algorithm;
        OrderType type = intent.AtMarket ? OrderType.Market : algorithm switch
        {
            ExecutionAlgorithm.Immediate => rules.OrderType,
            ExecutionAlgorithm.LimitThenMarket => OrderType.Limit,
            _ => rules.UseLimitOrders ? OrderType.Limit : OrderType.Market,
        };
        return new ParentOrder
        {
            RequestId = intent.RequestId,
            Position = row,
            Origin = OrderOrigin.Intent,
            Algorithm = algorithm,
            Side = intent.Target == Direction.Long || (intent.Target == Direction.Neutral && held.Raw < 0) ? Side.Buy : Side.Sell,
            Type = type,
            TimeInForce = intent.AtMarket ? TimeInForce.GoodTillCancelled : rules.TimeInForce,
            Target = intent.Target,
            ExitReason = intent.ExitReason,
            PostOnly = rules.PostOnly && type == OrderType.Limit,
            DecisionPrice = intent.DecisionPrice,
            FirstOrder = -1,
        };
    }

    // What a wish takes away: of its position, and with routing of the strategy's others of the product.
    private static Quantity ToClose(EngineState state, in ParentOrder plan)
    {
        Int128 sum = Closable.At(state, plan, plan.Position).Raw;
        int own = state.Positions[plan.Position].Instrument;
        if (Routes.IsRouted(state, plan))
        {
            for (int other = state.Instruments[own].NextOfProduct; other != own; other = state.Instruments[other].NextOfProduct)
            {
                ref Position home = ref state.Positions[plan.Position];
                sum += state.Positions.TryFind(home.Strategy, other, home.Leg, out int row) ? Closable.At(state, plan, row).Raw : 0;
            }
        }

        return new Quantity(Valuation.Hold(sum).Raw);
    }
}
