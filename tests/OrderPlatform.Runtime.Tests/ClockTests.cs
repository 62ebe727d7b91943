using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests;

/// <summary>The clock is a seam: data time in lockstep, a wall clock from an origin at a factor otherwise.</summary>
[TestFixture]
internal sealed class ClockTests
{
    [Test]
    public void A_paced_clock_runs_at_its_factor_from_its_origin()
    {
        var time = new ManualTime();
        var clock = new PacedClock(1_000, 60, time);
        Assert.That(clock.NowNanos, Is.EqualTo(1_000));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(clock.NowNanos, Is.EqualTo(1_000 + 120_000_000_000));
        Assert.That(clock.TimeOf(sourceTimeNanos: 5), Is.EqualTo(clock.NowNanos));
    }

    [Test]
    public void A_paced_clock_stands_still_at_the_end_of_time()
    {
        var time = new ManualTime();
        var clock = new PacedClock(1_750_000_000_000_000_000, 1_000_000, time);
        time.Advance(TimeSpan.FromHours(3));
        Assert.That(clock.NowNanos, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_data_clock_takes_the_source_time() => Assert.That(new DataClock().TimeOf(42), Is.EqualTo(42));

    [Test]
    public void A_factor_of_zero_is_refused() =>
        Assert.That(() => new PacedClock(0, 0, TimeProvider.System), Throws.TypeOf<ArgumentOutOfRangeException>());
}
