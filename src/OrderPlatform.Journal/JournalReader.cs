using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>
/// Reads a journal record by record and verifies all of it: lengths, checksums, sequences, the order of segments. For one thread;
/// allocates nothing a record.
/// </summary>
public sealed unsafe class JournalReader : IDisposable
{
    private readonly string _directory;
    private readonly JournalReaderOptions _options;
    private readonly IJournalDevice _device;
    private Segment _segment;
    private string? _nextPath;
    private long _offset = SegmentHeader.LengthBytes;
    private uint _previousCrc;
    private bool _isEnded;

    private JournalReader(string directory, JournalReaderOptions options, Segment first)
    {
        _directory = directory;
        _options = options;
        _device = options.Device;
        _segment = first;
        _previousCrc = first.Header.Crc;
        LastSequence = first.Header.FirstSequence - 1;
    }

    /// <summary>The sequence of the last input that was read or passed; at the start, the one before the first.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The timestamp of the last record that was read or passed, in nanoseconds since 1970; 0 at the start.</summary>
    public long LastTimestampNanos { get; private set; }

    /// <summary>
    /// What was found torn at the end, once the end is reached; null after a clean one, and always while following. Beside a live writer
    /// it may be the record that is just being written.
    /// </summary>
    public JournalTail? Torn { get; private set; }

    /// <summary>The segment being read.</summary>
    public string File => _segment.FilePath;

    /// <summary>Where the next record is or will be, in bytes.</summary>
    public long Offset => _offset;

    /// <summary>The last input that a mark of the journal calls durable; 0 if none was read. Only policies that sync write marks.</summary>
    public long MarkedDurableSequence { get; private set; }

    /// <summary>The shard of the segment being read.</summary>
    public uint ShardId => _segment.Header.ShardId;

    internal uint PreviousCrc => _previousCrc;

    internal ref readonly SegmentHeader SegmentHeader => ref _segment.Header;

    /// <summary>True if the segment being read is at its end mark.</summary>
    internal bool IsSealed => _nextPath is not null;

