using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// What an algorithm does where a request names it and the strategy's rules have no number for it: the documents' defaults (R74, R75, R76); POV takes a tenth of
/// the volume.
/// </summary>
internal static class ExecutionDefaults
{
    private const long Second = 1_000_000_000;

    /// <summary>LimitThenMarket: 60 s.</summary>
    public static long LimitTimeoutNanos(in ExecutionRules rules) => rules.LimitTimeoutNanos > 0 ? rules.LimitTimeoutNanos : 60 * Second;

    /// <summary>TWAP, VWAP, POV: 300 s.</summary>
    public static long DurationNanos(in ExecutionRules rules) => rules.DurationNanos > 0 ? rules.DurationNanos : 300 * Second;

    /// <summary>TWAP, VWAP: 10.</summary>
    public static ushort Slices(in ExecutionRules rules) => rules.Slices > 0 ? rules.Slices : (ushort)10;

    /// <summary>Iceberg: a tenth is visible.</summary>
    public static Ratio VisibleFraction(in ExecutionRules rules) => rules.VisibleFraction.IsZero ? new Ratio(FixedPoint.One / 10) : rules.VisibleFraction;

    /// <summary>Iceberg: 30 s.</summary>
    public static long RefreshNanos(in ExecutionRules rules) => rules.RefreshNanos > 0 ? rules.RefreshNanos : 30 * Second;

    /// <summary>POV: a tenth.</summary>
    public static Ratio Participation(in ExecutionRules rules) => rules.Participation.IsZero ? new Ratio(FixedPoint.One / 10) : rules.Participation;
}
