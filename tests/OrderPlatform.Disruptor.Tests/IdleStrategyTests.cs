using OrderPlatform.Disruptor.Agents;

namespace OrderPlatform.Disruptor.Tests;

/// <summary>The contract of every idle strategy: returns, also after long idling, works as a default value, allocates nothing.</summary>
[TestFixture(typeof(BusySpinIdleStrategy))]
[TestFixture(typeof(YieldingIdleStrategy))]
[TestFixture(typeof(SleepingIdleStrategy))]
[TestFixture(typeof(BackoffIdleStrategy))]
public sealed class IdleStrategyTests<TIdle>
    where TIdle : struct, IIdleStrategy
{
    [Test]
    public void Idling_returns_and_allocates_nothing([Values] bool isDefault)
    {
        TIdle idle = isDefault ? default : new TIdle();
        Assert.That(AllocationCount.LeastOfRounds(() => Run(ref idle)), Is.Zero);
    }

    private static void Run(ref TIdle idle)
    {
        for (int cycle = 0; cycle < 120; cycle++)
            idle.Idle(0);
        for (int cycle = 0; cycle < 10_000; cycle++)
            idle.Idle(1);
        idle.Reset();
        idle.Idle(0);
    }
}

public sealed class IdleStrategyOptionTests
{
    [Test]
    public void Periods_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new SleepingIdleStrategy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new SleepingIdleStrategy(1_000_000_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new BackoffIdleStrategy(-1, 0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new BackoffIdleStrategy(0, 0, 2, 1));
    }
}
