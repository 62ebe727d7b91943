using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>The values of the counters that every driver has.</summary>
public sealed class SystemCounters
{
    /// <summary>How many there are; other counters get ids from here on.</summary>
    public const int Count = 46;

    private readonly AtomicCounter[] _counters = new AtomicCounter[Count];

    /// <param name="values">The values of all counters; the first <see cref="Count"/> are these.</param>
    public SystemCounters(UnsafeBuffer values)
    {
        for (int id = 0; id < Count; id++)
        {
            _counters[id] = new AtomicCounter(values, id);
        }
    }

    /// <summary>One of them.</summary>
    public AtomicCounter this[SystemCounterId id] => _counters[(int)id];
}
