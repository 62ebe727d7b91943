namespace OrderPlatform.Simulation.Tests;

/// <summary>Real data that lies beside the repository on some machines and in it on none.</summary>
internal static class ReferenceFolder
{
    /// <summary>Path of a reference file or folder; ignores the running test where there is none.</summary>
    public static string PathOf(params string[] parts)
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, "..", "shared", "reference", .. parts]);
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")) && Path.Exists(path))
            {
                return Path.GetFullPath(path);
            }
        }

        Assert.Ignore("no reference data beside the repository (../shared/reference)");
        throw new InvalidOperationException("not reached: Assert.Ignore ends the test");
    }
}
