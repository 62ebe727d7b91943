using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Refuses market events that no market can have made.</summary>
public static class MarketEventCheck
{
    /// <summary>Latest time that the venue handles: leaves room for latencies above it.</summary>
    public const long MaximumTimeNanos = 1L << 62;

    /// <summary>Refuses an event.</summary>
    /// <exception cref="MarketDataException">The event is malformed; the text names the instrument, the time and the fault.</exception>
    public static void Require(uint instrumentId, in MarketEvent e)
    {
        if (FaultOf(e) is { } fault)
        {
            throw new MarketDataException($"instrument {instrumentId}, market event at {e.TimeNanos} ns: {fault}; correct or drop it in the source");
        }
    }

    /// <summary>What is wrong with an event, or null.</summary>
    public static string? FaultOf(in MarketEvent e) =>
        e.TimeNanos is < 0 or > MaximumTimeNanos ? $"its time is outside 0 to {MaximumTimeNanos}" : e.Kind switch
        {
            MarketEventKind.Bar => FaultOfBar(in e),
            MarketEventKind.Trade when e.Price.Raw <= 0 || e.Quantity.Raw < 0 =>
                $"trade of {e.Quantity} at {e.Price}: a price is above zero, a quantity not below",
            MarketEventKind.Trade => null,
            MarketEventKind.TopOfBook => FaultOfQuote(in e),
            _ => $"kind {(byte)e.Kind} does not exist",
        };

    private static string? FaultOfBar(in MarketEvent e) =>
        e.OpenTimeNanos < 0 || e.OpenTimeNanos >= e.TimeNanos ? $"the bar opens at {e.OpenTimeNanos} ns, not before its close"
        : e.Low.Raw <= 0 ? $"the bar's low is {e.Low}: prices are above zero"
        : e.Low > e.Price || e.Low > e.Close || e.UpperPrice < e.Price || e.UpperPrice < e.Close
            ? $"open {e.Price} or close {e.Close} is outside low {e.Low} to high {e.UpperPrice}"
        : e.Quantity.Raw < 0 ? $"the bar's volume is {e.Quantity}"
        : null;

    private static string? FaultOfQuote(in MarketEvent e) =>
        e.Price.Raw < 0 || e.UpperPrice.Raw < 0 || e.Quantity.Raw < 0 || e.UpperQuantity.Raw < 0
            ? $"quote {e.Quantity} at {e.Price} / {e.UpperQuantity} at {e.UpperPrice}: neither price nor quantity is below zero"
            : null;
}
