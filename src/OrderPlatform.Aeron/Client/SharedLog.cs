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

/// <summary>The logs that a client has mapped, by path.</summary>
internal sealed class SharedLogs(bool preTouch)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedLog> _byPath = [];
    private readonly List<SharedLog> _lingering = [];
    private bool _isLooking;

    /// <summary>How many are mapped and not used any more.</summary>
    public int LingeringCount
    {
        get
        {
            lock (_lock)
            {
                return _lingering.Count;
            }
        }
    }

    /// <summary>Maps a log, or finds it mapped.</summary>
    /// <inheritdoc cref="LogBuffer.Open" path="/exception"/>
    public SharedLog Acquire(string path)
    {
        lock (_lock)
        {
            if (!_byPath.TryGetValue(path, out SharedLog? log))
            {
                log = new SharedLog(LogBuffer.Open(path));
                if (preTouch)
                    log.Log.Populate();
                _byPath.Add(path, log);
            }

            log.References++;
            return log;
        }
    }

    /// <summary>Gives a reference back; the user has been closed.</summary>
    public void Release(SharedLog log, ILogUser user, long unmapAtNs)
    {
        lock (_lock)
        {
            log.AddClosed(user);
            if (--log.References > 0)
                return;
            _byPath.Remove(log.Log.Path);
            log.UnmapAtNs = unmapAtNs;
            _lingering.Add(log);
        }
    }

    /// <summary>Unmaps what lingered long enough and is not in use.</summary>
    /// <returns>How many.</returns>
    public int Unmap(long nowNs)
    {
        lock (_lock)
        {
            return _lingering.Count == 0 ? 0 : UnmapDue(nowNs);
        }
    }

    /// <summary>Unmaps all that is not in use, whenever it would have been due; the rest as soon as it is not: the client's conductor ends here.</summary>
    public void UnmapAtEnd()
    {
        lock (_lock)
        {
            _lingering.ForEach(static log => log.UnmapAtNs = 0);
            Unmap(0);
            if (_lingering.Count == 0 || _isLooking)
                return;
            _isLooking = true;
            _ = LookUntilAllAreUnmapped();
        }
    }

    private int UnmapDue(long nowNs)
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

    private async Task LookUntilAllAreUnmapped()
    {
        while (LingeringCount > 0)
        {
            await Task.Delay(LookInterval).ConfigureAwait(false);
            Unmap(0);
        }

        lock (_lock)
        {
            _isLooking = false;
        }
    }
}
