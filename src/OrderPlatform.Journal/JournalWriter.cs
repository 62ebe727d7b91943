using System.Runtime.CompilerServices;

namespace OrderPlatform.Journal;

/// <summary>
/// Appends records to a journal's mapped segments. One thread appends; any thread may read the positions or sync. An append is a copy
/// and a checksum: no system call, no allocation, but for the rotation to a segment that was prepared ahead.
/// </summary>
public sealed unsafe class JournalWriter : IDisposable
{
    private readonly string _directory;
    private readonly JournalOptions _options;
    private readonly FileStream _lock;
    private readonly RetiredSegments _retired;
    private readonly SegmentSupply _supply;
    private readonly Lock _succession = new();
    private readonly int _payloadLimitBytes;
    private readonly PaddedPosition _appended = new();
    private readonly PaddedPosition _synced = new();
    private volatile Segment _current;
    private volatile JournalException? _failure;
    private byte* _address;
    private long _offset;
    private long _limit;
    private long _lastSequence;
    private long _lastTimestampNanos;
    private uint _previousCrc;
    private bool _isDisposed;

    internal JournalWriter(string directory, JournalOptions options, FileStream writerLock, Segment current, in WriterStart start)
    {
        _directory = directory;
        _options = options;
        _lock = writerLock;
        _payloadLimitBytes = options.PayloadLimitBytes;
        _retired = new RetiredSegments(directory);
        _lastSequence = start.Recovery.LastSequence;
        _lastTimestampNanos = start.Recovery.LastTimestampNanos;
        _appended.Value = _lastSequence;
        // What was found is as durable as opening made it: it synced.
        _synced.Value = _lastSequence;
        Recovery = start.Recovery;
        _current = current;
        Use(current, start.Offset, start.PreviousCrc);
        _supply = new SegmentSupply(directory, options, _retired, failure => _failure = failure);
    }

    /// <summary>What was found at opening.</summary>
    public JournalRecovery Recovery { get; }

    /// <summary>The last appended input; readers can see it.</summary>
    public long AppendedSequence => _appended.Value;

    /// <summary>The last input that the journal's <see cref="JournalDurability"/> promises to keep.</summary>
    public long DurableSequence => _options.Durability == JournalDurability.PageCache ? _appended.Value : _synced.Value;

    /// <summary>Begins a journal in a directory without one, which is created if it is missing.</summary>
    /// <exception cref="JournalException">There is a journal already, it is locked, or the system refuses.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static JournalWriter Create(string directory, JournalOptions options) => JournalOpening.Create(directory, options);

    /// <summary>
    /// Continues a journal: verifies it, cuts a torn end (see <see cref="Recovery"/>), and refuses damage that has whole records behind it.
    /// </summary>
    /// <exception cref="JournalException">There is no journal, it is damaged, locked, or another's.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static JournalWriter Open(string directory, JournalOptions options) => JournalOpening.Open(directory, options);

    /// <summary>Appends a record; when this returns, readers see it. If it throws, nothing was appended.</summary>
    /// <param name="sequence">The last sequence plus 1, or the last sequence for a control record.</param>
    /// <param name="timestampNanos">Nanoseconds since 1970; kept as given.</param>
    /// <param name="templateId">What the payload is.</param>
    /// <param name="flags">See <see cref="JournalFlags"/>.</param>
    /// <param name="payload">The bytes; may be empty.</param>
    /// <exception cref="JournalException">
    /// The sequence is not the one due, the payload is too long, a reserved flag is set, the disk is full, or an earlier sync failed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Append(long sequence, long timestampNanos, ushort templateId, ushort flags, ReadOnlySpan<byte> payload)
    {
        long due = _lastSequence + ((flags & JournalFlags.Control) == 0 ? 1 : 0);
        if (sequence != due || payload.Length > _payloadLimitBytes || (flags & JournalFlags.EndOfSegment) != 0 || _failure is not null)
            ThrowRefusal(sequence, due, payload.Length, flags);
        int length = RecordHeader.LengthBytes + payload.Length;
        if (RecordHeader.Align(length) > _limit - _offset)
            Rotate();

        payload.CopyTo(new Span<byte>(_address + _offset + RecordHeader.LengthBytes, payload.Length));
        Commit(length, sequence, timestampNanos, templateId, flags);
        _lastSequence = sequence;
        _lastTimestampNanos = timestampNanos;
        _appended.Value = sequence;
    }

