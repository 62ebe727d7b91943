namespace OrderPlatform.Host.Configuration;

/// <summary>Writes a configuration as YAML that loads to the same, each key with where its value comes from.</summary>
public static class EffectiveText
{
    private const int CommentColumn = 44;

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="hasDefaults">Whether keys are written that the file does not have.</param>
    public static void Write(TextWriter writer, RunConfiguration configuration, bool hasDefaults)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(configuration);
        writer.Write($"# {configuration.File}\n");
        WriteBelow(writer, [.. configuration.Keys.Where(key => hasDefaults || key.Line is not null)], "", 0);
    }

    // Sections in the order in which they were first read, each as a whole.
    private static void WriteBelow(TextWriter writer, IReadOnlyList<EffectiveKey> keys, string prefix, int depth)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (EffectiveKey key in keys)
        {
            string rest = key.Path[prefix.Length..];
            int dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                WriteKey(writer, key, rest, depth);
                continue;
            }

            string section = prefix + rest[..(dot + 1)];
            if (written.Add(section))
            {
                EffectiveKey[] below = [.. keys.Where(other => other.Path.StartsWith(section, StringComparison.Ordinal))];
                bool isLive = below.Any(static one => one.Without is null);
                writer.Write($"{Indent(depth)}{(isLive ? "" : "# ")}{rest[..dot]}:\n");
                WriteBelow(writer, below, section, depth + 1);
            }
        }
    }

    private static void WriteKey(TextWriter writer, EffectiveKey key, string name, int depth)
    {
        string text = $"{Indent(depth)}{(key.Without is null ? "" : "# ")}{name}:{(key.Value is null ? "" : " " + key.Value)}";
        string origin = key.Line is { } line ? $"line {line}" : key.Value is null ? "default: none" : "default";
        writer.Write($"{text.PadRight(CommentColumn)} # {origin}{(key.Without is null ? "" : $", no effect without {key.Without}")}\n");
    }

    private static string Indent(int depth) => new(' ', 2 * depth);
}
