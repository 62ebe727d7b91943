using System.Globalization;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Runtime.Setup;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// A mapping of a YAML (or JSON) file that is read strictly: each key that is read is known, and <see cref="End"/> refuses the rest by file and line. Numbers
/// are decimal text, never floating point.
/// </summary>
internal sealed class YamlSection
{
    private const int MistypedMax = 2;

    private readonly string _file;
    private readonly string _path;
    private readonly Mark _start;
    private readonly KeyLog _log;
    private readonly Dictionary<string, (YamlNode Node, Mark Key)> _entries = [];
    private readonly List<string> _known = [];

    private YamlSection(string file, string path, Mark start, KeyLog log)
    {
        _file = file;
        _path = path;
        _start = start;
        _log = log;
    }

    /// <summary>What was read up to now, as it is in force.</summary>
    public IReadOnlyList<EffectiveKey> Effective => _log.Keys;

    /// <summary>The line where it begins.</summary>
    public long Line => _start.Line;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It is missing, is no YAML, or is no mapping.</exception>
    public static YamlSection Load(string file)
    {
        YamlDocument? document = YamlText.Read(file);
        return document?.RootNode is YamlMappingNode root
            ? Of(root, file, "", new KeyLog())
            : throw new ConfigurationException($"{file}, line 1: a configuration is one mapping of keys to values; see samples/btc-ma-cross.yaml");
    }

    /// <summary>What is below a mapping that was read or made elsewhere.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="file">What it is called in errors.</param>
    public static YamlSection Of(YamlMappingNode mapping, string file) => Of(mapping, file, "", new KeyLog());

    /// <summary>Reads a file that is a list of mappings, or has one below a key.</summary>
    /// <exception cref="ConfigurationException">It is missing, is no YAML or JSON, or has no such list.</exception>
    public static IReadOnlyList<YamlSection> LoadList(string file, string key) => YamlText.Read(file)?.RootNode switch
    {
        YamlSequenceNode list => [.. list.Children.Select((child, index) => ItemOf(child, file, $"[{index}]", new KeyLog()))],
        YamlMappingNode root => Only(Of(root, file, "", new KeyLog()), key),
        _ => throw new ConfigurationException($"{file}, line 1: needed is a list of mappings, alone or below the key {key}"),
    };

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>A nested mapping; an absent one is empty.</summary>
    /// <param name="key">The key.</param>
    /// <param name="shortFor">The key for which a single value stands instead of a mapping, or null.</param>
    public YamlSection Section(string key, string? shortFor = null)
    {
        switch (Find(key))
        {
            case null:
                return new YamlSection(_file, PathOf(key), _start, _log);
            case YamlMappingNode mapping:
                return Of(mapping, _file, PathOf(key), _log);
            case YamlScalarNode scalar when shortFor is not null:
                var section = new YamlSection(_file, PathOf(key), scalar.Start, _log);
                section._entries[shortFor] = (scalar, scalar.Start);
                return section;
            case { } other:
                throw Wrong(other, key, "must be a mapping of keys to values");
        }
    }

    /// <summary>A list whose items are mappings, or texts that stand for a mapping with one key; an absent list is empty.</summary>
    public IReadOnlyList<YamlSection> Sections(string key, string? shortFor = null)
    {
        YamlNode? found = Find(key);
        _log.Note(PathOf(key), found is null ? null : KeyLog.Flow(found), LineOf(key));
        return found switch
        {
            null => [],
            YamlSequenceNode list =>
                [.. list.Children.Select((child, index) => ItemOf(child, _file, $"{PathOf(key)}[{index}]", new KeyLog(), shortFor))],
            { } other => throw Wrong(other, key, "must be a list"),
        };
    }

    /// <summary>The sections of a mapping whose keys are names that the user chooses; it counts as one key.</summary>
    public IReadOnlyList<(string Name, YamlSection Section)> Named(string key)
    {
        YamlNode? found = Find(key);
        _log.Note(PathOf(key), found is null ? null : KeyLog.Flow(found), LineOf(key));
        if (found is null)
        {
            return [];
        }

        YamlSection names = found is YamlMappingNode mapping
            ? Of(mapping, _file, PathOf(key), new KeyLog())
            : throw Wrong(found, key, "must be a mapping of names to mappings");
        return [.. names._entries.Keys.Select(name => (name, names.Section(name)))];
    }

