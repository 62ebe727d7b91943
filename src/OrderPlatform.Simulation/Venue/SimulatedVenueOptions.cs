using System.Text.Json.Serialization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Simulation.Venue;

/// <summary>Which extreme of a bar its price path visits first.</summary>
public enum BarPathRule : byte
{
    /// <summary>The one nearer to the open; at equal distance the low first if the bar closes at or above its open, else the high.</summary>
    NearestExtremeFirst = 1,

    /// <summary>The one that is worse for the order that is asking: the high for a buy, the low for a sell.</summary>
    AdverseExtremeFirst = 2,
}

/// <summary>
/// What a simulated venue is and how it behaves. Everything random comes from <see cref="Seed"/>. What is at its default is left out where options are
/// written as JSON, if it is newer than the first logs of venues: so those are continued.
/// </summary>
public sealed record SimulatedVenueOptions
{
    private const long NanosPerDay = 86_400_000_000_000;

    /// <summary>Seed of all of the venue's generators.</summary>
    public ulong Seed { get; init; }

    /// <summary>The instruments, at least one; their order does not matter.</summary>
    public required IReadOnlyList<VenueInstrument> Instruments { get; init; }

    /// <summary>Fee of a resting order's fill as a share of its value, -1 to 1; below zero is a rebate.</summary>
    public Ratio MakerFee { get; init; } = new(FixedPoint.One / 1000);

    /// <summary>Fee of a taking order's fill as a share of its value, -1 to 1.</summary>
    public Ratio TakerFee { get; init; } = new(FixedPoint.One / 1000);

    /// <summary>What a taking order pays beyond the price it meets.</summary>
    public SlippageModel Slippage { get; init; } = SlippageModel.None;

    /// <summary>The way of an order, cancel or amend to the venue.</summary>
    public LatencyOptions OrderLatency { get; init; } = LatencyOptions.Constant(50_000_000);

    /// <summary>The way of a report back; <c>null</c>: distributed as <see cref="OrderLatency"/>.</summary>
    public LatencyOptions? ReportLatency { get; init; }

    /// <summary>Share of an order's quantity that can fill at one opportunity, above 0 to 1; at least one step fills.</summary>
    public Ratio FillRatio { get; init; } = new(FixedPoint.One);

    /// <summary>Chance that an opportunity fills anything, 0 to 1.</summary>
    public Ratio FillProbability { get; init; } = new(FixedPoint.One);

    /// <summary>Share of a bar's or a trade's volume that this venue's orders can have, above 0 to 1.</summary>
    public Ratio Participation { get; init; } = new(FixedPoint.One);

    /// <summary>The path of prices inside a bar.</summary>
    public BarPathRule BarPath { get; init; } = BarPathRule.NearestExtremeFirst;

    /// <summary>Whether a resting order fills when a bar's path touches its limit; else the path must go beyond it.</summary>
    public bool TouchFills { get; init; }

    /// <summary>A quote older than this, nanoseconds, fills nothing.</summary>
    public long MaxQuoteAgeNanos { get; init; } = 5_000_000_000;

    /// <summary>Open orders that the venue holds; one more is rejected. 1 to 1,000,000.</summary>
    public int MaxOpenOrders { get; init; } = 4096;

    /// <summary>Orders, cancels and amends on their way to the venue; one more is refused. 1 to 1,000,000.</summary>
    public int MaxCommandsInFlight { get; init; } = 4096;

    /// <summary>Reports not yet taken by <see cref="SimulatedVenue.TryAdvance"/>; one more throws. 1 to 10,000,000.</summary>
    public int MaxReportsInFlight { get; init; } = 16_384;

    /// <summary>Closed orders whose ids are remembered, to tell "too late" from "unknown" and to refuse their reuse. 1 to 10,000,000.</summary>
    public int MaxClosedOrders { get; init; } = 65_536;

    /// <summary>How fills are charged; <c>null</c>: by <see cref="MakerFee"/> and <see cref="TakerFee"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FeeModel? Fees { get; init; }

    /// <summary>In what fees are taken; <c>null</c>: the quote currency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CommissionOptions? Commission { get; init; }

    /// <summary>What goes wrong between the venue and its sender; <c>null</c>: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public VenueFaults? Faults { get; init; }

