using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>One fill as the engine booked it.</summary>
/// <param name="TimeNanos">Time of the fill, nanoseconds since the Unix epoch, UTC.</param>
/// <param name="ClientOrderId">Our id of the child order at the venue.</param>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="IsBuy">Whether the fill bought.</param>
/// <param name="Price">Price of the fill.</param>
/// <param name="Quantity">Filled quantity, not negative.</param>
/// <param name="Fee">Fee in quote currency; negative for a rebate.</param>
/// <param name="RealisedPnl">P&amp;L this fill realised, before fees, average cost (D20).</param>
/// <param name="PositionAfter">Signed position once the fill is booked.</param>
/// <param name="Strategy">The strategy that wanted it.</param>
/// <param name="IsMaker">Whether the order rested in the book.</param>
public readonly record struct FillRecord(
    long TimeNanos,
    ulong ClientOrderId,
    string Instrument,
    bool IsBuy,
    Price Price,
    Quantity Quantity,
    Money Fee,
    Money RealisedPnl,
    Quantity PositionAfter,
    string Strategy,
    bool IsMaker)
{
    private readonly string? _client;
    private readonly string? _venue;

    /// <summary>Whose money it was; empty if nobody said.</summary>
    public string Client
    {
        get => _client ?? "";
        init => _client = value.Length == 0 ? null : value;
    }

    /// <summary>Where it was; empty if nobody said.</summary>
    public string Venue
    {
        get => _venue ?? "";
        init => _venue = value.Length == 0 ? null : value;
    }
}
