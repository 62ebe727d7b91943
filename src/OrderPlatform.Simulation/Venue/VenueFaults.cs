using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// What goes wrong between a venue and its sender (T2 to T5, T11), each with its own chance, from a generator of its own. The venue itself stays right:
/// what it has done is told in full to whoever asks it.
/// </summary>
public sealed record VenueFaults
{
    private const long MaximumNanos = LatencyOptions.MaximumNanos;

    /// <summary>Chance that the answer to a new order (Accepted or Rejected) never comes.</summary>
    public Ratio LostAcknowledgement { get; init; }

    /// <summary>Chance that a new order never reaches the venue, and the sender gets Unknown after <see cref="TimeoutNanos"/>.</summary>
    public Ratio TimeoutBeforeAcceptance { get; init; }

    /// <summary>Chance that the sender gets, <see cref="TimeoutNanos"/> after the venue's answer, Unknown instead of it. Later reports come.</summary>
    public Ratio TimeoutAfterAcceptance { get; init; }

    /// <summary>Chance that a cancel or an amend never reaches the venue, and the sender gets Unknown after <see cref="TimeoutNanos"/>.</summary>
    public Ratio TimeoutOfRequest { get; init; }

    /// <summary>How long a sender waits for an answer, nanoseconds, 1 to an hour.</summary>
    public long TimeoutNanos { get; init; } = 5_000_000_000;

    /// <summary>Chance that a report comes twice, the second time up to <see cref="WindowNanos"/> later.</summary>
    public Ratio DuplicateReport { get; init; }

    /// <summary>Chance that a report comes up to <see cref="WindowNanos"/> late, so that later ones overtake it.</summary>
    public Ratio LateReport { get; init; }

    /// <summary>Bound of lateness, nanoseconds, 1 to an hour.</summary>
    public long WindowNanos { get; init; } = 1_000_000_000;

    /// <summary>Chance that a fill is not reported. Later reports have the right cumulative quantity.</summary>
    public Ratio MissingFill { get; init; }

    /// <summary>Requests that the venue takes in each <see cref="ThrottleWindowNanos"/>; more are answered by Throttled. Zero: no limit.</summary>
    public int ThrottleRequests { get; init; }

    /// <summary>The windows of <see cref="ThrottleRequests"/>, which follow each other from the epoch on, nanoseconds, 1 to an hour.</summary>
    public long ThrottleWindowNanos { get; init; } = 1_000_000_000;

    /// <summary>From here on nothing gets through in either direction, nanoseconds since the epoch.</summary>
    public long OutageFromNanos { get; init; }

    /// <summary>Until here, exclusive. An order sent in between is answered by Unknown, <see cref="TimeoutNanos"/> later or after the outage.</summary>
    public long OutageUntilNanos { get; init; }

    /// <summary>Whether there is an outage; its ends are reported as Disconnected and Connected.</summary>
    internal bool HasOutage => OutageUntilNanos > OutageFromNanos;

    /// <summary>Whether an instant is inside the outage.</summary>
    internal bool IsOut(long timeNanos) => timeNanos >= OutageFromNanos && timeNanos < OutageUntilNanos;

    internal void Validate()
    {
        RequireChance(LostAcknowledgement, nameof(LostAcknowledgement));
        RequireChance(TimeoutBeforeAcceptance, nameof(TimeoutBeforeAcceptance));
        RequireChance(TimeoutAfterAcceptance, nameof(TimeoutAfterAcceptance));
        RequireChance(TimeoutOfRequest, nameof(TimeoutOfRequest));
        RequireChance(DuplicateReport, nameof(DuplicateReport));
        RequireChance(LateReport, nameof(LateReport));
        RequireChance(MissingFill, nameof(MissingFill));
        Require(TimeoutNanos is >= 1 and <= MaximumNanos, nameof(TimeoutNanos), TimeoutNanos, $"1 to {MaximumNanos}");
        Require(WindowNanos is >= 1 and <= MaximumNanos, nameof(WindowNanos), WindowNanos, $"1 to {MaximumNanos}");
        Require(ThrottleRequests >= 0, nameof(ThrottleRequests), ThrottleRequests, "0 (no limit) or above");
        Require(ThrottleWindowNanos is >= 1 and <= MaximumNanos, nameof(ThrottleWindowNanos), ThrottleWindowNanos, $"1 to {MaximumNanos}");
        Require(OutageFromNanos >= 0, nameof(OutageFromNanos), OutageFromNanos, "0 or above");
        bool isSpan = OutageUntilNanos >= OutageFromNanos && OutageUntilNanos <= MarketEventCheck.MaximumTimeNanos;
        Require(isSpan, nameof(OutageUntilNanos), OutageUntilNanos, $"{nameof(OutageFromNanos)} or above");
    }

    private static void RequireChance(Ratio chance, string name) =>
        Require(chance.Raw is >= 0 and <= FixedPoint.One, name, chance, "0 to 1 (1 is always)");

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(SimulatedVenueOptions.Faults)}.{name} is {value}; allowed: {range}", name);
        }
    }
}
