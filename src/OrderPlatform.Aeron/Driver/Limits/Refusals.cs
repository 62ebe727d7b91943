using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Limits;

/// <summary>Counts what one endpoint does not take, and names each kind once, with its first source: never a line a packet. One thread's.</summary>
internal sealed class Refusals(string endpoint, IErrorLog errorLog, AtomicCounter counter)
{
    private int _named;

    /// <summary>Counts one.</summary>
    public void Count(Refusal reason, in UdpAddress source)
    {
        counter.Increment();
        int bit = 1 << (int)reason;
        if ((_named & bit) != 0)
            return;
        _named |= bit;
        errorLog.Record($"{endpoint}: datagram of {source} refused, {reason}; further ones of this kind are counted in 'Invalid packets' and not named");
    }
}
