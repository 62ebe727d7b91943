using System.IO.Compression;

namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>The bytes of a file, unpacked if its first bytes say gzip or zip. The name's extension is not asked.</summary>
internal static class CompressedInput
{
    /// <exception cref="MarketDataException">The file is missing or unreadable, or the zip is damaged or holds another number of files than one.</exception>
    public static Stream Open(SourcePlace place)
    {
        FileStream file = OpenFile(place);
        try
        {
            Span<byte> magic = stackalloc byte[4];
            int length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return magic[..length] switch
            {
                [0x1F, 0x8B, ..] => new GzipInput(file),
                [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6] => OpenZip(file, place),
                _ => file,
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream OpenFile(SourcePlace place)
    {
        try
        {
            // The line reader has its own buffer.
            return new FileStream(place.File, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw place.Error("there is no such file", $"check the path (looked in {Path.GetFullPath(place.File)})", missing);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw place.Error($"the file cannot be opened ({failure.Message})", "give the path of a readable file", failure);
        }
    }

    private static ZipInput OpenZip(FileStream file, SourcePlace place)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            ZipArchiveEntry[] entries = [.. archive.Entries.Where(entry => !entry.FullName.EndsWith('/'))];
            return entries.Length == 1
                ? new ZipInput(archive, entries[0])
                : throw place.Error($"the zip holds {entries.Length} files", "unpack it and give the one to read");
        }
        catch (InvalidDataException damage)
        {
            throw place.Error($"the zip is damaged or cut off ({damage.Message})", "download or copy the file again", damage);
        }
    }
}
