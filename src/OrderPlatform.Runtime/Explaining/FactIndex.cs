namespace OrderPlatform.Runtime.Explaining;

/// <summary>
/// The facts of a journal by what they belong to. It holds at most <see cref="FactsMax"/>; a journal with more is refused, with the remedy, so that no chain is
/// cut silently.
/// </summary>
public sealed class FactIndex : IFactSink
{
    /// <summary>Most facts: some gigabytes of memory.</summary>
    public const int FactsMax = 10_000_000;

    private static readonly List<Fact> Nothing = [];

    private readonly Dictionary<ulong, List<Fact>> _byOrder = [];
    private readonly Dictionary<ulong, List<Fact>> _byParent = [];
    private readonly Dictionary<(uint Strategy, ulong Request), List<Fact>> _byRequest = [];
    private readonly Dictionary<(uint Strategy, uint Instrument), List<Fact>> _byPosition = [];
    private readonly Dictionary<long, Fact> _requests = [];
    private readonly List<ulong> _orders = [];
    private readonly List<Fact> _refusals = [];
    private readonly List<Fact> _signals = [];
    private readonly List<Fact> _decisions = [];
    private readonly List<Fact> _trades = [];
    private readonly List<Fact> _checks = [];

    /// <summary>Facts in it.</summary>
    public int Count { get; private set; }

    /// <summary>All orders, in the order of their first news.</summary>
    public IReadOnlyList<ulong> Orders => _orders;

    /// <summary>All refusals by checks.</summary>
    public IReadOnlyList<Fact> Refusals => _refusals;

    /// <summary>All signals.</summary>
    public IReadOnlyList<Fact> Signals => _signals;

    /// <summary>All records of checks.</summary>
    public IReadOnlyList<Fact> Checks => _checks;

    /// <summary>All parent orders.</summary>
    public IEnumerable<ulong> Parents => _byParent.Keys;

    /// <summary>All requests: orders, cancels, amends.</summary>
    public IEnumerable<Fact> Requests => _requests.Values;

    /// <summary>All decisions.</summary>
    public IReadOnlyList<Fact> Decisions => _decisions;

    /// <summary>All rounds that ended.</summary>
    public IReadOnlyList<Fact> Trades => _trades;

    /// <inheritdoc />
    /// <exception cref="SubjectException">There are too many.</exception>
    public void Add(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (++Count > FactsMax)
        {
            throw new SubjectException($"the journal has more than {FactsMax} facts by input {fact.Sequence}: give --to, or explain a journal that begins later");
        }

        AddToList(fact);
        if (fact.OrderId != 0)
        {
            AddToOrder(fact);
        }

        if (fact.ParentId != 0)
        {
            ListOf(_byParent, fact.ParentId).Add(fact);
        }

        if (fact.Strategy != 0 && fact.Kind is LinkKind.Signal or LinkKind.Votes or LinkKind.Filters or LinkKind.Decision or LinkKind.Request or LinkKind.Sizing
            or LinkKind.Checks or LinkKind.Refusal or LinkKind.Parent)
        {
            ListOf(_byRequest, (fact.Strategy, fact.RequestId)).Add(fact);
        }

        if (fact.Strategy != 0 && fact.Instrument != 0)
        {
            ListOf(_byPosition, (fact.Strategy, fact.Instrument)).Add(fact);
        }
    }

    /// <summary>All that names an order, in order.</summary>
    public IReadOnlyList<Fact> OfOrder(ulong id) => _byOrder.GetValueOrDefault(id, Nothing);

    /// <summary>A parent order and the news of its orders, in order.</summary>
    public IReadOnlyList<Fact> OfParent(ulong id) => _byParent.GetValueOrDefault(id, Nothing);

    /// <summary>All that came of a strategy's signal or request, in order.</summary>
    public IReadOnlyList<Fact> OfRequest(uint strategy, ulong request) => _byRequest.GetValueOrDefault((strategy, request), Nothing);

    /// <summary>The request that an input is, or null.</summary>
    public Fact? RequestAt(long sequence) => _requests.GetValueOrDefault(sequence);

    /// <summary>All of a strategy in an instrument, in order.</summary>
    public IReadOnlyList<Fact> OfPosition(uint strategy, uint instrument) => _byPosition.GetValueOrDefault((strategy, instrument), Nothing);

    private void AddToList(Fact fact)
    {
        switch (fact.Kind)
        {
            case LinkKind.Refusal:
                _refusals.Add(fact);
                break;
            case LinkKind.Signal:
                _signals.Add(fact);
                break;
            case LinkKind.Decision:
                _decisions.Add(fact);
                break;
            case LinkKind.Trade:
                _trades.Add(fact);
                break;
            case LinkKind.Checks:
                _checks.Add(fact);
                break;
            case LinkKind.Request:
                _requests[fact.Sequence] = fact;
                break;
        }
    }

    // A report of an order that the engine does not know, or a request for one, makes no order.
    private void AddToOrder(Fact fact)
    {
        List<Fact> facts = ListOf(_byOrder, fact.OrderId);
        if (IsOrders(fact) && !facts.Exists(IsOrders))
        {
            _orders.Add(fact.OrderId);
        }

        facts.Add(fact);
    }

    // The message to the venue tells of an order too, should its own news be missing.
    private static bool IsOrders(Fact fact) => fact.Kind is LinkKind.Order or LinkKind.Fill || (fact.Kind == LinkKind.Sent && fact.Strategy != 0);

    private static List<Fact> ListOf<TKey>(Dictionary<TKey, List<Fact>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<Fact>? list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
