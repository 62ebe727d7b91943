namespace OrderPlatform.Tests;

/// <summary>Other people's data, which lies beside the repository on some machines and in it on none. Compiled into every test project.</summary>
internal static class ReferenceFolder
{
    /// <summary>Path of a reference file or folder; where there is none, ignores the running test, or fails it in CI, which is to have them.</summary>
    public static string PathOf(params string[] parts)
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, "..", "shared", "reference", .. parts]);
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")) && Path.Exists(path))
                return Path.GetFullPath(path);
        }

        const string Absent = "no reference data beside the repository (../shared/reference)";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Absent);
        Assert.Ignore(Absent);
        throw new InvalidOperationException("not reached: Assert.Ignore ends the test");
    }
}
