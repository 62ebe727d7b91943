using OrderPlatform.Journal;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Tests.Explanations;

/// <summary>Keeps the facts of a replay between the engine and the index, so that a test can lose some on the way.</summary>
internal sealed class FactCollector : IFactSink
{
    private readonly List<Fact> _facts = [];

    public IReadOnlyList<Fact> Facts => _facts;

    public void Add(Fact fact) => _facts.Add(fact);

    public static FactCollector Of(string journal)
    {
        var facts = new FactCollector();
        using EngineStart start = EngineStart.First(journal, new JournalReaderOptions());
        JournalFacts.Read(start, null, facts, CancellationToken.None);
        return facts;
    }

    public FactIndex Index(Func<Fact, bool>? isLost = null)
    {
        var index = new FactIndex();
        foreach (Fact fact in _facts.Where(one => isLost?.Invoke(one) != true))
        {
            index.Add(fact);
        }

        return index;
    }
}
