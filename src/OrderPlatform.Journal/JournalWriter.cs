using System.Runtime.CompilerServices;
using OrderPlatform.Journal.Syncing;

namespace OrderPlatform.Journal;

/// <summary>
/// Appends records to a journal's segments. One thread appends; any thread may read the positions, wait or sync. An append is a copy and a checksum: no
/// system call, no allocation, but for the rotation to a segment that was prepared ahead. Under a policy that syncs it goes to memory, and never waits
/// for the disk.
/// </summary>
public sealed unsafe class JournalWriter : IDisposable
{
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly IDisposable _lock;
    private readonly JournalSync _sync;
    private readonly SegmentSupply _supply;
    private readonly SyncThread? _syncThread;
    private readonly JournalGauge? _gauge;
    private readonly PaddedPosition _appended;
    private readonly PaddedPosition _durable;
    private readonly int _payloadLimitBytes;
    private readonly long _lagMax;
    private readonly int _sealedMax;
    private Segment _current;
    private byte* _address;
    private long _base;
    private long _offset;
    private long _limit;
    private bool _marksDurable;
    private long _markedPlace;
    private long _sequenceMax;
    private long _lastSequence;
    private long _lastTimestampNanos;
    private uint _previousCrc;
    private bool _isDisposed;

    internal JournalWriter(string directory, JournalOptions options, IDisposable writerLock, Segment current, in WriterStart start)
    {
        _directory = directory;
        _options = options;
        _lock = writerLock;
        _sync = new JournalSync(options.Device, directory, options.OnDurable);
        _appended = _sync.Appended;
        _durable = _sync.Durable;
        _payloadLimitBytes = options.PayloadLimitBytes;
        _lagMax = options.Durability.IsSynced ? options.LagMaxInputs : long.MaxValue;
        _sealedMax = options.SealedMax;
        _lastSequence = start.Recovery.LastSequence;
        _lastTimestampNanos = start.Recovery.LastTimestampNanos;
        Recovery = start.Recovery;
        _current = current;
        Use(current, start.Offset, start.PreviousCrc);
        // What was found is durable: opening synced it.
        current.BeginSyncingAt(start.Offset);
        _markedPlace = _base + _offset;
        _sync.Begin(current, _markedPlace, _lastSequence);
        _supply = new SegmentSupply(directory, options, _sync.FlushRetired);
        _syncThread = options.Durability.IsSynced && options.HasThreads ? new SyncThread(_sync, options.Durability) : null;
        _gauge = options.HasThreads ? new JournalGauge(this, options.ShardId) : null;
    }

    /// <summary>What was found at opening.</summary>
    public JournalRecovery Recovery { get; }

    /// <summary>What this journal promises.</summary>
    public JournalDurability Durability => _options.Durability;

    /// <summary>The last appended input. Readers see it at once under a policy that does not sync, else while it is made durable.</summary>
    public long AppendedSequence => _appended.Sequence;

    /// <summary>
    /// The last input that the journal's <see cref="Durability"/> promises to keep. It never goes back, and stands still once the journal has stopped.
    /// </summary>
    public long DurableSequence => _options.Durability.IsSynced ? _durable.Sequence : _appended.Sequence;

    /// <summary>How many inputs are appended and not yet durable: the gauge that <see cref="JournalOptions.LagMaxInputs"/> bounds.</summary>
    public long LagInputs => Math.Max(0, -DurableSequence + AppendedSequence);

    /// <summary>
    /// How many more inputs may be appended before a sync has to end. A caller who asks before each batch, none longer than two segments, is never refused for
    /// lagging.
    /// </summary>
    public int RoomInputs => _sync.SealedCount < _sealedMax / 2 ? (int)Math.Clamp(_lagMax - (_appended.Sequence - _durable.Sequence), 0, int.MaxValue) : 0;

    /// <summary>Why the journal has stopped, or null while it goes on. Nothing is appended or made durable after it; what was durable stays so.</summary>
    public JournalException? Failure => _sync.Failure;

    /// <summary>Whether a directory has a journal to <see cref="Open"/>.</summary>
    public static bool Exists(string directory) => Directory.Exists(directory) && Directory.EnumerateFiles(directory, "*" + SegmentName.Suffix).Any();

    /// <summary>Begins a journal in a directory without one, which is created if it is missing.</summary>
    /// <exception cref="JournalException">There is a journal already, it is locked, or the system refuses.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static JournalWriter Create(string directory, JournalOptions options) => JournalOpening.Create(directory, options);

    /// <summary>
    /// Continues a journal: verifies it, cuts an unfinished end (see <see cref="Recovery"/>), and refuses damage to what was whole once.
    /// </summary>
    /// <exception cref="JournalException">There is no journal, it is damaged, locked, or another's.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static JournalWriter Open(string directory, JournalOptions options) => JournalOpening.Open(directory, options);

