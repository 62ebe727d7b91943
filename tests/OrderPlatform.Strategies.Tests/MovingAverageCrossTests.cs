using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies.Tests;

/// <summary>The cross of R169 against the naive model, and what it says at its edges.</summary>
public sealed class MovingAverageCrossTests
{
    [FsCheck.NUnit.Property(MaxTest = 300, Replay = "20261121,1")]
    public Property It_wishes_what_the_naive_model_wishes() =>
        Prop.ForAll(CrossRuns.Any, run =>
        {
            var cross = new MovingAverageCross(run.FastPeriod, run.SlowPeriod);
            var naive = new NaiveCross(run.FastPeriod, run.SlowPeriod);
            return run.Closes.All(close => CrossRuns.Feed(cross, close) == naive.OnClose(close));
        });

    [FsCheck.NUnit.Property(MaxTest = 300, Replay = "20261121,3")]
    public Property A_saved_state_resumes_identically_at_any_bar() =>
        Prop.ForAll(CrossRuns.Any, run =>
        {
            var whole = new MovingAverageCross(run.FastPeriod, run.SlowPeriod);
            foreach (int close in run.Closes)
            {
                var resumed = new MovingAverageCross(run.FastPeriod, run.SlowPeriod);
                resumed.LoadState(whole.SaveState());
                if (CrossRuns.Feed(resumed, close) != CrossRuns.Feed(whole, close) || !CrossRuns.AreEqual(resumed.SaveState(), whole.SaveState()))
                {
                    return false;
                }
            }

            return true;
        });

    [FsCheck.NUnit.Property(MaxTest = 200, Replay = "20261121,5")]
    public Property Nothing_is_wished_before_the_slow_window_is_full_nor_at_the_first_comparison() =>
        Prop.ForAll(CrossRuns.Any, run =>
        {
            var cross = new MovingAverageCross(run.FastPeriod, run.SlowPeriod);
            return run.Closes.Take(run.SlowPeriod).All(close => CrossRuns.Feed(cross, close) is null);
        });

    [Test]
    public void The_property_runs_do_wish_something()
    {
        int wishes = CrossRuns.Any.Generator.Sample(200).Sum(static run =>
        {
            var cross = new MovingAverageCross(run.FastPeriod, run.SlowPeriod);
            return run.Closes.Count(close => CrossRuns.Feed(cross, close) is not null);
        });
        Assert.That(wishes, Is.GreaterThan(100), "or the properties above would compare nothing");
    }

    // Windows of 1 and 2 bars: the fast average is the last close, the slow one lies between it and the one before.
    [TestCase("10 11 12 13", "", TestName = "A_rise_that_goes_on_is_no_crossing")]
    [TestCase("10 11 11 12", "", TestName = "Equal_averages_keep_the_side")]
    [TestCase("10 11 11 10", "10:-1", TestName = "A_crossing_over_equal_averages_is_one")]
    [TestCase("10 10 11 10", "10:-1", TestName = "Equal_averages_at_first_are_no_side_and_the_first_side_is_no_crossing")]
    [TestCase("10 11 10 11", "10:-1 11:1", TestName = "Each_crossing_is_wished_once")]
    public void A_cross_of_one_and_two_bars(string closes, string wishes)
    {
        var cross = new MovingAverageCross(1, 2);
        List<string> seen = [];
        foreach (string close in closes.Split(' '))
        {
            if (cross.OnBarClosed(7, new Price(int.Parse(close) * FixedPoint.One), out StrategySignal signal))
            {
                Assert.That((signal.TimeNanos, signal.Confidence, signal.ValidUntilNanos), Is.EqualTo((7L, (Ratio?)null, (long?)null)));
                seen.Add($"{signal.Price}:{signal.Direction}");
            }
        }

        Assert.That(string.Join(' ', seen), Is.EqualTo(wishes));
    }

    [Test]
    public void The_largest_prices_in_the_largest_window_do_not_overflow()
    {
        var cross = new MovingAverageCross(99_999, 100_000);
        for (int i = 0; i < 100_000; i++)
        {
            Assert.That(cross.OnBarClosed(0, new Price(Bounds.PriceMax), out _), Is.False);
        }

        Assert.That(cross.OnBarClosed(0, new Price(1), out _), Is.False, "the first side is no crossing");
        for (int i = 0; i < 99_999; i++)
        {
            cross.OnBarClosed(0, new Price(1), out _);
        }

        Assert.That(cross.OnBarClosed(0, new Price(Bounds.PriceMax), out StrategySignal signal), Is.True);
        Assert.That(signal.Direction, Is.EqualTo(1));
    }

    [TestCase(0, 2)]
    [TestCase(-1, 2)]
    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(1, 1)]
    [TestCase(1, 100_001)]
    [TestCase(int.MaxValue, int.MinValue)]
    public void Impossible_periods_are_refused(int fastPeriod, int slowPeriod) =>
        Assert.That(() => new MovingAverageCross(fastPeriod, slowPeriod), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Closed_bars_allocate_nothing()
    {
        var cross = new MovingAverageCross(10, 30);
        int wishes = Run(cross, 100);
        Assert.That(AllocationCount.LeastOfRounds(() => wishes += Run(cross, 20_000)), Is.Zero);
        Assert.That(wishes, Is.GreaterThan(1_000));
    }

    private static int Run(MovingAverageCross cross, int bars)
    {
        int wishes = 0;
        for (int i = 0; i < bars; i++)
        {
            wishes += cross.OnBarClosed(i, new Price(1_000 + (i / 40 % 2 * 500)), out _) ? 1 : 0;
        }

        return wishes;
    }
}
