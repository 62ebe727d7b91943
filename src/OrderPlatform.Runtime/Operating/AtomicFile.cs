namespace OrderPlatform.Runtime.Operating;

/// <summary>Files that are there whole or not at all: written under another name, made durable, renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Writes one; what had the name before is replaced.</summary>
    /// <param name="temporaryFolder">Where it is written first: on the same file system.</param>
    /// <param name="path">Its name.</param>
    /// <param name="bytes">Its content.</param>
    public static void Write(string temporaryFolder, string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = Path.Combine(temporaryFolder, OperatorFolder.TemporaryPrefix + RequestId.New());
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            Move(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Gives a file another name in one step (rename(2)); of several who try only one succeeds. Without "overwrite" .NET links and unlinks, which is two.
    /// </summary>
    /// <returns><c>false</c> if it is not there.</returns>
    public static bool TryMove(string from, string to)
    {
        try
        {
            Move(from, to);
            return true;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static void Move(string from, string to) => File.Move(from, to, overwrite: true);
}
