namespace OrderPlatform.Aeron.Agents;

/// <summary>What a thread does between duty cycles.</summary>
public interface IIdleStrategy
{
    /// <summary>Called after each cycle; with work done it returns at once.</summary>
    void Idle(int workCount);
}

/// <summary>Burns the processor: for a core that nobody else needs.</summary>
public sealed class BusySpinIdleStrategy : IIdleStrategy
{
    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount <= 0)
            Thread.SpinWait(1);
    }
}

/// <summary>Gives the processor to whoever wants it, and comes back at once when nobody does.</summary>
public sealed class YieldingIdleStrategy : IIdleStrategy
{
    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount <= 0)
            Thread.Yield();
    }
}

/// <summary>Sleeps a fixed time.</summary>
public sealed class SleepingIdleStrategy(TimeSpan period) : IIdleStrategy
{
    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount <= 0)
            Thread.Sleep(period);
    }
}

/// <summary>
/// Spins a little, yields a little, then parks for longer and longer, from a microsecond to a millisecond: the default, kind to a machine of
/// two cores. What the reference's drivers do.
/// </summary>
public sealed class BackoffIdleStrategy : IIdleStrategy
{
    private const int SpinsMax = 10;
    private const int YieldsMax = 20;
    private const long ParkMinNs = 1_000;
    private const long ParkMaxNs = 1_000_000;

    private int _idleCycles;
    private long _parkNs = ParkMinNs;

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            _idleCycles = 0;
            _parkNs = ParkMinNs;
        }
        else if (_idleCycles < SpinsMax)
        {
            _idleCycles++;
            Thread.SpinWait(1);
        }
        else if (_idleCycles < SpinsMax + YieldsMax)
        {
            _idleCycles++;
            Thread.Yield();
        }
        else
        {
            ThreadParking.Park(_parkNs);
            _parkNs = Math.Min(_parkNs * 2, ParkMaxNs);
        }
    }
}
