using System.Text;

namespace OrderPlatform.Analytics;

/// <summary>Writes a report under a temporary name and moves it into place, so that a reader never sees half of one.</summary>
internal static class ReportFile
{
    /// <summary>Writes the file as UTF-8 without a byte order mark, replacing an older one. The folder is made if it is missing.</summary>
    /// <exception cref="IOException">The file cannot be written; the message names it and the older file is untouched.</exception>
    internal static void Write(string path, Action<TextWriter> content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string fullPath = Path.GetFullPath(path);
        string partialPath = fullPath + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(fullPath) ?? ".");
            using (StreamWriter writer = new(partialPath, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                content(writer);
            }

            File.Move(partialPath, fullPath, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            DeleteIfMade(partialPath);
            throw new IOException($"cannot write report {fullPath}: {failure.Message}: choose a folder that can be written", failure);
        }
        catch
        {
            DeleteIfMade(partialPath);
            throw;
        }
    }

    private static void DeleteIfMade(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
