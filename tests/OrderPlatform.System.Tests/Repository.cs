namespace OrderPlatform.System.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All files below some folders with an ending, without build output; paths relative to the root.</summary>
    public static IEnumerable<string> Files(string ending, params string[] folders) => folders
        .Select(static folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ending, SearchOption.AllDirectories))
        .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj" or "TestResults" or "BenchmarkDotNet.Artifacts"))
        .Order(StringComparer.Ordinal);

    /// <summary>A file's text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrderPlatform.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("OrderPlatform.sln was not found above the tests");
    }
}
