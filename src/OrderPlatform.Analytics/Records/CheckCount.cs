namespace OrderPlatform.Analytics;

/// <summary>How often a risk check spoke (R98).</summary>
/// <param name="Passed">It let an order pass.</param>
/// <param name="Failed">It refused one.</param>
public readonly record struct CheckCount(long Passed, long Failed)
{
    /// <summary>Share that passed; <c>null</c> if it never spoke.</summary>
    public double? PassRate => Passed + Failed > 0 ? (double)Passed / (Passed + Failed) : null;

    /// <summary>One more.</summary>
    internal CheckCount With(bool passed) => passed ? this with { Passed = Passed + 1 } : this with { Failed = Failed + 1 };
}
