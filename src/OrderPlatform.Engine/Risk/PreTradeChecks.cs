using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// The checks before an order goes out (R109 to R121, R193): trading state, daily loss, the venue's rules, order size, position size, balance, in this order;
/// the first that refuses decides and is recorded with its numbers. What only reduces a position passes all but the venue's rules (D16).
/// </summary>
internal static class PreTradeChecks
{
    /// <summary>Checks an order.</summary>
    /// <returns><c>null</c> if it may go out.</returns>
    public static Refusal? Check(EngineState state, in ProposedOrder order)
    {
        ref Client owner = ref state.Clients[state.Strategies[state.Positions[order.Position].Strategy].Client];
        if (owner.Reconciling)
        {
            return new Refusal(CheckKind.TradingState, ReasonCode.Reconciling, owner.InDoubt, 0);
        }

        Refusal? refusal = CheckVenueRules(state, order);
        if (refusal is not null || order.Opening.IsZero)
        {
            return refusal;
        }

        ref Position position = ref state.Positions[order.Position];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Client client = ref state.Clients[strategy.Client];
        return CheckTradingState(state, strategy, client)
            ?? CheckDailyLoss(state, strategy, client)
            ?? CheckOrder(order, strategy.Limits)
            ?? CheckOrder(order, client.Limits)
            ?? CheckPosition(state, order, strategy.Limits)
            ?? CheckPosition(state, order, client.Limits)
            ?? CheckBalance(state, order);
    }

    private static Refusal? CheckTradingState(EngineState state, in Strategy strategy, in Client client) =>
        state.TradingState != TradingState.Active || client.State != TradingState.Active || strategy.State != TradingState.Active ? new Refusal(CheckKind.TradingState, ReasonCode.Halted, 1, 0) : null;

    private static Refusal? CheckVenueRules(EngineState state, in ProposedOrder order)
    {
        ref Instrument instrument = ref state.Instruments[state.Positions[order.Position].Instrument];
        Quantity quantity = order.Quantity;
        if (instrument.QuantityStep.Raw > 0 && quantity.Raw % instrument.QuantityStep.Raw != 0)
        {
            return new Refusal(CheckKind.VenueRules, ReasonCode.QuantityNotOnStep, quantity.Raw, instrument.QuantityStep.Raw);
        }

        if (quantity < instrument.MinimumQuantity)
        {
            return new Refusal(CheckKind.VenueRules, ReasonCode.QuantityBelowMinimum, quantity.Raw, instrument.MinimumQuantity.Raw);
        }

        if (quantity > instrument.MaximumQuantity)
        {
            return new Refusal(CheckKind.VenueRules, ReasonCode.QuantityAboveMaximum, quantity.Raw, instrument.MaximumQuantity.Raw);
        }

        if (!order.Price.TryValue(quantity, out Money value))
        {
            return new Refusal(CheckKind.VenueRules, ReasonCode.ArithmeticOverflow, quantity.Raw, order.Price.Raw);
        }

        // Only what closes goes out before the first price (an operator's flatten of a seeded position); its value is then unknown, not zero.
        return !order.Price.IsZero && value < instrument.MinimumNotional
            ? new Refusal(CheckKind.VenueRules, ReasonCode.NotionalBelowMinimum, value.Raw, instrument.MinimumNotional.Raw)
            : null;
    }

    private static Refusal? CheckDailyLoss(EngineState state, in Strategy strategy, in Client client)
    {
        Int128 loss = (Int128)strategy.DayOpeningResult.Raw - Valuation.ResultOfStrategy(strategy).Raw;
        if (loss >= strategy.Limits.MaximumDailyLoss.Raw)
        {
            return new Refusal(CheckKind.DailyLoss, ReasonCode.DailyLossLimit, Hold(loss), strategy.Limits.MaximumDailyLoss.Raw);
        }

        loss = (Int128)client.DayOpeningResult.Raw - Valuation.ResultOfClient(state, strategy.Client).Raw;
        return loss >= client.Limits.MaximumDailyLoss.Raw
            ? new Refusal(CheckKind.DailyLoss, ReasonCode.DailyLossLimit, Hold(loss), client.Limits.MaximumDailyLoss.Raw)
            : null;
    }

