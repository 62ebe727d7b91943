using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace OrderPlatform.Journal.Devices;

/// <summary>A file of the file system, mapped.</summary>
internal sealed unsafe class MappedFile : IJournalFile
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile? _mapping;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly bool _isWritable;

    public MappedFile(string path, SafeFileHandle file, bool isWritable)
    {
        _path = path;
        _file = file;
        _isWritable = isWritable;
        LengthBytes = RandomAccess.GetLength(file);
        // An empty file cannot be mapped; whoever opens it finds it too short.
        if (LengthBytes == 0)
            return;
        MemoryMappedFileAccess access = isWritable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        _mapping = MemoryMappedFile.CreateFromFile(file, null, LengthBytes, access, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _mapping.CreateViewAccessor(0, LengthBytes, access);
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

    public byte* Address { get; private set; }

    public long LengthBytes { get; }

    public void Sync(long offset, long lengthBytes)
    {
        if (lengthBytes <= 0)
            return;
        if (OperatingSystem.IsLinux())
        {
            NativeFile.SyncRange(_path, Address, offset, lengthBytes);
            return;
        }

        _view!.Flush();
        NativeFile.Sync(_path, _file);
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => NativeFile.Write(_path, _file, offset, bytes);

    public void Touch() => NativeFile.Populate(Address, LengthBytes);

    public void Dispose()
    {
        if (Address != null)
        {
            Address = null;
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
            // The handle before the accessor: disposing the accessor first would sync the whole view, on whatever thread this is.
            if (_isWritable)
                _view.SafeMemoryMappedViewHandle.Dispose();
        }

        _view?.Dispose();
        _mapping?.Dispose();
        _file.Dispose();
    }
}
