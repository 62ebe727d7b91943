namespace OrderPlatform.Journal;

/// <summary>
/// The writer's background thread: it keeps one segment ready, with all blocks and pages, and takes sealed ones away, so that the
/// appending thread does neither.
/// </summary>
internal sealed class SegmentSupply : IDisposable
{
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly RetiredSegments _retired;
    private readonly Action<JournalException> _onSyncFailure;
    private readonly AutoResetEvent _wake = new(initialState: true);
    private readonly Thread _thread;
    private Segment? _spare;
    private int _nameCount;
    private volatile bool _isDisposed;

    public SegmentSupply(string directory, JournalOptions options, RetiredSegments retired, Action<JournalException> onSyncFailure)
    {
        _directory = directory;
        _options = options;
        _retired = retired;
        _onSyncFailure = onSyncFailure;
        _thread = new Thread(Run) { Name = "journal-segments", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Removes what earlier writers had prepared and not used; the caller holds the journal's lock.</summary>
    /// <exception cref="JournalException">The system refuses.</exception>
    public static void RemoveUnused(string directory)
    {
        try
        {
            foreach (string path in Directory.GetFiles(directory, "*" + SegmentName.PreparingSuffix))
                File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                JournalFault.Unavailable, $"Cannot remove unused segments from {directory}: {failure.Message}", directory, cause: failure);
        }
    }

    /// <summary>A segment to write to, under a passing name; prepared here and now if none is ready.</summary>
    /// <exception cref="JournalException">There is no room, or the system refuses.</exception>
    public Segment Take() => Interlocked.Exchange(ref _spare, null) ?? Prepare();

    /// <summary>Asks for the background work that is due after a rotation.</summary>
    public void Wake() => _wake.Set();

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        if (_spare is Segment unused)
        {
            unused.Dispose();
            File.Delete(unused.FilePath);
        }
    }

    private Segment Prepare()
    {
        string name = $"{Interlocked.Increment(ref _nameCount)}{SegmentName.PreparingSuffix}";
        return Segment.Prepare(Path.Combine(_directory, name), _options);
    }

    private void Run()
    {
        while (!_isDisposed)
        {
            _wake.WaitOne();
            if (!_isDisposed)
                PrepareSpare();
            FlushRetired();
        }
    }

    private void PrepareSpare()
    {
        if (Volatile.Read(ref _spare) is not null)
            return;
        try
        {
            Volatile.Write(ref _spare, Prepare());
        }
        catch (JournalException)
        {
            // Not lost: the append that needs the segment tries again on its own thread, and throws what it meets then.
        }
    }

    private void FlushRetired()
    {
        try
        {
            lock (_retired.Gate)
                _retired.Flush();
        }
        catch (JournalException failure)
        {
            _onSyncFailure(failure);
        }
    }
}
