using OrderPlatform.Runtime.Live.Counters;

namespace OrderPlatform.Admin.Live;

/// <summary>Looks at a journal's counters file, one after the other; a run that is begun again is followed to its new file.</summary>
internal sealed class WatchLooks(string journal, TimeSpan interval, CancellationToken cancellation) : IDisposable
{
    private CountersReader _reader = CountersReader.Open(journal);
    private CountersSample? _before;

    /// <summary>Whether somebody ended it.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    /// <summary>A look.</summary>
    public WatchSample One()
    {
        CountersSample now = _reader.Read();
        var sample = new WatchSample(now, _before);
        _before = now;
        return sample;
    }

    /// <summary>Two looks, as far apart as was asked for, where the engine runs.</summary>
    public WatchSample Two()
    {
        WatchSample first = One();
        return first.IsRunning && TryNext(out WatchSample second) ? second : first;
    }

    /// <summary>The next look, after the interval.</summary>
    /// <returns>False if somebody ended it.</returns>
    public bool TryNext(out WatchSample sample)
    {
        bool goesOn = !cancellation.WaitHandle.WaitOne(interval);
        if (goesOn && _reader.IsReplaced)
        {
            CountersReader newer = CountersReader.Open(journal);
            _reader.Dispose();
            _reader = newer;
            _before = null;
        }

        sample = One();
        return goesOn;
    }

    public void Dispose() => _reader.Dispose();
}
