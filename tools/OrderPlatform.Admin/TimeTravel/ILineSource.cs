namespace OrderPlatform.Admin.TimeTravel;

/// <summary>Where the lines of a prompt come from.</summary>
internal interface ILineSource
{
    /// <summary>The next line.</summary>
    /// <returns>False at the end.</returns>
    bool TryRead(string prompt, out string line);
}

/// <summary>Lines of a pipe or a file.</summary>
internal sealed class PipedLines(TextReader input) : ILineSource
{
    public bool TryRead(string prompt, out string line)
    {
        string? read = input.ReadLine();
        line = read ?? "";
        return read is not null;
    }
}
