using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Client;

/// <summary>A publication or an image: something that reads or writes a log.</summary>
internal interface ILogUser
{
    /// <summary>True if a thread is in the log, or holds a claim. Once closed and false, it stays false.</summary>
    bool IsUsingLog { get; }
}

/// <summary>A mapped log and how many publications and images of this client it has: those of one IPC stream share it.</summary>
internal sealed class SharedLog(LogBuffer log)
{
    private readonly List<ILogUser> _closedUsers = [];

    public LogBuffer Log { get; } = log;

    public int References { get; set; }

    /// <summary>When it may be unmapped.</summary>
    public long UnmapAtNs { get; set; }

    /// <summary>True if somebody that was closed is still at it.</summary>
    public bool IsInUse
    {
        get
        {
            _closedUsers.RemoveAll(static user => !user.IsUsingLog);
            return _closedUsers.Count != 0;
        }
    }

    public void AddClosed(ILogUser user) => _closedUsers.Add(user);
}

/// <summary>The logs that a client has mapped, by path. Under the client's lock.</summary>
internal sealed class SharedLogs
{
    private readonly Dictionary<string, SharedLog> _byPath = [];
    private readonly List<SharedLog> _lingering = [];

    /// <summary>How many are mapped and not used any more.</summary>
    public int LingeringCount => _lingering.Count;

    /// <summary>Maps a log, or finds it mapped.</summary>
    /// <inheritdoc cref="LogBuffer.Open" path="/exception"/>
    public SharedLog Acquire(string path)
    {
        if (!_byPath.TryGetValue(path, out SharedLog? log))
        {
            log = new SharedLog(LogBuffer.Open(path));
            _byPath.Add(path, log);
        }

        log.References++;
        return log;
    }

    /// <summary>Gives a reference back; the user has been closed.</summary>
    public void Release(SharedLog log, ILogUser user, long unmapAtNs)
    {
        log.AddClosed(user);
        if (--log.References > 0)
            return;
        _byPath.Remove(log.Log.Path);
        log.UnmapAtNs = unmapAtNs;
        _lingering.Add(log);
    }

    /// <summary>Unmaps what lingered long enough and is not in use.</summary>
    /// <returns>How many.</returns>
    public int Unmap(long nowNs)
    {
        if (!_lingering.Exists(log => nowNs - log.UnmapAtNs >= 0))
            return 0;
        // See OperationSlot: from here on, whoever did not see that its publication or image is closed can be seen by us.
        Interlocked.MemoryBarrierProcessWide();
        return _lingering.RemoveAll(log =>
        {
            if (nowNs - log.UnmapAtNs < 0 || log.IsInUse)
                return false;
            log.Log.Dispose();
            return true;
        });
    }

    /// <summary>Unmaps all that is not in use; the rest as soon as it is not.</summary>
    public void UnmapAtEnd()
    {
        foreach (SharedLog log in _lingering)
        {
            log.UnmapAtNs = 0;
        }

        Unmap(0);
        if (_lingering.Count > 0)
            new UnmapAfterEnd(this).Start();
    }

    /// <summary>Looks again and again at what a closed client's threads still use: the client's own conductor is gone.</summary>
    private sealed class UnmapAfterEnd(SharedLogs logs)
    {
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
        private Timer? _timer;

        public void Start()
        {
            _timer = new Timer(static state => ((UnmapAfterEnd)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }

        private void Look()
        {
            logs.Unmap(0);
            if (logs.LingeringCount > 0)
                _timer!.Change(Interval, Timeout.InfiniteTimeSpan);
            else
                _timer!.Dispose();
        }
    }
}
