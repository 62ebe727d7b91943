using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrderPlatform.Runtime.Past;

/// <summary>Names of one kind of thing, by id.</summary>
/// <param name="kind">What they name, as people say it: client, venue.</param>
public sealed class NameTable(string kind)
{
    private readonly SortedDictionary<uint, string> _names = [];

    /// <summary>What they name.</summary>
    public string Kind => kind;

    /// <summary>Ids that have a name, the smallest first.</summary>
    public IEnumerable<uint> Ids => _names.Keys;

    /// <summary>The name of an id; kind and number where it has none.</summary>
    public string this[uint id] => _names.TryGetValue(id, out string? name) ? name : $"{kind} {id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whether an id has a name.</summary>
    public bool Has(uint id) => _names.ContainsKey(id);

    /// <summary>The id that a person means: a name in any case, or a number. Slashes do not count: BTC/USDT is BTCUSDT.</summary>
    /// <returns>False if nothing is called so; a number is always taken.</returns>
    public bool TryFind(string text, out uint id)
    {
        ArgumentNullException.ThrowIfNull(text);
        string wanted = Plain(text);
        foreach ((uint known, string name) in _names)
        {
            if (string.Equals(Plain(name), wanted, StringComparison.OrdinalIgnoreCase))
            {
                id = known;
                return true;
            }
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    /// <summary>The id that a person means.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the text says what there is.</exception>
    public uint Find(string text) => TryFind(text, out uint id) ? id : Unknown(text);

    internal void Set(uint id, string name)
    {
        if (name.Length > 0)
        {
            _names[id] = name;
        }
    }

    private static string Plain(string name) => name.Replace("/", "", StringComparison.Ordinal);

    [DoesNotReturn]
    private uint Unknown(string text) => throw new ArgumentException(
        $"there is no {kind} '{text}': the journal has {(_names.Count == 0 ? "none with a name" : string.Join(", ", _names.Values.Take(20)))}");
}
