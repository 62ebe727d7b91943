using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace OrderPlatform.Aeron.Memory;

/// <summary>A file mapped as a whole, shared with other processes.</summary>
public sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _pointer;

    private MappedFile(string path, SafeFileHandle file, long lengthBytes, MemoryMappedFileAccess access)
    {
        Path = path;
        using (file)
        {
            _mapping = MemoryMappedFile.CreateFromFile(file, null, lengthBytes, access, HandleInheritability.None, leaveOpen: true);
        }

        try
        {
            _view = _mapping.CreateViewAccessor(0, lengthBytes, access);
        }
        catch
        {
            _mapping.Dispose();
            throw;
        }

        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        Buffer = new UnsafeBuffer(_pointer + _view.PointerOffset, lengthBytes);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>The whole file. Not to be used after <see cref="Dispose"/>: the memory is gone then.</summary>
    public UnsafeBuffer Buffer { get; }

    /// <summary>Makes a file of that length, full of zeros, and maps it for reading and writing. Pages take space when they are first written.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be made; the message names it.</exception>
    public static MappedFile CreateNew(string path, long lengthBytes)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            RandomAccess.SetLength(file, lengthBytes);
            return new MappedFile(path, file, lengthBytes, MemoryMappedFileAccess.ReadWrite);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Maps a file that is there.</summary>
    /// <exception cref="IOException">It is not there, is empty, or cannot be opened; the message names it.</exception>
    public static MappedFile OpenExisting(string path, bool isWritable = true)
    {
        FileAccess fileAccess = isWritable ? FileAccess.ReadWrite : FileAccess.Read;
        SafeFileHandle file = File.OpenHandle(path, FileMode.Open, fileAccess, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            long lengthBytes = RandomAccess.GetLength(file);
            if (lengthBytes == 0)
                throw new IOException($"'{path}' is empty.");
            return new MappedFile(path, file, lengthBytes, isWritable ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Faults all pages in, for reading and writing; the file takes its whole length of memory or disk from then on.</summary>
    public void Populate() => PagePopulation.Populate(Buffer.Address, Buffer.CapacityBytes);

    /// <summary>Takes the mapping away; the file stays.</summary>
    public void Dispose()
    {
        if (_pointer == null)
            return;
        _pointer = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        // The handle before the accessor: disposing the accessor first would write the whole view to the disk, on whatever thread this is.
        _view.SafeMemoryMappedViewHandle.Dispose();
        _view.Dispose();
        _mapping.Dispose();
    }
}
