using System.IO.Compression;
using System.Text;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>A file of the test's own making in a folder of its own, gone with the test.</summary>
internal sealed class SampleFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-data-").FullName;

    public SampleFile(string name, byte[] bytes)
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllBytes(Path, bytes);
    }

    public SampleFile(string text)
        : this("sample.csv", Encoding.UTF8.GetBytes(text))
    {
    }

    public string Path { get; }

    public static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }

    public static List<MarketEvent> ReadText(string text, MarketDataFileOptions? options = null)
    {
        using var sample = new SampleFile(text);
        return sample.ReadAll(options);
    }

    /// <summary>The error of reading a text to its end.</summary>
    public static string ErrorOf(string text, MarketDataFileOptions? options = null)
    {
        using var sample = new SampleFile(text);
        return sample.Error(options);
    }

    public List<MarketEvent> ReadAll(MarketDataFileOptions? options = null)
    {
        using MarketDataFile file = MarketDataFiles.Open(Path, options);
        var events = new List<MarketEvent>();
        while (file.TryRead(out MarketEvent marketEvent))
        {
            events.Add(marketEvent);
        }

        return events;
    }

    public string Error(MarketDataFileOptions? options = null)
    {
        string message = Assert.Throws<MarketDataException>(() => ReadAll(options))!.Message;
        Assert.That(message, Does.Contain(Path).And.Not.Contain("\n").And.Contain("; "), "one line with the file and a remedy");
        return message;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