    /// <summary>Appends a record. If it throws, the record was not appended.</summary>
    /// <param name="sequence">The last sequence plus 1, or the last sequence for a control record.</param>
    /// <param name="timestampNanos">Nanoseconds since 1970; kept as given.</param>
    /// <param name="templateId">What the payload is.</param>
    /// <param name="flags">See <see cref="JournalFlags"/>.</param>
    /// <param name="payload">The bytes; may be empty.</param>
    /// <exception cref="JournalException">
    /// The sequence is not the one due, the payload is too long, a reserved flag is set, too much waits for its sync, or the journal has stopped: the disk
    /// is full or has failed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Append(long sequence, long timestampNanos, ushort templateId, ushort flags, ReadOnlySpan<byte> payload)
    {
        long due = _lastSequence + ((flags & JournalFlags.Control) == 0 ? 1 : 0);
        if (sequence != due || payload.Length > _payloadLimitBytes || (flags & JournalFlags.Marks) != 0 || _sync.Failure is not null || sequence > _sequenceMax)
            RefuseOrGoOn(sequence, due, payload.Length, flags);
        int length = RecordHeader.LengthBytes + payload.Length;
        long aligned = RecordHeader.Align(length);
        long durablePlace = _durable.Place;
        if (durablePlace != _markedPlace)
            MarkDurable(durablePlace, aligned);
        if (aligned > _limit - _offset)
            Rotate();

        payload.CopyTo(new Span<byte>(_address + _offset + RecordHeader.LengthBytes, payload.Length));
        Commit(length, sequence, timestampNanos, templateId, flags);
        _lastSequence = sequence;
        _lastTimestampNanos = timestampNanos;
        _appended.MoveTo(_base + _offset, sequence);
    }

    /// <summary>
    /// Tells the sync thread that no more comes for the moment. Optional: without it the thread finds what was appended within a millisecond. Costs a fence,
    /// and a system call only where that thread sleeps. For the appending thread.
    /// </summary>
    public void EndBatch() => _syncThread?.EndBatch();