    private static Refusal? CheckOrder(in ProposedOrder order, in RiskLimitSet limits)
    {
        if (order.Quantity < limits.MinimumOrderQuantity)
        {
            return new Refusal(CheckKind.OrderQuantity, ReasonCode.QuantityBelowMinimum, order.Quantity.Raw, limits.MinimumOrderQuantity.Raw);
        }

        if (order.Increasing > limits.MaximumOrderQuantity)
        {
            return new Refusal(CheckKind.OrderQuantity, ReasonCode.QuantityAboveMaximum, order.Increasing.Raw, limits.MaximumOrderQuantity.Raw);
        }

        return order.Price.TryValue(order.Increasing, out Money value) && value > limits.MaximumOrderNotional
            ? new Refusal(CheckKind.OrderNotional, ReasonCode.NotionalAboveMaximum, value.Raw, limits.MaximumOrderNotional.Raw)
            : null;
    }

    private static Refusal? CheckPosition(EngineState state, in ProposedOrder order, in RiskLimitSet limits)
    {
        ref Position position = ref state.Positions[order.Position];

        // What would be held if this order and all open ones executed: a reversal leaves only its opening part.
        Int128 afterRaw = (Int128)order.Opening.Raw + position.PendingOpening.Raw + (order.Closing.IsZero ? position.Quantity.Abs().Raw : 0);
        Quantity after = new(Hold(afterRaw));
        if (after > limits.MaximumPositionQuantity)
        {
            return new Refusal(CheckKind.PositionQuantity, ReasonCode.PositionQuantityLimit, after.Raw, limits.MaximumPositionQuantity.Raw);
        }

        if (limits.MaximumPositionNotional == RiskLimitSet.None.MaximumPositionNotional && limits.MaximumPositionFraction == RiskLimitSet.None.MaximumPositionFraction)
        {
            return null;
        }

        if (!order.Price.TryValue(after, out Money value))
        {
            return new Refusal(CheckKind.PositionNotional, ReasonCode.ArithmeticOverflow, after.Raw, order.Price.Raw);
        }

        if (value > limits.MaximumPositionNotional)
        {
            return new Refusal(CheckKind.PositionNotional, ReasonCode.PositionNotionalLimit, value.Raw, limits.MaximumPositionNotional.Raw);
        }

        Money equity = Valuation.Equity(state, position.Account);
        Money most = FixedPoint.TryMultiplyDivide(equity.Raw, limits.MaximumPositionFraction.Raw, FixedPoint.One, out long raw) ? new Money(raw) : new Money(long.MaxValue);
        return value > most ? new Refusal(CheckKind.PositionFraction, ReasonCode.PositionFractionLimit, value.Raw, most.Raw) : null;
    }

    private static Refusal? CheckBalance(EngineState state, in ProposedOrder order)
    {
        ref Position position = ref state.Positions[order.Position];
        ref Account account = ref state.Accounts[position.Account];
        ref Venue venue = ref state.Venues[state.Instruments[position.Instrument].Venue];
        if (!order.Price.TryValue(order.Opening, out Money opening)
            || !FixedPoint.TryMultiplyDivide(opening.Raw, venue.TakerFeeRate.Raw, FixedPoint.One, out long fee)
            || !FixedPoint.TryMultiplyDivide(Valuation.Equity(state, position.Account).Raw, account.MaximumLeverage.Raw, FixedPoint.One, out long most))
        {
            return new Refusal(CheckKind.Balance, ReasonCode.ArithmeticOverflow, order.Opening.Raw, order.Price.Raw);
        }

        // A reversal gives back the exposure of what it closes.
        Int128 freed = order.Closing.IsZero ? 0 : position.Exposure.Raw;
        Int128 exposure = (Int128)Valuation.Exposure(state, position.Account).Raw - freed + account.Reserved.Raw + opening.Raw + fee;
        return exposure > most ? new Refusal(CheckKind.Balance, ReasonCode.InsufficientBalance, Hold(exposure), most) : null;
    }

    private static long Hold(Int128 value) => value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;
}
