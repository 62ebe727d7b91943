using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

public sealed class DrawdownTrackerTests
{
    [Test]
    public void A_drawdown_ends_when_equity_is_back_at_its_peak()
    {
        DrawdownTracker tracker = Track(100, 110, 99, 105, 110, 120);
        Drawdown drawdown = tracker.LargestAbsolute;
        Assert.That(drawdown.PeakTimeNanos, Is.EqualTo(1));
        Assert.That(drawdown.TroughTimeNanos, Is.EqualTo(2));
        Assert.That(drawdown.RecoveryTimeNanos, Is.EqualTo(4));
        Assert.That(drawdown.DurationNanos, Is.EqualTo(3));
        Assert.That(drawdown.Amount, Is.EqualTo(SampleRun.Units(11)));
        Assert.That(drawdown.Fraction, Is.EqualTo(0.1));
        Assert.That(tracker.CurrentFraction, Is.Zero);
    }

    [Test]
    public void A_drawdown_that_never_recovered_lasts_until_the_end()
    {
        DrawdownTracker tracker = Track(100, 90, 95, 99);
        foreach (Drawdown drawdown in new[] { tracker.LargestRelative, tracker.LargestAbsolute })
        {
            Assert.That(drawdown.RecoveryTimeNanos, Is.Null);
            Assert.That(drawdown.TroughTimeNanos, Is.EqualTo(1));
            Assert.That(drawdown.DurationNanos, Is.EqualTo(3));
        }
    }

    [Test]
    public void The_peak_is_the_last_moment_at_the_high()
    {
        Assert.That(Track(100, 100, 100, 90).LargestAbsolute.PeakTimeNanos, Is.EqualTo(2));
    }

    [Test]
    public void A_later_smaller_drawdown_leaves_the_largest_and_its_recovery_alone()
    {
        Drawdown drawdown = Track(100, 80, 100, 95, 101).LargestAbsolute;
        Assert.That(drawdown.Amount, Is.EqualTo(SampleRun.Units(20)));
        Assert.That(drawdown.RecoveryTimeNanos, Is.EqualTo(2));
        Assert.That(drawdown.LastTimeNanos, Is.EqualTo(2));
    }

    [Test]
    public void Equity_below_zero_is_a_drawdown_of_more_than_all()
    {
        Assert.That(Track(100, -50).LargestRelative.Fraction, Is.EqualTo(1.5));
    }

    [Test]
    public void Equity_that_was_never_positive_has_no_relative_drawdown()
    {
        DrawdownTracker tracker = Track(-10, -20);
        Assert.That(tracker.LargestAbsolute.Amount, Is.EqualTo(SampleRun.Units(10)));
        Assert.That(tracker.LargestRelative.Amount, Is.EqualTo(Money.Zero));
        Assert.That(tracker.CurrentFraction, Is.Zero);
    }

    [Test]
    public void Fractions_that_a_double_cannot_tell_apart_are_told_apart()
    {
        DrawdownTracker tracker = new(0, new Money(long.MaxValue - 1));
        tracker.Add(1, new Money(long.MaxValue - 2));
        tracker.Add(2, new Money(long.MaxValue));
        tracker.Add(3, new Money(long.MaxValue - 1));
        Assert.That(tracker.LargestRelative.PeakTimeNanos, Is.Zero, "1/(max-1) is the larger share");
    }

    [FsCheck.NUnit.Property(Replay = "20261121,17")]
    public void It_agrees_with_looking_at_every_pair_of_points(int[] steps)
    {
        long[] equity = [1_000_000, .. steps.Select(s => 1_000_000 + (s * 1_000L))];
        DrawdownTracker tracker = new(0, new Money(equity[0]));
        for (int i = 1; i < equity.Length; i++)
        {
            tracker.Add(i, new Money(equity[i]));
        }

        long amount = 0;
        decimal fraction = 0;
        for (int peak = 0; peak < equity.Length; peak++)
        {
            for (int trough = peak; trough < equity.Length; trough++)
            {
                amount = Math.Max(amount, equity[peak] - equity[trough]);
                fraction = equity[peak] > 0 ? Math.Max(fraction, (decimal)(equity[peak] - equity[trough]) / equity[peak]) : fraction;
            }
        }

        Assert.That(tracker.LargestAbsolute.Amount.Raw, Is.EqualTo(amount));
        Assert.That(tracker.LargestRelative.Fraction ?? 0, Is.EqualTo((double)fraction).Within(1e-12));
    }

    [Test]
    public void Following_a_curve_allocates_nothing()
    {
        DrawdownTracker tracker = Track(100, 90);
        int time = 0;
        long allocatedBytes = AllocationCount.LeastOfRounds(() =>
        {
            for (int i = 0; i < 20_000; i++, time++)
            {
                tracker.Add(time, new Money((time * 7919L) % 1_000_003));
            }
        });
        Assert.That(allocatedBytes, Is.Zero);
        Assert.That(tracker.LargestAbsolute.Amount.Raw, Is.Positive);
    }

    private static DrawdownTracker Track(params ReadOnlySpan<long> units)
    {
        DrawdownTracker tracker = new(0, SampleRun.Units(units[0]));
        for (int i = 1; i < units.Length; i++)
        {
            tracker.Add(i, SampleRun.Units(units[i]));
        }

        return tracker;
    }
}
