using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Driver;

/// <summary>
/// A position or limit that the driver works with, and that a counter shows. Clients can write to counters, so nothing is ever read back from there. One
/// thread writes, any reads.
/// </summary>
internal sealed class ShownPosition
{
    private readonly AtomicCounter _counter;
    private long _value;

    /// <param name="counter">Shows it.</param>
    /// <param name="value">Where it is to begin.</param>
    public ShownPosition(AtomicCounter counter, long value)
    {
        _counter = counter;
        SetRelease(value);
    }

    /// <summary>The counter's id.</summary>
    public int Id => _counter.Id;

    /// <summary>The value, for the thread that writes it.</summary>
    public long GetPlain() => _value;

    /// <summary>The value; acquire order.</summary>
    public long Get() => Volatile.Read(ref _value);

    /// <summary>Sets and shows it; release order.</summary>
    public void SetRelease(long value)
    {
        Volatile.Write(ref _value, value);
        _counter.SetRelease(value);
    }
}
