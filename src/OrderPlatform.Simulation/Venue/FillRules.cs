using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Venue;

/// <summary>What an order could have at one instant. Numbers are raw (scaled by 1e8).</summary>
/// <param name="TimeNanos">The instant.</param>
/// <param name="PriceRaw">The price there, before slippage.</param>
/// <param name="AvailableRaw">How much there is, in whole steps.</param>
/// <param name="VolumeRaw">Volume of the bar, trade or level that it comes from.</param>
/// <param name="IsMaker">Whether the order rests; a resting order has no slippage.</param>
internal readonly record struct FillOpportunity(long TimeNanos, long PriceRaw, long AvailableRaw, long VolumeRaw, bool IsMaker);

/// <summary>How much of an opportunity an order gets, and at what price: fill ratio, fill probability, slippage, price protection.</summary>
internal sealed class FillRules(SimulatedVenueOptions options)
{
    private const uint FillProbabilityPart = 3;

    private readonly Prng _prng = Prng.ForPart(options.Seed, FillProbabilityPart);

    public long LargestFill(OpenOrder order)
    {
        long step = Math.Max(1, order.Market.Rules.Step.Raw);
        long share = (long)((Int128)order.QuantityRaw * options.FillRatio.Raw / FixedPoint.One);
        return Math.Max(step, FixedPoint.FloorToStep(share, step));
    }

    public bool IsLucky() =>
        options.FillProbability.Raw == FixedPoint.One || _prng.NextBelow(FixedPoint.One) < (ulong)options.FillProbability.Raw;

    /// <summary>Whether the market is beyond what a market order may take; its first opportunity sets the bound.</summary>
    public static bool IsBeyondProtection(OpenOrder order, in FillOpportunity opportunity)
    {
        int ticks = order.Market.Rules.PriceProtectionTicks;
        if (order.IsLimit || ticks == 0)
        {
            return false;
        }

        if (order.ProtectionRaw == 0)
        {
            Int128 bound = opportunity.PriceRaw + (order.Sign * (Int128)ticks * Math.Max(1, order.Market.Rules.Tick.Raw));
            order.ProtectionRaw = (long)Int128.Clamp(bound, 1, long.MaxValue);
        }

        return !order.Accepts(opportunity.PriceRaw);
    }

    public long SlippedPrice(OpenOrder order, in FillOpportunity opportunity, long quantityRaw)
    {
        VenueInstrument rules = order.Market.Rules;
        var input = new SlippageInput(new Price(opportunity.PriceRaw), new Quantity(quantityRaw), new Quantity(opportunity.VolumeRaw), rules.Tick);
        Int128 moved = opportunity.PriceRaw + ((Int128)order.Sign * options.Slippage.Offset(in input).Raw);
        long price = AdversePrice.Round(moved, 1, order.Sign, rules.Tick.Raw);
        return order.Accepts(price) ? price : order.BoundRaw;
    }
}
