using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies.Tests;

/// <summary>A saved state that does not belong or cannot be is refused, and the strategy is as it was (R166).</summary>
public sealed class StrategyStateTests
{
    private static readonly long[] ThreeCloses = [FixedPoint.One, 2 * FixedPoint.One, 3 * FixedPoint.One];

    [TestCase(1, 3, "periods 1/3")]
    [TestCase(2, 4, "periods 2/4")]
    [TestCase(3, 2, "periods 3/2")]
    public void A_state_of_other_periods_is_refused(int fastPeriod, int slowPeriod, string expected) =>
        Refuses(new MovingAverageState(fastPeriod, slowPeriod, 0, []), expected);

    [Test]
    public void An_impossible_state_is_refused()
    {
        Refuses(new MovingAverageState(2, 3, 0, null!), "damaged");
        Refuses(new MovingAverageState(2, 3, 0, [1, 2, 3, 4]), "damaged");
        Refuses(new MovingAverageState(2, 3, 0, [1, 0]), "damaged");
        Refuses(new MovingAverageState(2, 3, 0, [1, -5]), "damaged");
        Refuses(new MovingAverageState(2, 3, 0, [1, long.MaxValue]), "damaged");
        Refuses(new MovingAverageState(2, 3, 2, ThreeCloses), "damaged");
        Refuses(new MovingAverageState(2, 3, -2, ThreeCloses), "damaged");
        Refuses(new MovingAverageState(2, 3, 1, [1, 2]), "damaged");
    }

    [Test]
    public void A_state_is_not_loaded_over_bars_that_were_seen()
    {
        var cross = new MovingAverageCross(2, 3);
        cross.OnBarClosed(0, new Price(5), out _);
        Assert.That(() => cross.LoadState(new MovingAverageState(2, 3, 0, [])), Throws.InvalidOperationException.With.Message.Contains("before the first bar"));
        Assert.That(cross.SaveState().Closes, Is.EqualTo(new[] { 5L }));
    }

    [Test]
    public void A_state_lists_the_newest_closes_oldest_first()
    {
        var cross = new MovingAverageCross(2, 3);
        Assert.That(cross.SaveState().Closes, Is.Empty);
        foreach (long close in (long[])[5, 6, 7, 8])
        {
            cross.OnBarClosed(0, new Price(close), out _);
        }

        MovingAverageState state = cross.SaveState();
        Assert.That(state.Closes, Is.EqualTo(new[] { 6L, 7L, 8L }));
        Assert.That((state.FastPeriod, state.SlowPeriod, state.Side), Is.EqualTo((2, 3, 1)));
    }

    private static void Refuses(MovingAverageState state, string expected)
    {
        var cross = new MovingAverageCross(2, 3);
        Assert.That(() => cross.LoadState(state), Throws.InvalidOperationException.With.Message.Contains(expected).And.Message.Contains("state file"));
        Assert.That(cross.SaveState().Closes, Is.Empty);
    }
}
