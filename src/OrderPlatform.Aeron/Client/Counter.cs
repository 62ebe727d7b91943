using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// A counter of this client in the driver's counters: anybody on the machine can read it. Any thread. After it or its client was closed it does
/// nothing and reads zero.
/// </summary>
public sealed class Counter : IDisposable
{
    private readonly ClientConductor _conductor;
    private readonly CncConnection _cnc;
    private readonly AtomicCounter _value;
    private volatile bool _isClosed;

    internal Counter(ClientConductor conductor, long correlationId, long registrationId, int counterId, bool isStatic)
    {
        _conductor = conductor;
        _cnc = conductor.Cnc;
        CorrelationId = correlationId;
        RegistrationId = registrationId;
        Id = counterId;
        IsStatic = isStatic;
        _value = new AtomicCounter(_cnc.Counters.Values, counterId);
    }

    /// <summary>The command that added it; of a static counter, the id that it was asked for with.</summary>
    public long RegistrationId { get; }

    /// <summary>Its place among the counters.</summary>
    public int Id { get; }

    /// <summary>True if it outlives its client.</summary>
    public bool IsStatic { get; }

    public bool IsClosed => _isClosed;

    /// <summary>The command that added it.</summary>
    internal long CorrelationId { get; }

    public string Label => _cnc.Counters.Label(Id);

    /// <summary>Reads with acquire order.</summary>
    public long Get()
    {
        long value = _isClosed ? 0 : _value.Get();
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>Writes with release order.</summary>
    public void Set(long value)
    {
        if (!_isClosed)
            _value.SetRelease(value);
        GC.KeepAlive(this);
    }

    /// <summary>Adds atomically; returns the value before.</summary>
    public long GetAndAdd(long delta)
    {
        long before = _isClosed ? 0 : _value.GetAndAdd(delta);
        GC.KeepAlive(this);
        return before;
    }

    /// <summary>Adds one atomically; returns the value before.</summary>
    public long Increment() => GetAndAdd(1);

    /// <summary>Raises the value; by the only thread that writes it. True if it was raised.</summary>
    public bool ProposeMax(long value)
    {
        bool isRaised = !_isClosed && _value.ProposeMaxRelease(value);
        GC.KeepAlive(this);
        return isRaised;
    }

    /// <summary>Gives it back to the driver; a static one stays. Again: nothing.</summary>
    public void Dispose() => _conductor.Close(this);

    internal void MarkClosed() => _isClosed = true;
}
