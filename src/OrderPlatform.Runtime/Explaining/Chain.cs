namespace OrderPlatform.Runtime.Explaining;

/// <summary>A chain while it is put together: its links, each once, and those that are missing.</summary>
/// <param name="subject">Whose chain.</param>
internal sealed class Chain(string subject)
{
    private readonly HashSet<(long Sequence, int Place)> _known = [];
    private readonly List<Fact> _links = [];
    private readonly List<MissingLink> _missing = [];
    private readonly List<string> _notes = [];

    /// <summary>What is missing.</summary>
    public IReadOnlyList<MissingLink> Missing => _missing;

    /// <summary>Adds a link.</summary>
    public void Add(Fact? fact)
    {
        if (fact is not null && _known.Add((fact.Sequence, fact.Place)))
        {
            _links.Add(fact);
        }
    }

    /// <summary>Adds links.</summary>
    public void Add(IEnumerable<Fact> facts)
    {
        foreach (Fact fact in facts)
        {
            Add(fact);
        }
    }

    /// <summary>Adds a link that must be there.</summary>
    public void Require(Fact? fact, LinkKind kind, long sequence, string what)
    {
        if (fact is null)
        {
            Miss(kind, sequence, what);
        }

        Add(fact);
    }

    /// <summary>Notes what is missing.</summary>
    public void Miss(LinkKind kind, long sequence, string what)
    {
        var missing = new MissingLink(subject, kind, sequence, what);
        if (!_missing.Contains(missing))
        {
            _missing.Add(missing);
        }
    }

    /// <summary>Adds a remark for people.</summary>
    public void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
        }
    }

    /// <summary>The whole, in the order of the inputs.</summary>
    public Explanation End() =>
        new(subject, [.. _links.OrderBy(static one => one.Sequence).ThenBy(static one => Rank(one.Kind)).ThenBy(static one => one.Place)], _missing, _notes);

    // Within an input: what it is, what it means, and then what the engine did, as it did it.
    private static int Rank(LinkKind kind) => kind switch
    {
        LinkKind.Signal or LinkKind.Request or LinkKind.Answer or LinkKind.Cause => 0,
        LinkKind.Votes => 1,
        LinkKind.Filters => 2,
        LinkKind.Decision => 3,
        LinkKind.Sizing => 4,
        _ => 5,
    };
}