    /// <summary>
    /// Whether an arriving order trades with resting ones that the platform has at this venue. Without it, orders meet only what others do, save that
    /// self-trade prevention looks at the account's own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MatchOwnOrders { get; init; }

    /// <summary>Whether an order whose trigger is reached on arrival is refused, as Binance does; else it triggers then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RefusesReachedTriggers { get; init; }

    /// <summary>When the venue's day ends and DAY orders with it: nanoseconds after 00:00 UTC, 0 to one less than a day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long DayEndNanos { get; init; }

    /// <summary>Net positions that accounts have at the start; what is not named is flat.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyList<VenuePosition>? InitialPositions { get; init; }

    /// <summary>Pairs of account and instrument whose position is kept; an order of one more is rejected. 1 to 1,000,000.</summary>
    [JsonIgnore]
    public int MaxPositions { get; init; } = 4096;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the text names it, its value and the range.</exception>
    public void Validate()
    {
        Require(Instruments is { Count: > 0 }, nameof(Instruments), Instruments?.Count ?? 0, "at least one");
        var seen = new HashSet<uint>();
        foreach (VenueInstrument instrument in Instruments!)
        {
            ArgumentNullException.ThrowIfNull(instrument);
            instrument.Validate();
            Require(seen.Add(instrument.InstrumentId), nameof(Instruments), instrument.InstrumentId, "distinct instrument ids");
        }

        RequireRatio(MakerFee, nameof(MakerFee), -FixedPoint.One, "-1 to 1");
        RequireRatio(TakerFee, nameof(TakerFee), -FixedPoint.One, "-1 to 1");
        RequireRatio(FillRatio, nameof(FillRatio), 1, "above 0 to 1");
        RequireRatio(FillProbability, nameof(FillProbability), 0, "0 to 1");
        RequireRatio(Participation, nameof(Participation), 1, "above 0 to 1");
        Require(Slippage is not null, nameof(Slippage), "null", "a model, such as SlippageModel.None");
        OrderLatency.Validate(nameof(OrderLatency));
        ReportLatency?.Validate(nameof(ReportLatency));
        Require(Enum.IsDefined(BarPath), nameof(BarPath), BarPath, "a defined rule");
        Require(MaxQuoteAgeNanos >= 0, nameof(MaxQuoteAgeNanos), MaxQuoteAgeNanos, "0 or above");
        RequireCount(MaxOpenOrders, nameof(MaxOpenOrders), 1_000_000);
        RequireCount(MaxCommandsInFlight, nameof(MaxCommandsInFlight), 1_000_000);
        RequireCount(MaxReportsInFlight, nameof(MaxReportsInFlight), 10_000_000);
        RequireCount(MaxClosedOrders, nameof(MaxClosedOrders), 10_000_000);
        Commission?.Validate();
        Faults?.Validate();
        Require(DayEndNanos is >= 0 and < NanosPerDay, nameof(DayEndNanos), DayEndNanos, $"0 to {NanosPerDay - 1}");
        RequireCount(MaxPositions, nameof(MaxPositions), 1_000_000);
        ValidatePositions(seen);
    }

    private void ValidatePositions(HashSet<uint> instruments)
    {
        var pairs = new HashSet<(uint Account, uint Instrument)>();
        foreach (VenuePosition position in InitialPositions ?? [])
        {
            Require(instruments.Contains(position.InstrumentId), nameof(InitialPositions), position.InstrumentId, "instruments of the venue");
            Require(pairs.Add((position.AccountId, position.InstrumentId)), nameof(InitialPositions), position, "one for each account and instrument");
        }

        Require(pairs.Count <= MaxPositions, nameof(InitialPositions), pairs.Count, $"at most {nameof(MaxPositions)}: {MaxPositions}");
    }

    private static void RequireRatio(Ratio value, string name, long minimumRaw, string range) =>
        Require(value.Raw >= minimumRaw && value.Raw <= FixedPoint.One, name, value, range);

    private static void RequireCount(int value, string name, int maximum) =>
        Require(value >= 1 && value <= maximum, name, value, $"1 to {maximum}");

    private static void Require(bool holds, string name, object value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; allowed: {range}", name);
        }
    }
}
