using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>How willingly a venue fills (R138): names for sets of options.</summary>
public enum FillModel : byte
{
    /// <summary>Whatever is touched fills: nobody is ahead where nothing is displayed, a bar's extreme is enough, and all volume is to be had.</summary>
    Aggressive = 1,

    /// <summary>
    /// Only a market that goes through a limit fills it, a bar visits its worse extreme first, and a tenth of what trades is to be had.
    /// </summary>
    Conservative = 2,

    /// <summary>The queue counts: what is displayed is ahead, a touch fills only behind it, and half of what trades is to be had.</summary>
    Realistic = 3,
}

/// <summary>What the fill models are made of.</summary>
public static class FillModels
{
    /// <summary>Sets the options that a model consists of: participation, path of bars, touch, and the queue assumed where none is displayed.</summary>
    /// <param name="options">All other options.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such model.</exception>
    public static SimulatedVenueOptions With(this SimulatedVenueOptions options, FillModel model)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool isAggressive = model == FillModel.Aggressive;
        long participation = model switch
        {
            FillModel.Aggressive => FixedPoint.One,
            FillModel.Conservative => FixedPoint.One / 10,
            FillModel.Realistic => FixedPoint.One / 2,
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "allowed: Aggressive, Conservative or Realistic"),
        };
        return options with
        {
            Participation = new Ratio(participation),
            BarPath = model == FillModel.Conservative ? BarPathRule.AdverseExtremeFirst : BarPathRule.NearestExtremeFirst,
            TouchFills = isAggressive,
            Instruments = [.. options.Instruments.Select(instrument => instrument with
            {
                AssumedQueueAhead = isAggressive ? Quantity.Zero : model == FillModel.Conservative ? null : instrument.AssumedQueueAhead,
                IgnoresDisplayedQueue = isAggressive,
                FillsOnlyBeyond = model == FillModel.Conservative,
            })],
        };
    }
}