    /// <summary>Text, or null if the key is absent.</summary>
    public string? Text(string key) => Noted(key, Scalar(key)?.Value);

    /// <summary>Text, or what stands for it if the key is absent.</summary>
    public string Text(string key, string fallback) => Noted(key, Scalar(key)?.Value ?? fallback)!;

    /// <summary>Text that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Missing(key, "text");

    /// <summary>One of some words.</summary>
    public T Choice<T>(string key, T fallback, params (string Word, T Value)[] choices)
    {
        if (Scalar(key) is not { } scalar)
        {
            Noted(key, choices.FirstOrDefault(choice => EqualityComparer<T>.Default.Equals(choice.Value, fallback)).Word);
            return fallback;
        }

        foreach ((string word, T value) in choices)
        {
            if (string.Equals(word, scalar.Value, StringComparison.OrdinalIgnoreCase))
            {
                Noted(key, word);
                return value;
            }
        }

        throw Wrong(scalar, key, $"is '{scalar.Value}'; allowed are {string.Join(", ", choices.Select(static c => c.Word))}");
    }

    /// <summary>true or false.</summary>
    public bool Flag(string key, bool fallback) => Choice(key, fallback, ("true", true), ("false", false));

    /// <summary>An integer within a range.</summary>
    public long Integer(string key, long fallback, long minimum, long maximum)
    {
        long? value = OptionalInteger(key, minimum, maximum);
        return Noted(key, value ?? fallback);
    }

    /// <summary>An integer within a range, or null if the key is absent.</summary>
    public long? OptionalInteger(string key, long minimum, long maximum)
    {
        if (Scalar(key) is not { } scalar)
        {
            Noted(key, null);
            return null;
        }

        return long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum
            ? Noted(key, value)
            : throw Wrong(scalar, key, $"is '{scalar.Value}'; allowed is an integer from {minimum} to {maximum}");
    }

    /// <summary>An integer that must be there.</summary>
    public long RequiredInteger(string key, long minimum, long maximum) =>
        Has(key) ? Integer(key, 0, minimum, maximum) : throw Missing(key, $"an integer from {minimum} to {maximum}");

    /// <summary>A decimal number within a range, times 1e8; null if the key is absent.</summary>
    public long? Number(string key, long minimumRaw, long maximumRaw)
    {
        if (Scalar(key) is not { } scalar)
        {
            Noted(key, null);
            return null;
        }

        if (FixedPointText.TryParse(scalar.Value, out long raw) && raw >= minimumRaw && raw <= maximumRaw)
        {
            Noted(key, FixedPointText.Format(raw));
            return raw;
        }

        throw Wrong(scalar, key,
                $"is '{scalar.Value}'; allowed is a number from {FixedPointText.Format(minimumRaw)} to {FixedPointText.Format(maximumRaw)} with at most 8 decimals");
    }

    /// <summary>A decimal number within a range, times 1e8, or what stands for it if the key is absent.</summary>
    public long Number(string key, long fallbackRaw, long minimumRaw, long maximumRaw)
    {
        long raw = Number(key, minimumRaw, maximumRaw) ?? fallbackRaw;
        Noted(key, FixedPointText.Format(raw));
        return raw;
    }

