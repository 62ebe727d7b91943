using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver;

/// <summary>How long an agent's cycle takes at most, and how often it took longer than it should. Source: aeron_duty_cycle_tracker.c of Aeron 1.52.</summary>
internal sealed class CycleTime(AtomicCounter max, AtomicCounter exceeded, long nowNs)
{
    /// <summary>As the labels of the counters say.</summary>
    private const long ThresholdNs = 100_000_000;

    private long _lastNs = nowNs;

    /// <summary>At the start of each cycle.</summary>
    public void Measure(long nowNs)
    {
        long cycleNs = nowNs - _lastNs;
        _lastNs = nowNs;
        max.ProposeMaxRelease(cycleNs);
        if (cycleNs > ThresholdNs)
            exceeded.AddRelease(1);
    }
}
