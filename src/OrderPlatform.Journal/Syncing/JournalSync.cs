using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal.Syncing;

/// <summary>
/// What is appended and what of it is safe. One sync at a time covers all that was appended before it began; the durable position moves only after
/// sealed segments, data and names are all safe. A staged segment takes its name when those before it and its own beginning are safe. The first failure
/// is kept: nothing is synced or appended after it, since a system that has lost data reports it once and a second try would succeed without them.
/// </summary>
internal sealed class JournalSync(IJournalDevice device, string directory, Action? onDurable) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _succession = new();
    private readonly object _waiters = new();
    private readonly List<Segment> _retired = [];
    // Reused: a collection for the list of each sync would stop the appending thread.
    private readonly List<Segment> _taken = [];
    private Segment _current = null!;
    private bool _hasNewNames;
    private int _sealedCount;
    private volatile JournalException? _failure;
    private volatile bool _isDisposed;

    /// <summary>Moved by the appending thread.</summary>
    public PaddedPosition Appended { get; } = new();

    /// <summary>Moved by whoever syncs.</summary>
    public PaddedPosition Durable { get; } = new();

    /// <summary>Why everything has stopped, or null.</summary>
    public JournalException? Failure => _failure;

    /// <summary>How many sealed segments wait for their sync.</summary>
    public int SealedCount => Volatile.Read(ref _sealedCount);

    /// <summary>Begins at what opening has found and made safe.</summary>
    public void Begin(Segment current, long place, long sequence)
    {
        _current = current;
        Appended.MoveTo(place, sequence);
        Durable.MoveTo(place, sequence);
    }

    /// <summary>The appending thread goes on in another segment.</summary>
    public void Succeed(Segment full, Segment next, long place, long sequence)
    {
        // A sync must never find the full segment in neither place, nor closed and yet current.
        lock (_succession)
        {
            _retired.Add(full);
            Volatile.Write(ref _sealedCount, _sealedCount + 1);
            _hasNewNames |= !next.IsStaged;
            _current = next;
            Appended.MoveTo(place, sequence);
        }
    }

    /// <summary>Makes all that was appended before the call durable on the machine.</summary>
    /// <exception cref="JournalException">The system could not, now or before.</exception>
    public void Sync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ThrowIfFailed();
            Segment current;
            long sequence;
            long place;
            bool hasNewNames;
            lock (_succession)
            {
                // The sequence first: its record lies before the place, or in a retired segment.
                sequence = Appended.Sequence;
                place = Appended.Place;
                current = _current;
                hasNewNames = TakeRetired();
            }

            Perform(current, place - PaddedPosition.PlaceOf(current.Header.SegmentIndex, 0), hasNewNames);
            Durable.MoveTo(place, sequence);
            WakeWaiters();
            // Behind the waiters' back: giving a segment's memory back takes its time.
            DisposeTaken();
        }
    }

    /// <summary>Makes sealed segments and names durable and closes the segments; for the background, where nobody waits for the position.</summary>
    public void FlushRetired()
    {
        lock (_gate)
        {
            if (_isDisposed || _failure is not null)
                return;
            bool hasNewNames;
            lock (_succession)
                hasNewNames = TakeRetired();
            Perform(null, 0, hasNewNames);
            DisposeTaken();
        }
    }

    /// <summary>Stops everything; the first reason is kept.</summary>
    public void Stop(JournalException failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
            WakeWaiters();
    }

    /// <summary>Waits until an input is durable.</summary>
    /// <returns>False if the time was over before.</returns>
    /// <exception cref="JournalException">The journal has stopped, and the input is not durable.</exception>
    public bool Wait(long sequence, TimeSpan limit)
    {
        long until = Environment.TickCount64 + (long)Math.Min(limit.TotalMilliseconds, int.MaxValue);
        lock (_waiters)
        {
            while (Durable.Sequence < sequence)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                ThrowIfFailed();
                long rest = until - Environment.TickCount64;
                if (rest <= 0)
                    return false;
                Monitor.Wait(_waiters, (int)Math.Min(rest, int.MaxValue));
            }

            return true;
        }
    }

    /// <summary>Refuses with the stored failure.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is JournalException failure)
        {
            throw new JournalException(
                failure.Kind, $"The journal has stopped: {failure.Message}", failure.File, failure.Offset, Durable.Sequence, failure);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            TakeRetired();
            DisposeTaken();
            _current.Dispose();
        }

        WakeWaiters();
    }

    private bool TakeRetired()
    {
        _taken.AddRange(_retired);
        _retired.Clear();
        bool hasNewNames = _hasNewNames;
        _hasNewNames = false;
        return hasNewNames;
    }

    private void Perform(Segment? current, long offset, bool hasNewNames)
    {
        try
        {
            foreach (Segment segment in _taken)
            {
                segment.SyncTo(segment.LengthBytes);
                hasNewNames |= segment.TakeName();
            }

            current?.SyncTo(offset);
            hasNewNames |= current?.TakeName() ?? false;
            if (hasNewNames)
                device.SyncDirectory(directory);
        }
        catch (JournalException failure)
        {
            Stop(failure);
            throw;
        }
    }

    private void DisposeTaken()
    {
        foreach (Segment segment in _taken)
            segment.Dispose();
        lock (_succession)
            Volatile.Write(ref _sealedCount, _sealedCount - _taken.Count);
        _taken.Clear();
    }

    private void WakeWaiters()
    {
        lock (_waiters)
            Monitor.PulseAll(_waiters);
        onDurable?.Invoke();
    }
}