    /// <summary>Waits until an input that was appended is durable, by the journal's <see cref="Durability"/>. Any thread may call it; it blocks.</summary>
    /// <returns>False if the time was over before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It was not appended yet.</exception>
    /// <exception cref="JournalException">The journal has stopped, and the input is not known to be durable.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed meanwhile.</exception>
    public bool WaitUntilDurable(long sequence, TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, AppendedSequence);
        return DurableSequence >= sequence || _sync.Wait(sequence, limit);
    }

    /// <summary>Refuses with the stored <see cref="Failure"/>, if there is one.</summary>
    /// <exception cref="JournalException">The journal has stopped.</exception>
    public void ThrowIfStopped() => _sync.ThrowIfFailed();

    /// <summary>Makes all that was appended before the call durable on the machine. Any thread may call it; it blocks.</summary>
    /// <exception cref="JournalException">The system could not; from then on nothing can be appended.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Sync() => _sync.Sync();

    /// <summary>Syncs, closes the files and lets go of the lock. Segments keep their length. The appending thread must be done.</summary>
    /// <exception cref="JournalException">The last sync failed; everything is closed nevertheless.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _gauge?.Dispose();
        _syncThread?.Dispose();
        _supply.Dispose();
        try
        {
            if (_sync.Failure is null)
                CloseCleanly();
        }
        finally
        {
            _isDisposed = true;
            _limit = 0;
            _address = null;
            _sync.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>Ends the segment and begins the next one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Rotate()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Segment full = _current;
        if (_lastSequence < full.Header.FirstSequence)
        {
            throw new JournalException(
                JournalFault.SegmentExhausted,
                $"{full.FilePath} has no room left and holds no input, so the next segment would have the same name: "
                + "append fewer control records, or choose longer segments.",
                full.FilePath,
                _offset,
                _lastSequence);
        }

        if (_sync.SealedCount >= _sealedMax)
            throw Lagging($"{_sealedMax} sealed segments wait for their sync, and no more may", "raise LagMaxBytes", _lastSequence);
        Segment next = TakeNext();
        Commit(RecordHeader.LengthBytes, _lastSequence, _lastTimestampNanos, 0, JournalFlags.EndOfSegment);
        MoveTo(next);
    }

    /// <summary>Begins the segment after one that is sealed.</summary>
    internal void BeginNext() => MoveTo(TakeNext());

    // The mark makes damage to the very last record provable: without it, it could be one that was never finished.
    private void CloseCleanly()
    {
        _sync.Sync();
        if (!_options.Durability.IsSynced || _durable.Place == _markedPlace)
            return;
        MarkDurable(_durable.Place, 0);
        _appended.MoveTo(_base + _offset, _lastSequence);
        _sync.Sync();
    }

    private void Use(Segment segment, long offset, uint previousCrc)
    {
        _current = segment;
        _address = segment.Address;
        _base = PaddedPosition.PlaceOf(segment.Header.SegmentIndex, 0);
        _offset = offset;
        // Room for the mark that ends the segment is always left.
        _limit = segment.LengthBytes - RecordHeader.LengthBytes;
        _marksDurable = segment.Header.HasDurableMarks != 0;
        _previousCrc = previousCrc;
    }

    // The payload and its padding are in place already; the space behind a record is zero until it is used.
    private void Commit(int length, long sequence, long timestampNanos, ushort templateId, ushort flags)
    {
        var header = (RecordHeader*)(_address + _offset);
        header->Sequence = sequence;
        header->TimestampNanos = timestampNanos;
        header->TemplateId = templateId;
        header->Flags = flags;
        header->PreviousCrc = _previousCrc;
        uint crc = Crc32C.OfRecord((byte*)header, length);
        header->Crc = crc;
        Volatile.Write(ref header->Length, length);
        _previousCrc = crc;
        _offset += RecordHeader.Align(length);
    }

    // Once a sync, before the next record, and only where both fit: a segment must be able to hold one record of any allowed length.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MarkDurable(long place, long lengthBehind)
    {
        if (_marksDurable)
        {
            if (DurableMark.AlignedBytes + lengthBehind > _limit - _offset)
                return;
            DurableMark.Write(_address + _offset + RecordHeader.LengthBytes, place, _durable.Sequence);
            Commit(RecordHeader.LengthBytes + DurableMark.PayloadLengthBytes, _lastSequence, _lastTimestampNanos, 0, JournalFlags.Durable);
        }

        _markedPlace = place;
    }

    private Segment TakeNext()
    {
        try
        {
            return _supply.Take();
        }
        catch (JournalException failure)
        {
            // Nothing has changed yet, but nothing that is longer than the rest of the segment could follow: intake ends here, for all alike.
            _sync.Stop(failure);
            throw;
        }
    }

    private void MoveTo(Segment next)
    {
        Segment full = _current;
        try
        {
            JournalOpening.Begin(next, _directory, _options, _lastSequence + 1, full.Header.SegmentIndex + 1, _previousCrc);
            // A staged one has nothing yet that a reader could find: the sync names it.
            if (!next.IsStaged)
                next.TakeName();
        }
        catch (JournalException failure)
        {
            // The full segment is sealed and has no successor: only opening again can continue from there.
            _sync.Stop(failure);
            next.Dispose();
            throw;
        }

        Use(next, SegmentHeader.LengthBytes, next.Header.Crc);
        _sync.Succeed(full, next, _base + _offset, _lastSequence);
        _supply.Wake();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefuseOrGoOn(long sequence, long due, int payloadLengthBytes, ushort flags)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _sync.ThrowIfFailed();
        string place = _current.FilePath;
        if ((flags & JournalFlags.Marks) != 0)
        {
            throw new JournalException(
                JournalFault.ReservedFlag, $"Flags {flags:x4} use bit 14 or 15, which the journal keeps for itself: clear them.", place, _offset, sequence);
        }

        if (payloadLengthBytes > _payloadLimitBytes)
        {
            throw new JournalException(
                JournalFault.PayloadTooLarge,
                $"A payload of {payloadLengthBytes} bytes, but at most {_payloadLimitBytes} are allowed: "
                + "refuse it at the edge, or raise PayloadLengthMaxBytes.",
                place,
                _offset,
                sequence);
        }

        if (sequence != due)
        {
            throw new JournalException(
                JournalFault.SequenceGap, $"Sequence {sequence} was to be appended where {due} is due: number inputs without gaps.", place, _offset, sequence);
        }

        // The durable position is read only here, once in as many inputs as may lag: most appends compare with a number of their own.
        _sequenceMax = _lagMax == long.MaxValue ? long.MaxValue : _durable.Sequence + _lagMax;
        if (sequence > _sequenceMax)
            throw Lagging($"{_lastSequence - _durable.Sequence} inputs wait for their sync, and {_lagMax} may", "raise LagMaxInputs", sequence);
    }

    private JournalException Lagging(string what, string remedy, long sequence) =>
        new(JournalFault.Lagging, $"{what}: ask RoomInputs before appending, or {remedy}.", _current.FilePath, _offset, sequence);
}

/// <summary>Where a writer begins.</summary>
internal readonly record struct WriterStart(JournalRecovery Recovery, long Offset, uint PreviousCrc);
