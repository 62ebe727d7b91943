using System.Runtime.InteropServices;

namespace OrderPlatform.Simulation.Venue;

/// <summary>A net position that an account has at the venue before anything happens.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="InstrumentId">In what: one of the venue's instruments.</param>
/// <param name="Quantity">Signed.</param>
public readonly record struct VenuePosition(uint AccountId, uint InstrumentId, Engine.Numbers.Quantity Quantity);

/// <summary>
/// Net quantity for each account and instrument: what was bought less what was sold. Bounded; allocates only at construction. The dictionary is only
/// looked up, never enumerated.
/// </summary>
internal sealed class VenuePositions
{
    private readonly Dictionary<ulong, long> _quantities;
    private readonly int _capacity;

    public VenuePositions(int capacity, IReadOnlyList<VenuePosition> initial)
    {
        _capacity = capacity;
        _quantities = new Dictionary<ulong, long>(capacity);
        foreach (VenuePosition position in initial)
        {
            _quantities[Key(position.AccountId, position.InstrumentId)] = position.Quantity.Raw;
        }
    }

    /// <summary>Makes room for a pair, if it has none yet.</summary>
    public bool TryOpen(uint accountId, uint instrumentId)
    {
        ulong key = Key(accountId, instrumentId);
        return _quantities.ContainsKey(key) || (_quantities.Count < _capacity && _quantities.TryAdd(key, 0));
    }

    public long Of(uint accountId, uint instrumentId) => _quantities.GetValueOrDefault(Key(accountId, instrumentId));

    /// <summary>How much an order of this sign would bring the position to zero; not below zero.</summary>
    public long Reducible(uint accountId, uint instrumentId, int sign)
    {
        Int128 against = -sign * (Int128)Of(accountId, instrumentId);
        return (long)Int128.Clamp(against, 0, long.MaxValue);
    }

    /// <summary>Books a fill; saturates instead of overflowing.</summary>
    public void Add(uint accountId, uint instrumentId, long signedRaw)
    {
        ref long quantity = ref CollectionsMarshal.GetValueRefOrAddDefault(_quantities, Key(accountId, instrumentId), out _);
        quantity = (long)Int128.Clamp((Int128)quantity + signedRaw, long.MinValue, long.MaxValue);
    }

    private static ulong Key(uint accountId, uint instrumentId) => ((ulong)accountId << 32) | instrumentId;
}
