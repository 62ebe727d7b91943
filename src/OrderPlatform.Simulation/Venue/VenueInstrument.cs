using System.Text.Json.Serialization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>An instrument of the venue and the rules for orders in it. A rule of zero is not applied.</summary>
public sealed record VenueInstrument
{
    /// <summary>Its number; unique in the venue.</summary>
    public required uint InstrumentId { get; init; }

    /// <summary>Prices are multiples of this; fills are rounded to it against the order.</summary>
    public Price Tick { get; init; }

    /// <summary>Quantities are multiples of this.</summary>
    public Quantity Step { get; init; }

    /// <summary>Lowest limit price.</summary>
    public Price MinimumPrice { get; init; }

    /// <summary>Highest limit price.</summary>
    public Price MaximumPrice { get; init; }

    /// <summary>Smallest quantity of an order.</summary>
    public Quantity MinimumQuantity { get; init; }

    /// <summary>Largest quantity of an order.</summary>
    public Quantity MaximumQuantity { get; init; }

    /// <summary>Smallest price × quantity; a market order is measured at the price on its arrival, and passes if there is none.</summary>
    public Money MinimumNotional { get; init; }

    /// <summary>Largest price × quantity, measured alike.</summary>
    public Money MaximumNotional { get; init; }

    /// <summary>
    /// Quantity assumed ahead of a resting order at a level whose displayed quantity is not known.
    /// <c>null</c>: no assumption, and such an order fills only when the market goes through its price.
    /// </summary>
    public Quantity? AssumedQueueAhead { get; init; }

    /// <summary>Whether nobody is ahead of a resting order, whatever is displayed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IgnoresDisplayedQueue { get; init; }

    /// <summary>Whether trades at a resting order's limit never fill it: the market has to go through.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FillsOnlyBeyond { get; init; }

    /// <summary>
    /// Price protection: ticks beyond the first price that a market order meets, at which it takes nothing more and its rest expires. Zero: none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PriceProtectionTicks { get; init; }

    /// <summary>A perpetual's funding; <c>null</c>: none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FundingOptions? Funding { get; init; }

    internal void Validate()
    {
        NotBelowZero(Tick.Raw, nameof(Tick));
        NotBelowZero(Step.Raw, nameof(Step));
        InOrder(MinimumPrice.Raw, MaximumPrice.Raw, nameof(MinimumPrice), nameof(MaximumPrice));
        InOrder(MinimumQuantity.Raw, MaximumQuantity.Raw, nameof(MinimumQuantity), nameof(MaximumQuantity));
        InOrder(MinimumNotional.Raw, MaximumNotional.Raw, nameof(MinimumNotional), nameof(MaximumNotional));
        NotBelowZero(AssumedQueueAhead?.Raw ?? 0, nameof(AssumedQueueAhead));
        NotBelowZero(PriceProtectionTicks, nameof(PriceProtectionTicks));
        Funding?.Validate(InstrumentId);
        if (IgnoresDisplayedQueue && FillsOnlyBeyond)
        {
            throw new ArgumentException(
                $"instrument {InstrumentId}: {nameof(IgnoresDisplayedQueue)} and {nameof(FillsOnlyBeyond)} exclude each other; set one of them");
        }
    }

    private void InOrder(long minimum, long maximum, string minimumName, string maximumName)
    {
        NotBelowZero(minimum, minimumName);
        NotBelowZero(maximum, maximumName);
        if (maximum != 0 && maximum < minimum)
        {
            throw new ArgumentException(
                $"instrument {InstrumentId}: {maximumName} is {FixedPointText.Format(maximum)}; it must be 0 (not applied) or at least " +
                $"{minimumName} ({FixedPointText.Format(minimum)})");
        }
    }

    private void NotBelowZero(long raw, string name)
    {
        if (raw < 0)
        {
            throw new ArgumentException(
                $"instrument {InstrumentId}: {name} is {FixedPointText.Format(raw)}; it must be 0 (not applied) or above");
        }
    }
}
