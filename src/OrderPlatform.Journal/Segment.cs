using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace OrderPlatform.Journal;

/// <summary>A segment's file, mapped. Its header is verified before any other byte is believed.</summary>
internal sealed unsafe class Segment : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly bool _isWritable;

    private Segment(string path, SafeFileHandle file, long lengthBytes, bool isWritable)
    {
        FilePath = path;
        _file = file;
        _isWritable = isWritable;
        LengthBytes = lengthBytes;
        MemoryMappedFileAccess access = isWritable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        _mapping = MemoryMappedFile.CreateFromFile(file, null, lengthBytes, access, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _mapping.CreateViewAccessor(0, lengthBytes, access);
        }
        catch
        {
            _mapping.Dispose();
            throw;
        }

        byte* address = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        Address = address + _view.PointerOffset;
    }

    public string FilePath { get; private set; }

    public long LengthBytes { get; }

    public byte* Address { get; private set; }

    public ref SegmentHeader Header => ref *(SegmentHeader*)Address;

    /// <summary>A new file under a passing name, with all its blocks and pages.</summary>
    public static Segment Prepare(string path, JournalOptions options)
    {
        Segment segment = Map(path, FileMode.CreateNew, isWritable: true, file =>
        {
            options.Allocate(path, file, options.SegmentLengthBytes);
            // The length must be on the disk before the file gets its final name.
            NativeFile.Sync(path, file);
        });
        NativeFile.Populate(segment.Address, segment.LengthBytes);
        return segment;
    }

    public static Segment Open(string path, bool isWritable)
    {
        Segment segment = Map(path, FileMode.Open, isWritable, static _ => { });
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

    public void Rename(string path)
    {
        File.Move(FilePath, path, overwrite: false);
        FilePath = path;
    }

    public void Sync()
    {
        if (!OperatingSystem.IsLinux())
            _view.Flush();
        NativeFile.Sync(FilePath, _file);
    }

    public void Dispose()
    {
        if (Address == null)
            return;
        Address = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        // The handle before the accessor: disposing the accessor first would sync the whole view, on whatever thread this is.
        if (_isWritable)
            _view.SafeMemoryMappedViewHandle.Dispose();
        _view.Dispose();
        _mapping.Dispose();
        _file.Dispose();
    }

    private static Segment Map(string path, FileMode mode, bool isWritable, Action<SafeFileHandle> prepare)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, mode, isWritable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            prepare(file);
            long lengthBytes = RandomAccess.GetLength(file);
            SegmentVerification.VerifyLength(path, lengthBytes);
            return new Segment(path, file, lengthBytes, isWritable);
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (mode == FileMode.CreateNew)
                File.Delete(path);
            if (failure is IOException or UnauthorizedAccessException)
                throw new JournalException(JournalFault.Unavailable, $"Cannot open or map {path}: {failure.Message}", path, cause: failure);
            throw;
        }
    }
}
