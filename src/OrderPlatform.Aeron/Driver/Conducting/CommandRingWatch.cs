using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Frees the command ring from a client that died while it wrote a command.</summary>
internal sealed class CommandRingWatch(ManyToOneRingBuffer ring, AtomicCounter unblocked, long timeoutNs)
{
    private long _lastPosition = -1;
    private long _timeOfLastMoveNs;

    /// <summary>Each timer interval.</summary>
    public void Check(long nowNs)
    {
        long position = ring.ConsumerPosition;
        if (position != _lastPosition || ring.ProducerPosition == position)
        {
            _lastPosition = position;
            _timeOfLastMoveNs = nowNs;
        }
        else if (nowNs - _timeOfLastMoveNs > timeoutNs && ring.Unblock())
        {
            unblocked.Increment();
        }
    }
}
