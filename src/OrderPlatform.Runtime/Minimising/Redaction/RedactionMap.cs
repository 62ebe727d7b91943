using System.Globalization;

namespace OrderPlatform.Runtime.Minimising.Redaction;

/// <summary>
/// What stands for what in a redacted journal: for its owner, never in the journal. Neutral names and numbers are given in the order in which they are met.
/// </summary>
public sealed class RedactionMap
{
    private readonly Dictionary<(RedactedKind Kind, string Original), string> _names = [];
    private readonly Dictionary<(RedactedKind Kind, ulong Original), ulong> _numbers = [];
    private readonly List<RedactedValue> _values = [];

    /// <summary>All that was replaced, as it was met.</summary>
    public IReadOnlyList<RedactedValue> Values => _values;

    /// <summary>What a name became; null for one that was not met.</summary>
    public string? NameOf(RedactedKind kind, string original) => _names.GetValueOrDefault((kind, original));

    /// <summary>Whether numbers were replaced at all.</summary>
    internal bool HasNumbers => _numbers.Count > 0;

    /// <summary>What a number became; null for one that was not met.</summary>
    internal uint? NumberOf(RedactedKind kind, uint original) => _numbers.TryGetValue((kind, original), out ulong number) ? (uint)number : null;

    internal string Name(RedactedKind kind, string original)
    {
        if (!_names.TryGetValue((kind, original), out string? replacement))
        {
            int number = _names.Keys.Count(key => key.Kind == kind) + 1;
            replacement = $"{kind.ToString().ToLowerInvariant()}-{number.ToString(CultureInfo.InvariantCulture)}";
            _names.Add((kind, original), replacement);
            _values.Add(new RedactedValue(kind, original, replacement));
        }

        return replacement;
    }

    // 0 is "none" wherever the engine looks at it.
    internal ulong Number(RedactedKind kind, ulong original)
    {
        if (original == 0 || _numbers.TryGetValue((kind, original), out ulong replacement))
        {
            return original == 0 ? 0 : _numbers[(kind, original)];
        }

        replacement = (ulong)_numbers.Keys.Count(key => key.Kind == kind) + 1;
        _numbers.Add((kind, original), replacement);
        _values.Add(new RedactedValue(kind, original.ToString(CultureInfo.InvariantCulture), replacement.ToString(CultureInfo.InvariantCulture)));
        return replacement;
    }
}

/// <summary>What is replaced.</summary>
public enum RedactedKind
{
    /// <summary>A client's name or number.</summary>
    Client,

    /// <summary>An account's name or number.</summary>
    Account,

    /// <summary>A strategy's name or number.</summary>
    Strategy,

    /// <summary>A person's name.</summary>
    Operator,

    /// <summary>Why a person did something, in words.</summary>
    Reason,

    /// <summary>A venue's number; its name stays.</summary>
    Venue,

    /// <summary>An instrument's number; its symbol stays.</summary>
    Instrument,

    /// <summary>The number of a thing that is traded at several venues.</summary>
    Product,

    /// <summary>A rate budget's number.</summary>
    Budget,

    /// <summary>A publisher's number of a signal.</summary>
    Signal,

    /// <summary>A model's number.</summary>
    Model,

    /// <summary>A client's number of a request.</summary>
    Request,

    /// <summary>A client's number of a group of orders.</summary>
    Link,

    /// <summary>A number of a movement of cash.</summary>
    Movement,

    /// <summary>A venue's number of an order.</summary>
    VenueOrder,

    /// <summary>A venue's number of a trade, of ours or of others.</summary>
    Trade,
}

/// <summary>Something that was replaced.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Original">As it was.</param>
/// <param name="Replacement">As it is now.</param>
public sealed record RedactedValue(RedactedKind Kind, string Original, string Replacement);
