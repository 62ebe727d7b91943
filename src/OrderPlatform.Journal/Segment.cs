using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>
/// A segment's file, mapped. Its header is verified before any other byte is believed. Under a policy that syncs, the writer's bytes wait in memory, and
/// each sync writes what is new to the file.
/// </summary>
internal sealed unsafe class Segment : IDisposable
{
    // Small enough that somebody else's sync, which waits behind it, is late by less than a millisecond.
    private const int WriteOnceBytes = 256 << 10;

    private readonly IJournalDevice _device;
    private readonly IJournalFile _file;
    private StagingMemory? _staging;
    private string? _passingPath;
    private long _syncedBytes;

    private Segment(IJournalDevice device, string path, IJournalFile file)
    {
        FilePath = path;
        _device = device;
        _file = file;
        Address = file.Address;
        LengthBytes = file.LengthBytes;
    }

    public string FilePath { get; private set; }

    public long LengthBytes { get; }

    /// <summary>Where its bytes are read and written: the mapped file, or the memory where they wait for a sync.</summary>
    public byte* Address { get; private set; }

    public bool IsStaged => _staging is not null;

    public ref SegmentHeader Header => ref *(SegmentHeader*)Address;

    /// <summary>A new file under a passing name, with all its blocks and pages.</summary>
    public static Segment Prepare(string path, JournalOptions options)
    {
        var segment = new Segment(options.Device, path, options.Device.Create(path, options.SegmentLengthBytes));
        try
        {
            segment.PrepareForWriting(options.Durability, 0);
            if (segment.IsStaged)
                segment.WriteOnce();
            return segment;
        }
        catch
        {
            segment.Dispose();
            options.Device.Delete(path);
            throw;
        }
    }

    public static Segment Open(IJournalDevice device, string path, bool isWritable)
    {
        Segment segment = OpenUnverified(device, path, isWritable);
        try
        {
            SegmentVerification.VerifyHeader(path, segment.Header, segment.LengthBytes);
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>Verifies the length alone: for a segment that may be younger than the last sync.</summary>
    public static Segment OpenUnverified(IJournalDevice device, string path, bool isWritable)
    {
        IJournalFile file = device.Open(path, isWritable);
        try
        {
            SegmentVerification.VerifyLength(path, file.LengthBytes);
            return new Segment(device, path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>From here on the writer's stores meet no fault; under a policy that syncs they reach the file with <see cref="SyncTo"/> alone.</summary>
    /// <param name="durability">The policy.</param>
    /// <param name="usedBytes">What lies from there on is zero.</param>
    /// <exception cref="JournalException">There is not so much memory.</exception>
    public void PrepareForWriting(JournalDurability durability, long usedBytes)
    {
        if (!durability.IsSynced)
        {
            _file.Touch();
            return;
        }

        var staging = new StagingMemory(LengthBytes);
        Buffer.MemoryCopy(Address, staging.Address, LengthBytes, usedBytes);
        _staging = staging;
        Address = staging.Address;
    }

    /// <summary>Says what its name will be, once <see cref="TakeName"/> gives it to the file.</summary>
    public void Name(string path)
    {
        _passingPath = FilePath;
        FilePath = path;
    }

    /// <summary>Gives the file its name, if it does not have it yet: from then on readers find it.</summary>
    /// <returns>True if the directory has to be synced.</returns>
    public bool TakeName()
    {
        if (_passingPath is null)
            return false;
        _device.Rename(_passingPath, FilePath);
        _passingPath = null;
        return true;
    }

    /// <summary>Makes everything before an offset durable that no call before has. Under the journal's gate.</summary>
    public void SyncTo(long offset)
    {
        if (offset <= _syncedBytes)
            return;
        if (_staging is not null)
            WriteOut(offset);
        _file.Sync(_syncedBytes, offset - _syncedBytes);
        _syncedBytes = offset;
    }

    /// <summary>Makes all of the mapped file durable, whatever was synced before.</summary>
    public void SyncWhole() => _file.Sync(0, LengthBytes);

    /// <summary>What lies from an offset on is known to be durable, or zero.</summary>
    public void BeginSyncingAt(long offset) => _syncedBytes = offset;

    public void Dispose()
    {
        Address = null;
        _file.Dispose();
        _staging?.Dispose();
    }

    // A write is not one store for those who have the file mapped, so the length of the first record, which says that it and all behind it are there, is
    // written last. The kernel's locks of the page order the two.
    private void WriteOut(long offset)
    {
        const int FirstWordBytes = sizeof(long);
        byte* first = Address + _syncedBytes;
        _file.Write(_syncedBytes + FirstWordBytes, new ReadOnlySpan<byte>(first + FirstWordBytes, (int)(offset - _syncedBytes) - FirstWordBytes));
        _file.Write(_syncedBytes, new ReadOnlySpan<byte>(first, FirstWordBytes));
    }

    // All blocks, with the zeros that wait in memory, so that the first sync of each does not have to change the file's metadata, which doubles its time.
    private void WriteOnce()
    {
        for (long offset = 0; offset < LengthBytes; offset += WriteOnceBytes)
        {
            int length = (int)Math.Min(WriteOnceBytes, LengthBytes - offset);
            _file.Write(offset, new ReadOnlySpan<byte>(Address + offset, length));
            _file.Sync(offset, length);
        }
    }
}
