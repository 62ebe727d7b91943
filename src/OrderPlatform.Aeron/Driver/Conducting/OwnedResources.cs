using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The log and the counters of a stream: made one by one, given back together, also when the making stops midway.</summary>
internal sealed class OwnedResources(ConductorServices services)
{
    private readonly List<AtomicCounter> _counters = [];
    private LogBuffer? _log;

    public AtomicCounter Add(AtomicCounter counter)
    {
        _counters.Add(counter);
        return counter;
    }

    public LogBuffer Add(LogBuffer log)
    {
        _log = log;
        return log;
    }

    /// <summary>The driver ends: the mapping goes, the file stays where it is.</summary>
    public void Close() => _log?.Dispose();

    public void Free()
    {
        foreach (AtomicCounter counter in _counters)
        {
            services.State.Counters.Free(counter.Id);
        }

        if (_log is not null)
            services.Logs.Free(_log);
    }
}
