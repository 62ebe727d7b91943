namespace OrderPlatform.Runtime.Tests;

/// <summary>Finds what lies beside the repository.</summary>
internal static class ReferenceData
{
    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Folder of the real market data, or null where it is absent.</summary>
    public static string? Market
    {
        get
        {
            string path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "reference", "market"));
            return Directory.Exists(path) ? path : null;
        }
    }

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