    /// <summary>Makes all that was appended before the call durable on the machine. Any thread may call it; it blocks.</summary>
    /// <exception cref="JournalException">The system could not; from then on nothing can be appended.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public void Sync()
    {
        lock (_retired.Gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            long position;
            Segment current;
            lock (_succession)
            {
                // The position first: what it covers lies in the segment read next, or in those retired before it.
                position = _appended.Value;
                current = _current;
            }

            try
            {
                if (_failure is not null)
                    throw _failure;
                // The current one first: if it is retired meanwhile, the flush closes it.
                current.Sync();
                _retired.Flush();
            }
            catch (JournalException failure)
            {
                _failure = failure;
                throw;
            }

            _synced.Value = position;
        }
    }

    /// <summary>Syncs, closes the files and lets go of the lock. Segments keep their length. The appending thread must be done.</summary>
    /// <exception cref="JournalException">The last sync failed; everything is closed nevertheless.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _supply.Dispose();
        try
        {
            if (_failure is null)
                Sync();
        }
        finally
        {
            _isDisposed = true;
            _limit = 0;
            _address = null;
            _current.Dispose();
            _lock.Dispose();
        }
    }

    private void Use(Segment segment, long offset, uint previousCrc)
    {
        _current = segment;
        _address = segment.Address;
        _offset = offset;
        // Room for the mark that ends the segment is always left.
        _limit = segment.LengthBytes - RecordHeader.LengthBytes;
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

        // May throw: nothing has changed yet.
        Segment next = _supply.Take();
        Commit(RecordHeader.LengthBytes, _lastSequence, _lastTimestampNanos, 0, JournalFlags.EndOfSegment);
        MoveTo(next);
    }

    /// <summary>Begins the segment after one that is sealed.</summary>
    internal void BeginNext() => MoveTo(_supply.Take());

    private void MoveTo(Segment next)
    {
        Segment full = _current;
        try
        {
            JournalOpening.Begin(next, _directory, _options, _lastSequence + 1, full.Header.SegmentIndex + 1, _previousCrc);
        }
        catch (JournalException failure)
        {
            // The full segment is sealed and has no successor: only opening again can continue from there.
            _failure = failure;
            next.Dispose();
            throw;
        }

        // A sync must never find the full segment in neither place, nor closed and yet current.
        lock (_succession)
        {
            _retired.Add(full);
            Use(next, SegmentHeader.LengthBytes, next.Header.Crc);
        }

        _retired.MarkDirectory();
        _supply.Wake();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowRefusal(long sequence, long due, int payloadLengthBytes, ushort flags)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_failure is JournalException failure)
            throw new JournalException(failure.Kind, $"The journal has stopped: {failure.Message}", failure.File, failure.Offset, _lastSequence, failure);
        string place = _current.FilePath;
        if ((flags & JournalFlags.EndOfSegment) != 0)
        {
            throw new JournalException(
                JournalFault.ReservedFlag, $"Flags {flags:x4} use bit 15, which the journal keeps for itself: clear it.", place, _offset, sequence);
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

        throw new JournalException(
            JournalFault.SequenceGap, $"Sequence {sequence} was to be appended where {due} is due: number inputs without gaps.", place, _offset, sequence);
    }
}

/// <summary>Where a writer begins.</summary>
internal readonly record struct WriterStart(JournalRecovery Recovery, long Offset, uint PreviousCrc);
