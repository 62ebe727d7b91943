using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies.Tests;

/// <summary>Periods and closes of a run of the cross. Closes from a narrow range, so that averages meet, cross and are equal often.</summary>
/// <param name="FastPeriod">Bars of the fast window.</param>
/// <param name="SlowPeriod">Bars of the slow one.</param>
/// <param name="Closes">Closes, whole numbers.</param>
public sealed record CrossRun(int FastPeriod, int SlowPeriod, IReadOnlyList<int> Closes)
{
    /// <inheritdoc />
    public override string ToString() => $"{FastPeriod}/{SlowPeriod}: {string.Join(' ', Closes)}";
}

/// <summary>Makes runs and feeds them.</summary>
internal static class CrossRuns
{
    public static Arbitrary<CrossRun> Any { get; } =
        (from fast in Gen.Choose(1, 6)
         from more in Gen.Choose(1, 8)
         from closes in Gen.Choose(1, 6).ListOf(60)
         select new CrossRun(fast, fast + more, [.. closes])).ToArbitrary();

    /// <summary>The direction wished after a close, or null.</summary>
    public static int? Feed(MovingAverageCross cross, int close) =>
        cross.OnBarClosed(0, new Price(close * FixedPoint.One), out StrategySignal signal) ? signal.Direction : null;

    public static bool AreEqual(MovingAverageState a, MovingAverageState b) =>
        (a.FastPeriod, a.SlowPeriod, a.Side) == (b.FastPeriod, b.SlowPeriod, b.Side) && a.Closes.AsSpan().SequenceEqual(b.Closes);
}
