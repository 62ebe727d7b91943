using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Venue;

/// <summary>The fundings of one perpetual: when the next one is, and its rate, from a generator of its own.</summary>
internal sealed class Funding(FundingOptions options, Prng prng)
{
    private const uint Part = 5;

    /// <summary>Last instant of which the market is known: the latest event, or the end of a bar.</summary>
    public long KnownUntilNanos { get; set; }

    public static Funding? Of(VenueInstrument instrument, ulong seed)
    {
        if (instrument.Funding is null)
        {
            return null;
        }

        // A generator for each instrument, so that another instrument changes nothing.
        ulong own = Prng.ForPart(seed, Part).NextUInt64();
        return new Funding(instrument.Funding, Prng.ForPart(own, instrument.InstrumentId));
    }

    /// <summary>The first funding after an instant.</summary>
    public long NextAfter(long timeNanos) => ((timeNanos / options.IntervalNanos) + 1) * options.IntervalNanos;

    public Ratio NextRate()
    {
        double drawn = options.Deviation.IsZero ? 0 : options.Deviation.Raw * prng.NextNormal();
        return new Ratio(Math.Clamp(options.Rate.Raw + (long)Math.Round(drawn), -options.Cap.Raw, options.Cap.Raw));
    }
}
