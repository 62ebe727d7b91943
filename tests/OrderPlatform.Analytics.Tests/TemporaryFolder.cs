namespace OrderPlatform.Analytics.Tests;

/// <summary>A folder of its own for one test, removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("orderplatform-analytics-").FullName;

    public string File(string name) => Path.Combine(_path, name);

    public string[] Names() => [.. Directory.GetFileSystemEntries(_path).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
