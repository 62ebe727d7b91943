using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>The best level of one side, and what our own fills have left of it. A level that is repeated unchanged has not been refilled.</summary>
internal struct QuoteSide
{
    public long PriceRaw { get; private set; }

    public long DisplayedRaw { get; private set; }

    /// <summary>Displayed less what we took, in whole steps.</summary>
    public long RemainingRaw { get; set; }

    public void Update(Price price, Quantity displayed, Quantity step)
    {
        if (price.Raw == PriceRaw && displayed.Raw == DisplayedRaw)
        {
            return;
        }

        PriceRaw = price.Raw;
        DisplayedRaw = price.Raw == 0 ? 0 : displayed.Raw;
        RemainingRaw = FixedPoint.FloorToStep(DisplayedRaw, step.Raw);
    }
}
