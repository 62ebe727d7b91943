using System;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// Losses of the day and falls from the highest result, with their limits: what checks and the continuous monitoring compare. A loss is the net result
/// (realised and not, funding, less fees) when the day began, or the highest one, less the result now. A limit may be an amount, a fraction of the equity at
/// that time, or both: the smaller one acts (D1). At the limit it is reached.
/// </summary>
internal static class LossFigures
{
    /// <summary>A strategy's loss of the day.</summary>
    public static CheckEntry DailyLoss(EngineState state, in Strategy strategy)
    {
        ref readonly RiskLimitSet limits = ref strategy.Limits;
        if (!limits.HasDailyLoss)
        {
            return None(CheckKind.DailyLoss, Scope.Strategy);
        }

        Int128 loss = (Int128)strategy.DayOpeningResult.Raw - Valuation.ResultOfStrategy(strategy).Raw;
        long fraction = limits.MaximumDailyLossFraction.Raw == long.MaxValue ? long.MaxValue
            : CheckNumber.Fraction(limits.MaximumDailyLossFraction, Base(strategy.DayOpeningEquity.Raw, Valuation.Equity(state, strategy.Account).Raw, loss));
        return Entry(CheckKind.DailyLoss, Scope.Strategy, ReasonCode.DailyLossLimit, loss, Math.Min(limits.MaximumDailyLoss.Raw, fraction));
    }

    /// <summary>A client's loss of the day: the sum over its strategies.</summary>
    public static CheckEntry DailyLoss(EngineState state, int client)
    {
        ref Client row = ref state.Clients[client];
        ref readonly RiskLimitSet limits = ref row.Limits;
        if (!limits.HasDailyLoss)
        {
            return None(CheckKind.DailyLoss, Scope.Client);
        }

        Int128 loss = (Int128)row.DayOpeningResult.Raw - Valuation.ResultOfClient(state, client).Raw;
        long fraction = limits.MaximumDailyLossFraction.Raw == long.MaxValue ? long.MaxValue
            : CheckNumber.Fraction(limits.MaximumDailyLossFraction, Base(row.DayOpeningEquity.Raw, Valuation.EquityOfClient(state, client).Raw, loss));
        return Entry(CheckKind.DailyLoss, Scope.Client, ReasonCode.DailyLossLimit, loss, Math.Min(limits.MaximumDailyLoss.Raw, fraction));
    }

    /// <summary>A strategy's fall from its highest result.</summary>
    public static CheckEntry Drawdown(EngineState state, in Strategy strategy)
    {
        ref readonly RiskLimitSet limits = ref strategy.Limits;
        if (!limits.HasDrawdown)
        {
            return None(CheckKind.Drawdown, Scope.Strategy);
        }

        Int128 fall = (Int128)strategy.PeakResult.Raw - Valuation.ResultOfStrategy(strategy).Raw;
        long fraction = limits.MaximumDrawdownFraction.Raw == long.MaxValue ? long.MaxValue
            : CheckNumber.Fraction(limits.MaximumDrawdownFraction, Base(strategy.PeakEquity.Raw, Valuation.Equity(state, strategy.Account).Raw, fall));
        return Entry(CheckKind.Drawdown, Scope.Strategy, ReasonCode.DrawdownLimit, fall, Math.Min(limits.MaximumDrawdown.Raw, fraction));
    }

    /// <summary>A client's fall from its highest result.</summary>
    public static CheckEntry Drawdown(EngineState state, int client)
    {
        ref Client row = ref state.Clients[client];
        ref readonly RiskLimitSet limits = ref row.Limits;
        if (!limits.HasDrawdown)
        {
            return None(CheckKind.Drawdown, Scope.Client);
        }

        Int128 fall = (Int128)row.PeakResult.Raw - Valuation.ResultOfClient(state, client).Raw;
        long fraction = limits.MaximumDrawdownFraction.Raw == long.MaxValue ? long.MaxValue
            : CheckNumber.Fraction(limits.MaximumDrawdownFraction, Base(row.PeakEquity.Raw, Valuation.EquityOfClient(state, client).Raw, fall));
        return Entry(CheckKind.Drawdown, Scope.Client, ReasonCode.DrawdownLimit, fall, Math.Min(limits.MaximumDrawdown.Raw, fraction));
    }

    // Where the equity of that time is not known (an account whose currency had no price yet), it is the equity now and what was lost since.
    private static long Base(long remembered, long now, Int128 lost) => remembered > 0 ? remembered : CheckNumber.Hold(now + lost);

    private static CheckEntry Entry(CheckKind check, Scope scope, ReasonCode reason, Int128 loss, long limit) =>
        new(check, scope, loss >= limit ? reason : ReasonCode.None, CheckNumber.Hold(loss), limit);

    private static CheckEntry None(CheckKind check, Scope scope) => new(check, scope, ReasonCode.None, 0, long.MaxValue);
}