    /// <summary>A list of texts; an absent one is empty, a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        YamlNode? found = Find(key);
        IReadOnlyList<string> texts = found switch
        {
            null => [],
            YamlScalarNode scalar => [scalar.Value ?? ""],
            YamlSequenceNode list =>
                [.. list.Children.Select(child => child is YamlScalarNode { Value: { } text } ? text : throw Wrong(child, key, "must be a list of texts"))],
            { } other => throw Wrong(other, key, "must be a list of texts"),
        };
        _log.Note(PathOf(key), found is null ? null : KeyLog.Flow(found), LineOf(key));
        return texts;
    }

    /// <summary>Refuses a key that would have no effect.</summary>
    /// <exception cref="ConfigurationException">It has a value although what it needs is not so.</exception>
    public void OnlyWith(string key, bool holds, string what)
    {
        if (Has(key) && !holds)
        {
            throw Wrong(key, $"has no effect without {what}: remove it, or set that");
        }

        if (!holds)
        {
            _log.HasNoEffect(PathOf(key), what);
        }
    }

    /// <summary>Refuses two keys that say the same.</summary>
    /// <exception cref="ConfigurationException">Both have a value.</exception>
    public void Either(string key, string other)
    {
        if (Has(key) && Has(other))
        {
            throw Wrong(key, $"says the same as {other}: remove one of them");
        }
    }

    /// <summary>An error at a key's place.</summary>
    public ConfigurationException Wrong(string key, string what) => Wrong(Find(key), key, what);

    /// <summary>Refuses keys that nobody asked for.</summary>
    /// <exception cref="ConfigurationException">There is one.</exception>
    public void End()
    {
        foreach ((string key, (YamlNode _, Mark mark)) in _entries)
        {
            if (!_known.Contains(key))
            {
                throw new ConfigurationException(
                    $"{_file}, line {mark.Line}: unknown key '{PathOf(key)}'{Nearest(key)}; allowed here are {string.Join(", ", _known.Distinct().Order(StringComparer.Ordinal))}");
            }
        }
    }

    private static YamlSection Of(YamlMappingNode mapping, string file, string path, KeyLog log)
    {
        var section = new YamlSection(file, path, mapping.Start, log);
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? throw new ConfigurationException($"{file}, line {key.Start.Line}: a key must be plain text");
            section._entries[name] = (value, key.Start);
        }

        return section;
    }

    private static IReadOnlyList<YamlSection> Only(YamlSection root, string key)
    {
        IReadOnlyList<YamlSection> items = root.Sections(key);
        root.End();
        return items;
    }

    private static YamlSection ItemOf(YamlNode node, string file, string path, KeyLog log, string? shortFor = null)
    {
        if (node is YamlMappingNode mapping)
        {
            return Of(mapping, file, path, log);
        }

        var section = new YamlSection(file, path, node.Start, log);
        section._entries[shortFor ?? ""] = shortFor is not null && node is YamlScalarNode
            ? (node, node.Start)
            : throw new ConfigurationException($"{file}, line {node.Start.Line}: {path} must be a mapping of keys to values");
        return section;
    }

    private long? LineOf(string key) => _entries.TryGetValue(key, out (YamlNode Node, Mark Key) entry) && Find(key) is not null ? entry.Key.Line : null;

    private string? Noted(string key, string? text)
    {
        _log.Note(PathOf(key), text is null ? null : KeyLog.Quoted(text), LineOf(key));
        return text;
    }

    private long Noted(string key, long value)
    {
        _log.Note(PathOf(key), value.ToString(CultureInfo.InvariantCulture), LineOf(key));
        return value;
    }

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return _entries.TryGetValue(key, out (YamlNode Node, Mark Key) entry) && entry.Node is not YamlScalarNode { Value: "" or "null" or "~" or null, Style: ScalarStyle.Plain }
            ? entry.Node
            : null;
    }

    private YamlScalarNode? Scalar(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode scalar => scalar,
        { } other => throw Wrong(other, key, "must be a single value"),
    };

    private string Nearest(string key)
    {
        string? nearest = _known.Where(known => Spelling.Distance(known, key) <= MistypedMax).MinBy(known => Spelling.Distance(known, key));
        return nearest is null ? "" : $" (did you mean '{nearest}'?)";
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private ConfigurationException Wrong(YamlNode? node, string key, string what) =>
        new($"{_file}, line {(node?.Start ?? _start).Line}: {PathOf(key)} {what}");

    // A needed key that is missing is often there, mistyped.
    private ConfigurationException Missing(string key, string what)
    {
        string? mistyped = _entries.Keys.FirstOrDefault(there => !_known.Contains(there) && Spelling.Distance(there, key) <= MistypedMax);
        return mistyped is null
            ? new($"{_file}, line {_start.Line}: {PathOf(key)} is missing; needed is {what}")
            : new($"{_file}, line {_entries[mistyped].Key.Line}: unknown key '{PathOf(mistyped)}' (did you mean '{key}'?), and {PathOf(key)} is missing; needed is {what}");
    }
}