    /// <summary>Opens a journal for reading.</summary>
    /// <exception cref="JournalException">There is none, it is another's, its first header is damaged, or the wanted sequence is older than it.</exception>
    public static JournalReader Open(string directory, JournalReaderOptions? options = null)
    {
        options ??= new JournalReaderOptions();
        Segment first = Segment.Open(options.Device, SegmentOf(options.Device, directory, options.FromSequence), isWritable: false);
        try
        {
            SegmentVerification.VerifyIdentity(first, options.ShardId, options.SchemaId);
            return new JournalReader(directory, options, first);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end, and while following, if nothing new is committed.</returns>
    /// <exception cref="JournalException">The journal is damaged: file, offset, the last good sequence, and what to do.</exception>
    public bool TryRead(out JournalRecord record)
    {
        ObjectDisposedException.ThrowIf(_segment.Address == null, this);
        while (!_isEnded && (_nextPath is null || TryMoveOn()))
        {
            var header = (RecordHeader*)(_segment.Address + _offset);
            // Acquire: the length was stored after the rest of the record.
            int length = Volatile.Read(ref header->Length);
            if (length == 0 && _options.IsFollowing)
                break;
            if (length == 0 || !IsGood(header, length))
            {
                Judge(header, length);
                continue;
            }

            Pass(header, length);
            bool isWanted = header->Sequence >= _options.FromSequence && (header->Flags & JournalFlags.Marks) == 0;
            if (!isWanted)
                continue;
            record = new JournalRecord(header);
            return true;
        }

        record = default;
        return false;
    }

    /// <summary>Lets go of the segment; records read from it are no longer valid.</summary>
    public void Dispose() => _segment.Dispose();

    private static string SegmentOf(IJournalDevice device, string directory, long fromSequence)
    {
        string[] paths = SegmentName.List(device, directory);
        if (paths.Length == 0)
            throw new JournalException(JournalFault.Missing, $"There is no segment in {directory}: check the path, or create a journal there.", directory);
        if (fromSequence <= 0)
            return paths[0];
        string? path = Array.FindLast(paths, path => SegmentName.FirstSequenceOf(path) <= fromSequence);
        return path ?? throw new JournalException(
            JournalFault.MissingSegment,
            $"{directory} begins with sequence {SegmentName.FirstSequenceOf(paths[0])}, but {fromSequence} is wanted: bring the older segments back.",
            directory,
            sequence: fromSequence);
    }

    private void Pass(RecordHeader* header, int length)
    {
        _offset += RecordHeader.Align(length);
        _previousCrc = header->Crc;
        LastSequence = header->Sequence;
        LastTimestampNanos = header->TimestampNanos;
        if (DurableMark.TryRead(header, out _, out long durable))
            MarkedDurableSequence = durable;
        if ((header->Flags & JournalFlags.EndOfSegment) != 0)
            _nextPath = SegmentName.PathOf(_directory, LastSequence + 1);
    }

    private bool IsGood(RecordHeader* header, int length)
    {
        bool endsSegment = (header->Flags & JournalFlags.EndOfSegment) != 0;
        long room = _segment.LengthBytes - _offset - (endsSegment ? 0 : RecordHeader.LengthBytes);
        if (!RecordHeader.IsIntact(header, length, room))
            return false;
        if (header->PreviousCrc != _previousCrc)
            throw Fault(JournalFault.BrokenChain, "a whole record that does not follow from the one before");
        bool advances = (header->Flags & (JournalFlags.Control | JournalFlags.Marks)) == 0;
        long due = LastSequence + (advances ? 1 : 0);
        if (header->Sequence != due)
            throw Fault(JournalFault.SequenceGap, $"sequence {header->Sequence} where {due} is due");
        return true;
    }

    private bool TryMoveOn()
    {
        string path = _nextPath!;
        if (!_device.Exists(path))
        {
            if (_options.IsFollowing)
                return false;
            Aftermath aftermath = Look();
            // A live writer may have made it meanwhile.
            if (_device.Exists(path))
                return TryMoveOn();
            if (aftermath.IsDamage)
                throw Fault(JournalFault.MissingSegment, $"the next segment, {path}, is missing and later ones exist");
            EndAt(aftermath);
            return false;
        }

        if (SegmentScan.TornBytes(_segment, _offset) > 0)
            throw Fault(JournalFault.DamagedRecord, "bytes after the mark that ends the segment");
        Segment? next = OpenNext(path);
        if (next is null)
            return false;
        _segment.Dispose();
        _segment = next;
        _nextPath = null;
        _offset = SegmentHeader.LengthBytes;
        _previousCrc = next.Header.Crc;
        return true;
    }

    private Segment? OpenNext(string path)
    {
        Segment next = Segment.OpenUnverified(_device, path, isWritable: false);
        try
        {
            SegmentVerification.VerifyHeader(path, next.Header, next.LengthBytes);
            SegmentVerification.VerifyFollows(next, _segment.Header, _previousCrc);
            return next;
        }
        catch (JournalException failure) when (IsUnsyncedHeader(failure))
        {
            next.Dispose();
            EndAt(Look());
            return null;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    // A segment has its name before its header is durable: a power cut may leave the one without the other.
    private bool IsUnsyncedHeader(JournalException failure) =>
        failure.Kind is JournalFault.DamagedHeader or JournalFault.WrongMagic
        && _segment.Header.HasDurableMarks != 0
        && !_options.IsFollowing
        && !Look().IsDamage;

    private Aftermath Look() => Aftermath.Of(_device, _directory, _segment, _offset, LastSequence);

    // A record that is not whole: the end, if it can be one that was never durable; else damage.
    private void Judge(RecordHeader* header, int length)
    {
        Aftermath aftermath = Look();
        // A live writer may have committed it meanwhile: then what lies behind proves nothing, and the record is read again.
        if (Volatile.Read(ref header->Length) != length)
            return;
        if (_options.IsFollowing)
            throw Fault(JournalFault.DamagedRecord, "a damaged record");
        if (aftermath.IsDamage)
        {
            throw Fault(JournalFault.DamagedRecord, aftermath.HasRecordBehind
                ? "a damaged record, with whole ones behind it"
                : "a damaged record or no end mark, with a later segment behind it");
        }

        EndAt(aftermath);
    }

    private void EndAt(Aftermath aftermath)
    {
        _isEnded = true;
        if (aftermath.TornBytes > 0 || aftermath.LaterSegments.Count > 0)
            Torn = new JournalTail(File, _offset, aftermath.TornBytes, LastSequence) { UnsyncedSegments = aftermath.LaterSegments };
    }

    private JournalException Fault(JournalFault kind, string what) => new(
        kind,
        $"{File} has {what}, at offset {_offset}, after sequence {LastSequence}: restore the file from a replica or a backup, "
        + $"or truncate the journal at sequence {LastSequence}, which keeps the original beside it.",
        File,
        _offset,
        LastSequence);
}
