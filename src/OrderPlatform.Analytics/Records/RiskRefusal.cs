namespace OrderPlatform.Analytics;

/// <summary>An order that the risk checks did not let pass.</summary>
/// <param name="TimeNanos">Nanoseconds since the Unix epoch, UTC.</param>
/// <param name="Client">Whose it was.</param>
/// <param name="Strategy">Who wanted it.</param>
/// <param name="Venue">Where it would have gone; empty if nobody knows.</param>
/// <param name="Instrument">Symbol.</param>
/// <param name="Side"><c>buy</c>, <c>sell</c>, or empty if it has none.</param>
/// <param name="Check">Which check spoke.</param>
/// <param name="Reason">Why.</param>
public readonly record struct RiskRefusal(
    long TimeNanos, string Client, string Strategy, string Venue, string Instrument, string Side, string Check, string Reason);
