namespace OrderPlatform.Journal.Devices;

/// <summary>Keeps a second writer out. The operating system lets go of it when the process ends, however it ends.</summary>
internal static class LockFile
{
    private const string FileName = "journal.lock";

    public static FileStream Acquire(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new JournalException(
                JournalFault.Missing, $"There is no journal directory {directory}: check the path, or create a journal there.", directory, cause: failure);
        }
        catch (IOException failure) when (IsTaken(failure))
        {
            throw new JournalException(
                JournalFault.Locked, $"{path} is held by another writer: stop that one first, a journal has one writer.", path, cause: failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Unavailable, $"Cannot lock {path}: {failure.Message}", path, cause: failure);
        }
    }

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsTaken(IOException failure) => (failure.HResult & 0xFFFF) is 11 or 35 or 32;
}
