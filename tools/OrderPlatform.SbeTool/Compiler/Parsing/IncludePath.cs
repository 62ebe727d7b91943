namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>Paths as text: where an included file lies, seen from the file that includes it.</summary>
internal static class IncludePath
{
    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>Why a reference cannot be followed, or null if it is a relative path.</summary>
    internal static string? Fault(string href) =>
        href.IndexOf(':') >= 0 || href[0] == '/' ? "is absolute; only paths relative to the including file are followed"
        : href.IndexOf('\\') >= 0 ? "has a backslash; parts of the path are divided by /"
        : href.IndexOf('#') >= 0 ? "has a fragment; only whole files are included"
        : null;

    /// <summary>The path of a reference.</summary>
    /// <param name="file">The including file.</param>
    /// <param name="href">Relative to it.</param>
    internal static string Combine(string file, string href) => Normalize(file.Substring(0, file.LastIndexOfAny(Separators) + 1) + href);

    /// <summary>The path without steps that lead nowhere, with / between its parts: two paths of one file become equal.</summary>
    internal static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split(Separators))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 && part != ".")
            {
                parts.Add(part);
            }
        }

        bool isRooted = path.Length > 0 && Separators.Contains(path[0]);
        return (isRooted ? "/" : "") + string.Join("/", parts);
    }
}
