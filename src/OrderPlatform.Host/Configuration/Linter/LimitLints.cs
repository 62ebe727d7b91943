using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration.Linter;

/// <summary>Limits that never bind, or always do.</summary>
internal static class LimitLints
{
    private const long MinuteNanos = 60_000_000_000;

    public static IEnumerable<ConfigurationWarning> Check(LintSubject subject) => [.. OfSizes(subject), .. OfLosses(subject)];

    private static IEnumerable<ConfigurationWarning> OfSizes(LintSubject subject)
    {
        LimitSetup limits = subject.Limits;
        Quantity? wanted = subject.Strategy.SizingMode == SizingMode.FixedQuantity ? subject.Strategy.FixedQuantity : null;
        if (wanted > limits.MaximumPositionQuantity)
        {
            yield return new("parameters.position_size", "is above risk_limits.max_position_size: no entry passes");
        }

        if (wanted > limits.MaximumOrderQuantity && subject.Execution is not { SplitOversized: true })
        {
            yield return new(
                "parameters.position_size",
                "is above risk_limits.max_order_size and orders are not split: no entry passes; set orders.split_oversized: true");
        }

        if (wanted < limits.MinimumOrderQuantity)
        {
            yield return new("risk_limits.min_order_size", "is above parameters.position_size: no entry passes");
        }

        if (limits.MaximumOrderQuantity > limits.MaximumPositionQuantity)
        {
            yield return new("risk_limits.max_order_size", "never binds: max_position_size is less");
        }

        if (limits.MaximumOrderNotional > limits.MaximumPositionNotional)
        {
            yield return new("risk_limits.max_order_value", "never binds: max_position_notional is less");
        }

        if (limits.MaximumPriceAgeNanos < MinuteNanos && subject.Configuration.Data is { File: null, Generator.Kind: "bars" })
        {
            yield return new(
                "risk_limits.max_price_age_ms",
                "is less than the minute between two bars: what waits for a later moment of a bar is refused as stale");
        }

        if (limits.MaximumPriceDeviation is not null && subject.Strategy.OrderType == OrderType.Market && subject.Execution is null)
        {
            yield return new("risk_limits.max_price_deviation", "never binds: it is of limit prices, and all orders are market orders");
        }
    }

    private static IEnumerable<ConfigurationWarning> OfLosses(LintSubject subject)
    {
        LimitSetup limits = subject.Limits;
        if (OneStop(subject) is { } loss)
        {
            if (limits.MaximumDailyLossFraction is { } daily && daily <= loss)
            {
                yield return new(
                    "risk_limits.max_daily_loss_fraction",
                    $"ends the day with one stop, which loses {LintSubject.Percent(loss)} of equity");
            }

            long cash = subject.Configuration.Setup.Accounts[0].InitialCash.Raw;
            if (limits.MaximumDailyLoss is { } amount && FixedPoint.TryMultiplyDivide(cash, loss.Raw, FixedPoint.One, out long stop) && amount.Raw <= stop)
            {
                yield return new(
                    "risk_limits.max_daily_loss",
                    $"ends the day with one stop, which loses {FixedPointText.Format(stop)} of initial_capital");
            }
        }

        bool hasCause = limits.MaximumDailyLoss is not null || limits.MaximumDailyLossFraction is not null || limits.MaximumDrawdown is not null
            || limits.MaximumDrawdownFraction is not null || limits.MaximumLeverage is not null || limits.MaximumConcentration is not null;
        if (limits.ReduceOnBreach == true && !hasCause)
        {
            yield return new("risk_limits.reduce_on_breach", "has no limit to be breached: set a loss, drawdown, leverage or concentration");
        }

        if (subject.Configuration.Setup.Limits is [_, { } client] && limits.MaximumDailyLoss > client.MaximumDailyLoss)
        {
            yield return new("risk_limits.max_daily_loss", "never binds: client_limits.max_daily_loss is less");
        }
    }

    // What a stop loses, of equity: known where size and stop are fractions.
    private static Ratio? OneStop(LintSubject subject)
    {
        if (subject.Strategy.SizingMode == SizingMode.Kelly)
        {
            return subject.Strategy.RiskPerTrade;
        }

        bool isFixed = subject.Exits is null or { StopMode: ExitMode.Fixed };
        return isFixed && subject is { FractionOfEquity: { } size, Strategy.StopLoss: { } stop }
            && FixedPoint.TryMultiplyDivide(size.Raw, stop.Raw, FixedPoint.One, out long raw)
            ? new Ratio(raw)
            : null;
    }
}
