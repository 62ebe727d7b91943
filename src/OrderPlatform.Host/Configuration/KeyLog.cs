using System.Text;
using YamlDotNet.RepresentationModel;

namespace OrderPlatform.Host.Configuration;

/// <summary>A key of a configuration as it is in force.</summary>
/// <param name="Path">The key with its sections, with dots.</param>
/// <param name="Value">Its value as YAML, or null: there is none.</param>
/// <param name="Line">The line of the file that says so, or null: it is the default.</param>
/// <param name="Without">What it has no effect without, or null: it has one.</param>
public sealed record EffectiveKey(string Path, string? Value, long? Line, string? Without = null);

/// <summary>Keeps what was read of a configuration, key by key in the order of reading.</summary>
internal sealed class KeyLog
{
    private readonly List<EffectiveKey> _keys = [];
    private readonly Dictionary<string, int> _places = [];

    /// <summary>What was read.</summary>
    public IReadOnlyList<EffectiveKey> Keys => _keys;

    /// <summary>Notes a key; a later note of the same key replaces it.</summary>
    public void Note(string path, string? value, long? line)
    {
        if (_places.TryGetValue(path, out int place))
        {
            _keys[place] = _keys[place] with { Value = value, Line = line };
            return;
        }

        _places[path] = _keys.Count;
        _keys.Add(new EffectiveKey(path, value, line));
    }

    /// <summary>Notes that a key has no effect as things are.</summary>
    public void HasNoEffect(string path, string without)
    {
        if (!_places.ContainsKey(path))
        {
            Note(path, null, null);
        }

        _keys[_places[path]] = _keys[_places[path]] with { Without = without };
    }

    /// <summary>A text as YAML: plain where that is the same text.</summary>
    public static string Quoted(string text) =>
        text.Length > 0 && text is not "null"
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '+') && text[0] is not '-'
            ? text
            : IsNegativeNumber(text) ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"";

    /// <summary>A node as YAML on one line.</summary>
    public static string Flow(YamlNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    private static bool IsNegativeNumber(string text) => text.Length > 1 && text[0] == '-' && text.AsSpan(1).IndexOfAnyExceptInRange('.', '9') < 0;

    private static void Append(StringBuilder text, YamlNode node)
    {
        switch (node)
        {
            case YamlSequenceNode list:
                text.Append('[');
                for (int i = 0; i < list.Children.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Append(text, list.Children[i]);
                }

                text.Append(']');
                break;
            case YamlMappingNode mapping:
                text.Append('{');
                bool isFirst = true;
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    text.Append(isFirst ? "" : ", ");
                    isFirst = false;
                    Append(text, key);
                    text.Append(": ");
                    Append(text, value);
                }

                text.Append('}');
                break;
            default:
                text.Append(Quoted((node as YamlScalarNode)?.Value ?? ""));
                break;
        }
    }
}
