using OrderPlatform.Engine;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>What is known of an instrument's market; prices and quantities times 1e8, 0 until known.</summary>
/// <param name="Instrument">Which.</param>
/// <param name="Venue">Where it is traded.</param>
/// <param name="Mark">The price that values positions.</param>
/// <param name="MarkTimeNanos">When that was set.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="Traded">Volume seen since the start.</param>
/// <param name="IsVenueDown">Whether its venue cannot be reached.</param>
public sealed record MarketView(uint Instrument, uint Venue, long Mark, long MarkTimeNanos, long Bid, long Ask, long Traded, bool IsVenueDown)
{
    internal static MarketView Of(EngineState state, int row)
    {
        ref Instrument instrument = ref state.Instruments[row];
        ref Venue venue = ref state.Venues[instrument.Venue];
        return new MarketView(
            instrument.Id, venue.Id, instrument.Mark.Raw, instrument.MarkTimeNanos, instrument.Bid.Raw, instrument.Ask.Raw, instrument.Traded.Raw, venue.IsDown);
    }
}
