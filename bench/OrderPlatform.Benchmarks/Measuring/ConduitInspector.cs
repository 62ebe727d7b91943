using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>Takes what comes out of a conduit, checks it and puts it into the next ones, if there are any; yields when nothing comes.</summary>
internal sealed class ConduitInspector<TConduit, TSlot>(TConduit conduit, params TConduit[] next)
    where TConduit : struct, IConduit<TConduit, TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
#pragma warning disable IDE0044 // They change: their methods change the structs in place.
    private TConduit _conduit = conduit;
    private YieldingWaitStrategy _wait;
    private Checksum _checksum;
#pragma warning restore IDE0044
    private long _taken;

    public int Take()
    {
        Checksum checksum = _checksum;
        int count = 0;
        for (; count < ConduitEnds.BatchMax && _conduit.TryTake(out TSlot slot); count++)
        {
            checksum.Add(slot.Value, _taken + count);
            for (int index = 0; index < next.Length; index++)
                ConduitEnds.Put(ref next[index], slot);
        }

        _checksum = checksum;
        _taken += count;
        _wait.Idle(count);
        return count;
    }

    public void Verify(long count) => _checksum.Verify(count);
}
