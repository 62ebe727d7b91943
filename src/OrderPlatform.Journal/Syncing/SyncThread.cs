using System.Diagnostics;

namespace OrderPlatform.Journal.Syncing;

/// <summary>
/// Makes durable what another thread appends, by the journal's policy. It waits without spinning, and the appending thread pays for waking it
/// only where it sleeps; unasked it looks every millisecond.
/// </summary>
internal sealed class SyncThread : IDisposable
{
    private const int LookMillis = 1;

    private readonly JournalSync _sync;
    private readonly JournalDurability _durability;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private int _isParked;
    private volatile bool _isStopping;

    public SyncThread(JournalSync sync, JournalDurability durability)
    {
        _sync = sync;
        _durability = durability;
        _thread = new Thread(Run) { Name = "journal-sync", IsBackground = true };
        _thread.Start();
    }

    /// <summary>A batch is complete. Costs a fence, and a system call only if the thread sleeps.</summary>
    public void EndBatch()
    {
        if (_durability.Interval != TimeSpan.Zero)
            return;
        // StoreLoad: what was appended before must be visible before the flag is read, or both sides could sleep.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isParked) != 0 && Interlocked.Exchange(ref _isParked, 0) != 0)
            _wake.Set();
    }

    public void Dispose()
    {
        _isStopping = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private bool HasWork => _sync.Appended.Place != _sync.Durable.Place;

    private void Run()
    {
        try
        {
            while (!_isStopping && _sync.Failure is null)
            {
                long began = Stopwatch.GetTimestamp();
                if (HasWork)
                    _sync.Sync();
                if (_durability.Interval == TimeSpan.Zero)
                    Park();
                else
                    Pause(began);
            }
        }
        catch (JournalException)
        {
            // Kept by the sync, and told to all who wait or append.
        }
        catch (Exception failure)
        {
            _sync.Stop(new JournalException(JournalFault.SyncFailed, $"The sync thread ended: {failure.Message}: report this.", cause: failure));
        }
    }

    private void Park()
    {
        Volatile.Write(ref _isParked, 1);
        Interlocked.MemoryBarrier();
        if (!HasWork && !_isStopping)
            _wake.WaitOne(LookMillis);
        Volatile.Write(ref _isParked, 0);
    }

    private void Pause(long began)
    {
        TimeSpan rest;
        while (!_isStopping && (rest = _durability.Interval - Stopwatch.GetElapsedTime(began)) > TimeSpan.Zero)
        {
            // Whole milliseconds by the event, which ends at once when the journal is closed.
            if (rest.TotalMilliseconds >= 1)
                _wake.WaitOne((int)rest.TotalMilliseconds);
            else
                ShortSleep.For(rest);
        }
    }
}
