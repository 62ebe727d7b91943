namespace OrderPlatform.Journal.Devices;

/// <summary>Keeps a second writer out. The operating system lets go of it when the process ends, however it ends.</summary>
internal static class LockFile
{
    private const string FileName = "journal.lock";

    // Whoever only asks whether it is held holds it for microseconds.
    private static readonly TimeSpan AskingLimit = TimeSpan.FromMilliseconds(20);

    public static FileStream Acquire(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            return OpenPatiently(path);
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

    /// <summary>Whether a writer holds it. Needs no right to write, and says no where it cannot tell.</summary>
    public static bool IsHeld(string directory)
    {
        try
        {
            // A shared lock: those who ask do not keep each other out.
            using var asked = new FileStream(Path.Combine(directory, FileName), FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return IsTaken(failure);
        }
    }

    private static FileStream OpenPatiently(string path)
    {
        try
        {
            return Open(path);
        }
        catch (IOException failure) when (IsTaken(failure))
        {
            Thread.Sleep(AskingLimit);
            return Open(path);
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.
    private static bool IsTaken(Exception failure) => (failure.HResult & 0xFFFF) is 11 or 35 or 32;
}
