using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Draws faults, and counts requests for the rate limit. A chance of zero draws nothing.</summary>
internal sealed class FaultSource(VenueFaults faults, ulong seed)
{
    private const uint Part = 4;

    private readonly Prng _prng = Prng.ForPart(seed, Part);
    private long _windowNumber = -1;
    private int _requests;

    public VenueFaults Options => faults;

    public bool Happens(Ratio chance) => chance.Raw > 0 && _prng.NextBelow(FixedPoint.One) < (ulong)chance.Raw;

    /// <summary>Lateness: 1 to the window.</summary>
    public long NextLateness() => 1 + (long)_prng.NextBelow((ulong)faults.WindowNanos);

    /// <summary>Whether a request on its way out is lost.</summary>
    public bool LosesRequest(VenueCommandKind kind, long sentAtNanos)
    {
        bool isTimeout = Happens(kind == VenueCommandKind.Submit ? faults.TimeoutBeforeAcceptance : faults.TimeoutOfRequest);
        return isTimeout || faults.IsOut(sentAtNanos);
    }

    /// <summary>When the sender of something lost gives up waiting; not before an outage has ended.</summary>
    public long GivesUpAt(long nanos)
    {
        long time = nanos + faults.TimeoutNanos;
        return faults.IsOut(time) ? faults.OutageUntilNanos : time;
    }

    /// <summary>Counts a request that has arrived.</summary>
    /// <returns>Zero if it may pass, else how long nothing should be sent.</returns>
    public long Throttle(long timeNanos)
    {
        if (faults.ThrottleRequests == 0)
        {
            return 0;
        }

        long window = timeNanos / faults.ThrottleWindowNanos;
        _requests = window == _windowNumber ? _requests + 1 : 1;
        _windowNumber = window;
        return _requests > faults.ThrottleRequests ? ((window + 1) * faults.ThrottleWindowNanos) - timeNanos : 0;
    }
}
