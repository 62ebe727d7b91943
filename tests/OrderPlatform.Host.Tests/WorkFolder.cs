namespace OrderPlatform.Host.Tests;

/// <summary>A folder for one test, removed with all that it left.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("host-test-").FullName;

    public string PathOf(string name) => Path.Combine(FullPath, name);

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
