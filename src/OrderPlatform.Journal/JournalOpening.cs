namespace OrderPlatform.Journal;

/// <summary>Begins and continues journals: everything a writer does before its first append.</summary>
internal static unsafe class JournalOpening
{
    public static JournalWriter Create(string directory, JournalOptions options)
    {
        options.Validate();
        options.Device.CreateDirectory(directory);
        return WithLock(directory, options, writerLock =>
        {
            string[] existing = SegmentName.List(options.Device, directory);
            if (existing.Length > 0)
            {
                throw new JournalException(
                    JournalFault.NotEmpty, $"{directory} has a journal already ({existing.Length} segments): open it, or choose another directory.", directory);
            }

            Segment first = Segment.Prepare(Path.Combine(directory, "first" + SegmentName.PreparingSuffix), options);
            return Guard(first, () =>
            {
                Begin(first, directory, options, options.FirstSequence, 0, 0);
                // Nothing before a journal's first segment could tell an unfinished header from a damaged one.
                first.SyncTo(SegmentHeader.LengthBytes);
                first.TakeName();
                options.Device.SyncDirectory(directory);
                var found = new JournalRecovery(options.FirstSequence - 1, 0, 0, first.FilePath, SegmentHeader.LengthBytes);
                return new JournalWriter(directory, options, writerLock, first, new WriterStart(found, SegmentHeader.LengthBytes, first.Header.Crc));
            });
        });
    }

    public static JournalWriter Open(string directory, JournalOptions options)
    {
        options.Validate();
        return WithLock(directory, options, writerLock =>
        {
            WriterStart start = Verify(directory, options, out JournalTail? tail, out bool isSealed);
            Segment last = Segment.Open(options.Device, start.Recovery.File, isWritable: true);
            return Guard(last, () => Continue(directory, options, writerLock, last, start, tail, isSealed));
        });
    }

    /// <summary>Writes a prepared segment's header. It belongs to the journal from when it takes its name.</summary>
    public static void Begin(Segment segment, string directory, JournalOptions options, long firstSequence, long index, uint carriedCrc)
    {
        segment.Header = new SegmentHeader
        {
            Magic = SegmentHeader.CurrentMagic,
            FormatVersion = SegmentHeader.CurrentFormatVersion,
            HeaderLength = SegmentHeader.LengthBytes,
            SchemaId = options.SchemaId,
            SchemaVersion = options.SchemaVersion,
            ShardId = options.ShardId,
            CarriedCrc = carriedCrc,
            SegmentLength = segment.LengthBytes,
            FirstSequence = firstSequence,
            SegmentIndex = index,
            CreatedNanos = (options.Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick,
            HasDurableMarks = options.Durability.IsSynced ? 1u : 0u,
        };
        segment.Header.Crc = segment.Header.ComputeCrc();
        segment.Name(SegmentName.PathOf(directory, firstSequence));
    }

    private static WriterStart Verify(string directory, JournalOptions options, out JournalTail? tail, out bool isSealed)
    {
        var what = new JournalReaderOptions
        {
            FromSequence = options.VerifyFromSequence,
            ShardId = options.ShardId,
            SchemaId = options.SchemaId,
            Device = options.Device,
        };
        using JournalReader reader = JournalReader.Open(directory, what);
        while (reader.TryRead(out _))
        {
        }

        isSealed = reader.IsSealed;
        tail = reader.Torn;
        var found = new JournalRecovery(reader.LastSequence, reader.LastTimestampNanos, tail?.TornBytes ?? 0, reader.File, reader.Offset);
        return new WriterStart(found, reader.Offset, reader.PreviousCrc);
    }

    private static JournalWriter Continue(
        string directory, JournalOptions options, IDisposable writerLock, Segment last, WriterStart start, JournalTail? tail, bool isSealed)
    {
        if (last.Header.SchemaVersion > options.SchemaVersion)
        {
            throw new JournalException(
                JournalFault.WrongSchema,
                $"{last.FilePath} was written with schema version {last.Header.SchemaVersion}, newer than {options.SchemaVersion}: use the newer build.",
                last.FilePath,
                14);
        }

        IReadOnlyList<string> kept = JournalCut.Apply(options.Device, directory, last, start.Offset, tail?.UnsyncedSegments ?? []);
        start = start with { Recovery = start.Recovery with { KeptFiles = kept } };
        bool isOther = last.Header.SchemaVersion < options.SchemaVersion || last.Header.HasDurableMarks != (options.Durability.IsSynced ? 1u : 0u);
        bool isEmpty = start.Offset == SegmentHeader.LengthBytes;
        if (isOther && isEmpty)
            Rewrite(last, options);

        last.PrepareForWriting(options.Durability, start.Offset);
        uint previousCrc = isEmpty ? last.Header.Crc : start.PreviousCrc;
        var writer = new JournalWriter(directory, options, writerLock, last, start with { PreviousCrc = previousCrc });
        try
        {
            if (isSealed)
                writer.BeginNext();
            else if (isOther && !isEmpty && start.Recovery.LastSequence >= last.Header.FirstSequence)
                writer.Rotate();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void Rewrite(Segment empty, JournalOptions options)
    {
        empty.Header.FormatVersion = SegmentHeader.CurrentFormatVersion;
        empty.Header.SchemaVersion = options.SchemaVersion;
        empty.Header.HasDurableMarks = options.Durability.IsSynced ? 1u : 0u;
        empty.Header.Crc = empty.Header.ComputeCrc();
        empty.SyncWhole();
    }

    private static JournalWriter WithLock(string directory, JournalOptions options, Func<IDisposable, JournalWriter> open)
    {
        IDisposable writerLock = options.Device.Lock(directory);
        try
        {
            SegmentSupply.RemoveUnused(directory, options);
            return open(writerLock);
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    private static JournalWriter Guard(Segment segment, Func<JournalWriter> open)
    {
        try
        {
            return open();
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }
}
