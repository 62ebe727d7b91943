namespace OrderPlatform.Host.Tests;

/// <summary>A folder for one test, removed with all that it left.</summary>
internal sealed class WorkFolder : IDisposable
{
    private bool _isKept;

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

    /// <summary>Leaves it, for a person to look at what a test could not explain.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(FullPath, recursive: true);
        }
    }
}
