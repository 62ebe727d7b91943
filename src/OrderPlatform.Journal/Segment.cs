using OrderPlatform.Journal.Devices;

namespace OrderPlatform.Journal;

/// <summary>A segment's file, mapped. Its header is verified before any other byte is believed.</summary>
internal sealed unsafe class Segment : IDisposable
{
    private readonly IJournalDevice _device;
    private readonly IJournalFile _file;
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

    public byte* Address { get; private set; }

    public ref SegmentHeader Header => ref *(SegmentHeader*)Address;

    /// <summary>A new file under a passing name, with all its blocks and pages.</summary>
    public static Segment Prepare(string path, JournalOptions options)
    {
        IJournalFile file = options.Device.Create(path, options.SegmentLengthBytes);
        try
        {
            file.Touch(options.Durability.IsSynced);
            return new Segment(options.Device, path, file);
        }
        catch
        {
            file.Dispose();
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

    public void Rename(string path)
    {
        _device.Rename(FilePath, path);
        FilePath = path;
    }

    /// <summary>Makes everything before an offset durable that no call before has. Under the journal's gate.</summary>
    public void SyncTo(long offset)
    {
        _file.Sync(_syncedBytes, offset - _syncedBytes);
        _syncedBytes = Math.Max(offset, _syncedBytes);
    }

    /// <summary>Makes all of it durable, whatever was synced before, and its pages ready for writing.</summary>
    public void SyncWhole()
    {
        _file.Sync(0, LengthBytes);
        _file.Touch(isWrittenOnce: false);
    }

    /// <summary>What lies from an offset on is known to be durable, or zero.</summary>
    public void BeginSyncingAt(long offset) => _syncedBytes = offset;

    public void Dispose()
    {
        Address = null;
        _file.Dispose();
    }
}
