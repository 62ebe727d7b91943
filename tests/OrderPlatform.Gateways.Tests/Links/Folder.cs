namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>A folder of its own, removed at the end.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gateway-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
