using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>Ranges of a sweep.</summary>
internal sealed class SweepRangeTests
{
    [TestCase("a.b=1..2..0.25", null, "1 1.25 1.5 1.75 2")]
    [TestCase("a.b=0.1..0.35..0.1", null, "0.1 0.2 0.3")]
    [TestCase("a.b=1..2", 3, "1 1.5 2")]
    [TestCase("a.b=1..100", 4, "1 34 67 100")]
    [TestCase("a.b=-1..1", 2, "-1 1")]
    [TestCase("a.b=0..1", 4, "0 0.33333333 0.66666666 1")]
    public void Values_are_exact(string text, int? count, string expected) =>
        Assert.That(string.Join(' ', SweepRange.Parse(text, count).Values), Is.EqualTo(expected));

    [TestCase("a.b", null, "it is no range")]
    [TestCase("a.b=1", null, "it is no range")]
    [TestCase("a.b=1..2", null, "it is no range")]
    [TestCase("a.b=1..2..3..4", null, "it is no range")]
    [TestCase("a.b=x..2..1", null, "'x' is no number")]
    [TestCase("a.b=1....2", null, "'' is no number")]
    [TestCase("a.b=2..1..1", null, "give the smaller value first")]
    [TestCase("a.b=1..1..1", null, "give the smaller value first")]
    [TestCase("a.b=1..2..0", null, "the step must be above 0")]
    [TestCase("a.b=1..2..-1", null, "the step must be above 0")]
    [TestCase("a.b=0..1..0.0001", null, "at most 1000 values")]
    [TestCase("a.b=1..2..1", 5, "say the same")]
    [TestCase("a.b=1..2", 1, "--count 1")]
    [TestCase("a.b=1..2", 1001, "--count 1001")]
    [TestCase("a.b=0..0.00000003", 10, "smaller --count")]
    public void A_wrong_range_is_refused(string text, int? count, string expected) =>
        Assert.That(Assert.Throws<WhatIfException>(() => SweepRange.Parse(text, count))!.Message, Does.Contain(expected));
}
