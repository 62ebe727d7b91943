namespace OrderPlatform.Journal;

/// <summary>
/// The writer's background thread: it keeps one segment ready, with all blocks and pages, and has sealed ones taken away, so that the
/// appending thread does neither.
/// </summary>
internal sealed class SegmentSupply : IDisposable
{
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly Action _takeSealedAway;
    private readonly AutoResetEvent _wake = new(initialState: true);
    private readonly Thread? _thread;
    private Segment? _spare;
    private int _nameCount;
    private volatile bool _isDisposed;

    public SegmentSupply(string directory, JournalOptions options, Action takeSealedAway)
    {
        _directory = directory;
        _options = options;
        _takeSealedAway = takeSealedAway;
        if (!options.HasThreads)
            return;
        _thread = new Thread(Run) { Name = "journal-segments", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Removes what earlier writers had prepared and not used; the caller holds the journal's lock.</summary>
    /// <exception cref="JournalException">The system refuses.</exception>
    public static void RemoveUnused(string directory, JournalOptions options)
    {
        foreach (string path in options.Device.List(directory, SegmentName.PreparingSuffix))
            options.Device.Delete(path);
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
        _thread?.Join();
        _wake.Dispose();
        if (_spare is Segment unused)
        {
            unused.Dispose();
            _options.Device.Delete(unused.FilePath);
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
            try
            {
                _takeSealedAway();
            }
            catch (JournalException)
            {
                // Kept by the sync: the next append, and all who wait, are refused with it.
            }
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
            // Not lost: the current segment has its room already, and the append that needs the next one tries again, and stops the journal with
            // what it meets then.
        }
    }
}
