namespace OrderPlatform.SbeTool.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    /// <summary>A text file with line feeds.</summary>
    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrderPlatform.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("OrderPlatform.sln was not found above the tests");
    }
}
