namespace OrderPlatform.Analytics.Tests;

/// <summary>The edges of ratios; their known answers are elsewhere.</summary>
internal sealed class ReturnRatioTests
{
    [Test]
    [Description("R94")]
    public void Omega_without_a_shortfall_is_undefined_and_one_where_gains_and_losses_are_equal()
    {
        Assert.That(ReturnRatios.Omega([0.1, 0.2]), Is.Null);
        Assert.That(ReturnRatios.Omega([]), Is.Null);
        Assert.That(ReturnRatios.Omega([0.1, -0.1]), Is.EqualTo(1));
        Assert.That(ReturnRatios.Omega([-0.1]), Is.Zero);
    }

    [Test]
    public void Value_at_risk_of_nothing_is_undefined_and_of_one_return_is_that_return()
    {
        Assert.That(TailRisk.ValueAtRisk([], 0.05), Is.Null);
        Assert.That(TailRisk.ConditionalValueAtRisk([], 0.05), Is.Null);
        Assert.That(TailRisk.ValueAtRisk([-0.1], 0.05), Is.EqualTo(-0.1));
        Assert.That(TailRisk.ConditionalValueAtRisk([-0.1], 1), Is.EqualTo(-0.1));
    }

    [TestCase(-0.01)]
    [TestCase(1.01)]
    [TestCase(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) =>
        Assert.That(() => TailRisk.ValueAtRisk([0.1], share), Throws.TypeOf<ArgumentOutOfRangeException>());

    [FsCheck.NUnit.Property(Replay = "20261126,17")]
    public void The_conditional_value_at_risk_is_at_or_below_the_value_at_risk_and_neither_leaves_the_returns(int[] returns, byte percent)
    {
        double[] values = [.. returns.Select(static r => r / 1_000.0)];
        double share = (percent % 101) / 100.0;
        if (values.Length == 0)
        {
            return;
        }

        double at = TailRisk.ValueAtRisk(values, share)!.Value;
        double beyond = TailRisk.ConditionalValueAtRisk(values, share)!.Value;
        Assert.That(beyond, Is.LessThanOrEqualTo(at + 1e-9));
        Assert.That(at, Is.InRange(values.Min(), values.Max()));
        Assert.That(beyond, Is.InRange(values.Min() - 1e-9, values.Max() + 1e-9));
    }

    [Test]
    public void A_benchmark_needs_a_return_for_each_period()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => BenchmarkRatios.Active([0.1, 0.2], [0.1]))!;
        Assert.That(refusal.Message, Does.Contain("2 returns").And.Contain("1"));
    }

    [Test]
    public void Returns_that_are_the_benchmark_have_no_tracking_error_and_no_information_ratio()
    {
        Assert.That(BenchmarkRatios.TrackingError([0.1, -0.2, 0.3], [0.1, -0.2, 0.3], 365), Is.Zero);
        Assert.That(BenchmarkRatios.InformationRatio([0.1, -0.2, 0.3], [0.1, -0.2, 0.3], 365), Is.Null);
    }
}
