using Microsoft.Win32.SafeHandles;

namespace OrderPlatform.Journal.Devices;

/// <summary>The machine's own file system.</summary>
internal sealed class MappedDevice : IJournalDevice
{
    public static readonly MappedDevice Instance = new();

    public void CreateDirectory(string directory) => Try(directory, $"create {directory}", () => Directory.CreateDirectory(directory));

    public IDisposable Lock(string directory) => LockFile.Acquire(directory);

    public bool IsLocked(string directory) => LockFile.IsHeld(directory);

    public string[] List(string directory, string suffix)
    {
        if (!Directory.Exists(directory))
        {
            throw new JournalException(
                JournalFault.Missing, $"There is no journal directory {directory}: check the path, or create a journal there.", directory);
        }

        string[] paths = [];
        Try(directory, $"list {directory}", () => paths = Directory.GetFiles(directory, "*" + suffix));
        return paths;
    }

    public bool Exists(string path) => File.Exists(path);

    public IJournalFile Create(string path, long lengthBytes) => Map(path, FileMode.CreateNew, isWritable: true, file =>
    {
        NativeFile.Allocate(path, file, lengthBytes);
        // The length must be on the disk before the file gets its final name.
        NativeFile.Sync(path, file);
    });

    public IJournalFile Open(string path, bool isWritable) => Map(path, FileMode.Open, isWritable, static _ => { });

    public void Rename(string path, string newPath) => Try(newPath, $"name a file {newPath}", () => File.Move(path, newPath, overwrite: false));

    public void Delete(string path) => Try(path, $"remove {path}", () => File.Delete(path));

    public void SyncDirectory(string directory) => NativeFile.SyncDirectory(directory);

    private static MappedFile Map(string path, FileMode mode, bool isWritable, Action<SafeFileHandle> prepare)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, mode, isWritable ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            prepare(file);
            return new MappedFile(path, file, isWritable);
        }
        catch (Exception failure)
        {
            file?.Dispose();
            if (mode == FileMode.CreateNew && file is not null)
                File.Delete(path);
            if (failure is IOException or UnauthorizedAccessException)
                throw Unavailable(path, $"open or map {path}", failure);
            throw;
        }
    }

    private static void Try(string path, string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(path, what, failure);
        }
    }

    private static JournalException Unavailable(string path, string what, Exception failure) => new(
        JournalFault.Unavailable, $"Cannot {what}: {failure.Message.TrimEnd('.')}: check the path, the disk and the rights.", path, cause: failure);
}
