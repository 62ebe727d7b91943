using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section exits: how positions end (R47, R104, R105, R118, R123 to R125, D6).</summary>
/// <param name="StopLoss">Of the strategy's record: a fraction, or multiples.</param>
/// <param name="TakeProfit">Of the strategy's record: a fraction, or multiples.</param>
/// <param name="Rules">The record of exits, or null where fixed stops and targets are all.</param>
internal sealed record ExitSection(Ratio? StopLoss, Ratio? TakeProfit, ExitSetup? Rules)
{
    private const long WindowDefault = 20;
    private const long PeriodDefault = 14;
    private const long ClosesMax = 64;
    private const long MultipleMax = 1_000 * FixedPoint.One;
    private const long StopDeviations = 2 * FixedPoint.One;
    private const long ProfitDeviations = FixedPoint.One;

    public static ExitSection Read(YamlSection root)
    {
        YamlSection section = root.Section("exits");
        ExitMode stopMode = ReadMode(section, "stop_mode", "stop_loss");
        ExitMode profitMode = ReadMode(section, "take_profit_mode", "take_profit");
        Ratio? stop = ReadDistance(section, "stop_mode", stopMode, "stop_loss", FixedPoint.One - 1, StopDeviations);
        Ratio? profit = ReadDistance(section, "take_profit_mode", profitMode, "take_profit", Bounds.RatioMax, ProfitDeviations);
        bool usesDeviation = stopMode == ExitMode.StandardDeviation || profitMode == ExitMode.StandardDeviation;
        bool usesRange = stopMode == ExitMode.AverageTrueRange || profitMode == ExitMode.AverageTrueRange;
        long window = section.Integer("window", WindowDefault, 2, ClosesMax);
        long period = section.Integer("atr_period", PeriodDefault, 1, ClosesMax);
        Ratio? trailing = section.ProperFraction("trailing_pct");
        Ratio? activation = section.Ratio("trailing_activation_pct", 1);
        long? hold = section.Hours("max_hold_hours");
        section.OnlyWith("window", usesDeviation, "stop_mode or take_profit_mode sd");
        section.OnlyWith("atr_period", usesRange, "stop_mode or take_profit_mode atr");
        section.OnlyWith("trailing_activation_pct", trailing is not null, "trailing_pct");
        section.End();
        RequireMultiple(section, "stop_mode", stopMode, "stop_loss_atr");
        RequireMultiple(section, "take_profit_mode", profitMode, "take_profit_atr");
        bool hasRules = stopMode != ExitMode.Fixed || profitMode != ExitMode.Fixed || trailing is not null || hold is not null;
        return new ExitSection(stop, profit, !hasRules ? null : new ExitSetup(StrategyFile.StrategyId, stopMode, profitMode, (byte)window, (byte)period)
        {
            TrailingOffset = trailing,
            TrailingActivation = activation,
            MaximumHoldNanos = hold,
        });
    }

    // The distance that is given says the mode, so that take_profit_sd: 1.0 alone means what it says.
    private static ExitMode ReadMode(YamlSection section, string key, string distance) => section.Choice(
        key,
        section.Has(distance + "_sd") ? ExitMode.StandardDeviation : section.Has(distance + "_atr") ? ExitMode.AverageTrueRange : ExitMode.Fixed,
        ("fixed", ExitMode.Fixed), ("sd", ExitMode.StandardDeviation), ("atr", ExitMode.AverageTrueRange), ("signal", ExitMode.SignalVolatility));

    private static Ratio? ReadDistance(YamlSection section, string modeKey, ExitMode mode, string key, long fixedMax, long deviations)
    {
        bool isOfDeviation = mode is ExitMode.StandardDeviation or ExitMode.SignalVolatility;
        Ratio? fraction = section.Ratio(key, 1, fixedMax);
        long multiple = section.Number(key + "_sd", deviations, 1, MultipleMax);
        Ratio? range = section.Ratio(key + "_atr", 1, MultipleMax);
        section.OnlyWith(key, mode == ExitMode.Fixed, $"{modeKey} fixed");
        section.OnlyWith(key + "_sd", isOfDeviation, $"{modeKey} sd or signal");
        section.OnlyWith(key + "_atr", mode == ExitMode.AverageTrueRange, $"{modeKey} atr");
        return mode == ExitMode.Fixed ? fraction : isOfDeviation ? new Ratio(multiple) : range;
    }

    private static void RequireMultiple(YamlSection section, string modeKey, ExitMode mode, string key)
    {
        if (mode == ExitMode.AverageTrueRange && !section.Has(key))
        {
            throw section.Wrong(key, $"is missing; needed with {modeKey} atr is a multiple of the average true range, such as 2");
        }
    }
}
