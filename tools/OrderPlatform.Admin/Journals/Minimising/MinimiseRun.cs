namespace OrderPlatform.Admin.Journals.Minimising;

/// <summary>What is to be minimised, and where the result goes.</summary>
/// <param name="Journal">The journal's folder.</param>
/// <param name="Text">The predicate.</param>
/// <param name="Folder">Where the result goes.</param>
internal sealed record MinimiseRun(string Journal, string Text, string Folder)
{
    /// <summary>Makes sure before the search that its result has a place.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public void Require()
    {
        if (File.Exists(Folder) || (Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any()))
        {
            throw new ArgumentException($"--out: {Folder} is there and not empty: give a new folder");
        }
    }
}
