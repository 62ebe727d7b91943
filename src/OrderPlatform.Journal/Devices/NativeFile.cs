using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OrderPlatform.Journal.Devices;

/// <summary>What .NET's file classes do not say exactly: blocks for a file, pages for a mapping, and data to the disk.</summary>
internal static unsafe partial class NativeFile
{
    private const string WhatToDo = "what was durable before stays so, the rest may be lost; check the disk, then start again";
    private const int Interrupted = 4;
    private const int NoSpace = 28;
    private const int NoSpaceOfWindows = 112;
    private const int PopulateWrite = 23;
    private const int SyncNow = 4;
    private const int PageBytes = 4096;

    /// <summary>Gives the file all its blocks, so that a store into its mapping cannot meet a full disk (which would kill the process).</summary>
    /// <exception cref="JournalException">The disk is full or fails.</exception>
    public static void Allocate(string path, SafeFileHandle file, long lengthBytes)
    {
        int error = Interrupted;
        while (OperatingSystem.IsLinux() && error == Interrupted)
            error = PosixAllocate(file, 0, lengthBytes);
        if (OperatingSystem.IsLinux() && error == 0)
            return;
        if (error == NoSpace)
            throw DiskFull(path, lengthBytes, null);
        try
        {
            byte[] zeros = new byte[64 * 1024];
            for (long offset = 0; offset < lengthBytes; offset += zeros.Length)
                RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, lengthBytes - offset)), offset);
        }
        catch (IOException failure)
        {
            throw DiskFull(path, lengthBytes, failure);
        }
    }

    /// <summary>Faults all pages in for writing, ahead of the writer.</summary>
    public static void Populate(byte* address, long lengthBytes)
    {
        if (OperatingSystem.IsLinux() && Advise(address, (nuint)lengthBytes, PopulateWrite) == 0)
            return;
        for (long offset = 0; offset < lengthBytes; offset += PageBytes)
            Volatile.Write(ref address[offset], 0);
    }

    /// <summary>Writes all of the bytes: a write that is cut short or interrupted goes on.</summary>
    /// <exception cref="JournalException">The disk is full or fails.</exception>
    public static void Write(string path, SafeFileHandle file, long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            JournalFault kind = (failure.HResult & 0xFFFF) is NoSpace or NoSpaceOfWindows ? JournalFault.DiskFull : JournalFault.SyncFailed;
            throw new JournalException(kind, $"Could not write to {path} ({failure.Message.TrimEnd('.')}): {WhatToDo}.", path, offset, cause: failure);
        }
    }

    /// <summary>Makes the file's data durable, also what was stored through mappings.</summary>
    /// <exception cref="JournalException">The system could not.</exception>
    public static void Sync(string path, SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            try
            {
                RandomAccess.FlushToDisk(file);
                return;
            }
            catch (IOException failure)
            {
                throw new JournalException(JournalFault.SyncFailed, $"Could not make {path} durable ({failure.Message}): {WhatToDo}.", path, cause: failure);
            }
        }

        while (DataSync(file) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw SyncFailed(path, error);
        }
    }

    /// <summary>
    /// fdatasync for a part of a mapping, on Linux (msync ends in the same call, with a range): pages ahead of the writer stay writable, where
    /// fdatasync would write them all and make the writer meet a fault on each.
    /// </summary>
    /// <exception cref="JournalException">The system could not.</exception>
    public static void SyncRange(string path, byte* address, long offset, long lengthBytes)
    {
        long first = offset & -Environment.SystemPageSize;
        while (MemorySync(address + first, (nuint)(offset + lengthBytes - first), SyncNow) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw SyncFailed(path, error);
        }
    }

    /// <summary>Makes the names in a directory durable.</summary>
    /// <exception cref="JournalException">The system could not.</exception>
    public static void SyncDirectory(string directory)
    {
        if (!OperatingSystem.IsLinux())
            return;
        int descriptor = Open(directory, 0);
        if (descriptor < 0)
            throw SyncFailed(directory, Marshal.GetLastPInvokeError());
        try
        {
            if (FullSync(descriptor) != 0)
                throw SyncFailed(directory, Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static JournalException DiskFull(string path, long lengthBytes, Exception? cause) => new(
        JournalFault.DiskFull, $"No room for a segment of {lengthBytes} bytes at {path}: free space on the disk; nothing was lost.", path, cause: cause);

    private static JournalException SyncFailed(string path, int error) => new(
        JournalFault.SyncFailed,
        $"Could not make {path} durable ({Marshal.GetPInvokeErrorMessage(error)}): {WhatToDo}.",
        path);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int PosixAllocate(SafeFileHandle file, long offset, long lengthBytes);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint lengthBytes, int advice);

    [LibraryImport("libc", EntryPoint = "msync", SetLastError = true)]
    private static partial int MemorySync(byte* address, nuint lengthBytes, int flags);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FullSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
