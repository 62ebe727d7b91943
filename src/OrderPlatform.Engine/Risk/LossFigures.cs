using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Numbers;
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
    public static CheckEntry DailyLoss(in Strategy strategy, in Standing now) => strategy.Limits.HasDailyLoss
        ? Of(CheckKind.DailyLoss, Scope.Strategy, ReasonCode.DailyLossLimit, new Standing(strategy.DayOpeningResult, strategy.DayOpeningEquity), now,
            strategy.Limits.MaximumDailyLoss, strategy.Limits.MaximumDailyLossFraction)
        : None(CheckKind.DailyLoss, Scope.Strategy);

    /// <summary>A client's loss of the day: the sum over its strategies.</summary>
    public static CheckEntry DailyLoss(in Client client, in Standing now) => client.Limits.HasDailyLoss
        ? Of(CheckKind.DailyLoss, Scope.Client, ReasonCode.DailyLossLimit, new Standing(client.DayOpeningResult, client.DayOpeningEquity), now,
            client.Limits.MaximumDailyLoss, client.Limits.MaximumDailyLossFraction)
        : None(CheckKind.DailyLoss, Scope.Client);

    /// <summary>A strategy's fall from its highest result.</summary>
    public static CheckEntry Drawdown(in Strategy strategy, in Standing now) => strategy.Limits.HasDrawdown
        ? Of(CheckKind.Drawdown, Scope.Strategy, ReasonCode.DrawdownLimit, new Standing(strategy.PeakResult, strategy.PeakEquity), now,
            strategy.Limits.MaximumDrawdown, strategy.Limits.MaximumDrawdownFraction)
        : None(CheckKind.Drawdown, Scope.Strategy);

    /// <summary>A client's fall from its highest result.</summary>
    public static CheckEntry Drawdown(in Client client, in Standing now) => client.Limits.HasDrawdown
        ? Of(CheckKind.Drawdown, Scope.Client, ReasonCode.DrawdownLimit, new Standing(client.PeakResult, client.PeakEquity), now,
            client.Limits.MaximumDrawdown, client.Limits.MaximumDrawdownFraction)
        : None(CheckKind.Drawdown, Scope.Client);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CheckEntry Of(CheckKind check, Scope scope, ReasonCode reason, in Standing then, in Standing now, Money amount, Ratio fraction)
    {
        Int128 lost = (Int128)then.Result.Raw - now.Result.Raw;
        long limit = fraction.Raw == long.MaxValue
            ? amount.Raw
            : Math.Min(amount.Raw, CheckNumber.Fraction(fraction, Base(then.Equity.Raw, now.Equity.Raw, lost)));
        return new(check, scope, lost >= limit ? reason : ReasonCode.None, CheckNumber.Hold(lost), limit);
    }

    // Where the equity of that time is not known (an account whose currency had no price yet), it is the equity now and what was lost since.
    private static long Base(long remembered, long now, Int128 lost) => remembered > 0 ? remembered : CheckNumber.Hold(now + lost);

    private static CheckEntry None(CheckKind check, Scope scope) => new(check, scope, ReasonCode.None, 0, long.MaxValue);
}

/// <summary>How a strategy or a client stands.</summary>
/// <param name="Result">Net result since the start.</param>
/// <param name="Equity">Equity of the strategy's account, or of the client.</param>
internal readonly record struct Standing(Money Result, Money Equity)
{
    /// <summary>A strategy now.</summary>
    public static Standing Of(EngineState state, in Strategy strategy) => new(Valuation.ResultOfStrategy(strategy), Valuation.Equity(state, strategy.Account));

    /// <summary>A client now.</summary>
    public static Standing Of(EngineState state, int client) => new(Valuation.ResultOfClient(state, client), Valuation.EquityOfClient(state, client));
}
