namespace OrderPlatform.Journal;

/// <summary>Begins and continues journals: everything a writer does before its first append.</summary>
internal static unsafe class JournalOpening
{
    public static JournalWriter Create(string directory, JournalOptions options)
    {
        options.Validate();
        CreateDirectory(directory);
        return WithLock(directory, writerLock =>
        {
            string[] existing = SegmentName.List(directory);
            if (existing.Length > 0)
            {
                throw new JournalException(
                    JournalFault.NotEmpty, $"{directory} has a journal already ({existing.Length} segments): open it, or choose another directory.", directory);
            }

            Segment first = Segment.Prepare(Path.Combine(directory, "first" + SegmentName.PreparingSuffix), options);
            return Guard(first, () =>
            {
                Begin(first, directory, options, options.FirstSequence, 0, 0);
                NativeFile.SyncDirectory(directory);
                var found = new JournalRecovery(options.FirstSequence - 1, 0, 0, first.FilePath, SegmentHeader.LengthBytes);
                return new JournalWriter(directory, options, writerLock, first, new WriterStart(found, SegmentHeader.LengthBytes, first.Header.Crc));
            });
        });
    }

    public static JournalWriter Open(string directory, JournalOptions options)
    {
        options.Validate();
        return WithLock(directory, writerLock =>
        {
            WriterStart start = Verify(directory, options, out bool isSealed);
            Segment last = Segment.Open(start.Recovery.File, isWritable: true);
            return Guard(last, () => Continue(directory, options, writerLock, last, start, isSealed));
        });
    }

    /// <summary>Writes a prepared segment's header and gives it its name: from then on it belongs to the journal.</summary>
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
        };
        segment.Header.Crc = segment.Header.ComputeCrc();
        string path = SegmentName.PathOf(directory, firstSequence);
        try
        {
            segment.Rename(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Unavailable, $"Cannot name a new segment {path}: {failure.Message}", path, cause: failure);
        }
    }

    private static WriterStart Verify(string directory, JournalOptions options, out bool isSealed)
    {
        var what = new JournalReaderOptions { FromSequence = options.VerifyFromSequence, ShardId = options.ShardId, SchemaId = options.SchemaId };
        using JournalReader reader = JournalReader.Open(directory, what);
        while (reader.TryRead(out _))
        {
        }

        isSealed = reader.IsSealed;
        var found = new JournalRecovery(reader.LastSequence, reader.LastTimestampNanos, reader.Torn?.TornBytes ?? 0, reader.File, reader.Offset);
        return new WriterStart(found, reader.Offset, reader.PreviousCrc);
    }

    private static JournalWriter Continue(
        string directory, JournalOptions options, FileStream writerLock, Segment last, in WriterStart start, bool isSealed)
    {
        if (last.Header.SchemaVersion > options.SchemaVersion)
        {
            throw new JournalException(
                JournalFault.WrongSchema,
                $"{last.FilePath} was written with schema version {last.Header.SchemaVersion}, newer than {options.SchemaVersion}: use the newer build.",
                last.FilePath,
                14);
        }

        // Zeros, so that nothing of the torn record can ever be taken for one behind a new record.
        new Span<byte>(last.Address + start.Offset, (int)start.Recovery.TornBytes).Clear();
        bool isOlder = last.Header.SchemaVersion < options.SchemaVersion;
        bool isEmpty = start.Offset == SegmentHeader.LengthBytes;
        if (isOlder && isEmpty)
        {
            last.Header.SchemaVersion = options.SchemaVersion;
            last.Header.Crc = last.Header.ComputeCrc();
        }

        last.Sync();
        NativeFile.SyncDirectory(directory);
        NativeFile.Populate(last.Address, last.LengthBytes);
        uint previousCrc = isEmpty ? last.Header.Crc : start.PreviousCrc;
        var writer = new JournalWriter(directory, options, writerLock, last, start with { PreviousCrc = previousCrc });
        try
        {
            if (isSealed)
                writer.BeginNext();
            else if (isOlder && !isEmpty)
                writer.Rotate();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void CreateDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Unavailable, $"Cannot create {directory}: {failure.Message}", directory, cause: failure);
        }
    }

    private static JournalWriter WithLock(string directory, Func<FileStream, JournalWriter> open)
    {
        FileStream writerLock = JournalLock.Acquire(directory);
        try
        {
            SegmentSupply.RemoveUnused(directory);
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
