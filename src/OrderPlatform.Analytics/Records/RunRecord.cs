using OrderPlatform.Engine.Numbers;
using OrderPlatform.HdrHistogram;

namespace OrderPlatform.Analytics;

/// <summary>
/// Everything a report needs about one run. The runtime fills it from the engine's outputs; reports only read it. All times are nanoseconds
/// since the Unix epoch, UTC; lists are in order of time.
/// </summary>
public sealed class RunRecord
{
    /// <summary>What the run was, in a few words.</summary>
    public string Title { get; set; } = "";

    /// <summary>The strategy's name.</summary>
    public string StrategyName { get; set; } = "";

    /// <summary>The strategy's version.</summary>
    public string StrategyVersion { get; set; } = "";

    /// <summary>The strategy's id.</summary>
    public string StrategyId { get; set; } = "";

    /// <summary>Whose money it was.</summary>
    public string Client { get; set; } = "";

    /// <summary>The instrument, or several of them in one text.</summary>
    public string Instrument { get; set; } = "";

    /// <summary>Where the market data came from.</summary>
    public string DataDescription { get; set; } = "";

    /// <summary>Time of the first input.</summary>
    public long FirstTimeNanos { get; set; }

    /// <summary>Time of the last input.</summary>
    public long LastTimeNanos { get; set; }

    /// <summary>Equity before the first input: the first peak of every drawdown and the base of every return.</summary>
    public Money InitialEquity { get; set; }

    /// <summary>Equity after the last input.</summary>
    public Money FinalEquity { get; set; }

    /// <summary>P&amp;L of what was closed, before fees (D20).</summary>
    public Money RealisedPnl { get; set; }

    /// <summary>P&amp;L of what is still open at its marks, before fees.</summary>
    public Money UnrealisedPnl { get; set; }

    /// <summary>All fees; negative if rebates outweigh them.</summary>
    public Money Fees { get; set; }

    /// <summary>Funding received less paid.</summary>
    public Money Funding { get; set; }

    /// <summary>Cash that was brought less what was taken away: no performance.</summary>
    public Money Deposits { get; set; }

    /// <summary>What the run is hoped to reach; <c>null</c> if the configuration does not say.</summary>
    public PerformanceTargets? Targets { get; set; }

    /// <summary>Every order that passed the risk checks.</summary>
    public List<OrderRecord> Orders { get; init; } = [];

    /// <summary>Every order that the risk checks refused.</summary>
    public List<RiskRefusal> Refusals { get; init; } = [];

    /// <summary>What each kind of risk check said, by its name; empty if the run does not tell every check.</summary>
    public Dictionary<string, CheckCount> Checks { get; init; } = [];

    /// <summary>Confidence and momentum of the signals.</summary>
    public SignalQuality SignalQuality { get; set; }

    /// <summary>Every fill.</summary>
    public List<FillRecord> Fills { get; init; } = [];

    /// <summary>Every closed trade.</summary>
    public List<TradeRecord> Trades { get; init; } = [];

    /// <summary>The account's value, one point a closed bar or bucket.</summary>
    public List<EquityPoint> Equity { get; init; } = [];

    /// <summary>The instrument whose price is recorded; empty if it is the only one.</summary>
    public string PriceInstrument { get; set; } = "";

    /// <summary>The instrument's price, for drawing.</summary>
    public List<PricePoint> Prices { get; init; } = [];

    /// <summary>What was still held at the end.</summary>
    public List<OpenPosition> OpenPositions { get; init; } = [];

    /// <summary>Inputs the engine processed.</summary>
    public long Inputs { get; set; }

    /// <summary>Signals among them.</summary>
    public long Signals { get; set; }

    /// <summary>Orders sent to venues.</summary>
    public long OrdersSent { get; set; }

    /// <summary>Orders filled completely.</summary>
    public long OrdersFilled { get; set; }

    /// <summary>Orders that venues rejected.</summary>
    public long OrdersRejected { get; set; }

    /// <summary>Signals that a filter held, by reason.</summary>
    public Dictionary<string, long> Holds { get; init; } = [];

    /// <summary>Intents that risk rejected, by reason code.</summary>
    public Dictionary<string, long> RiskRejections { get; init; } = [];

    /// <summary>Alerts raised, by reason.</summary>
    public Dictionary<string, long> Alerts { get; init; } = [];

    /// <summary>From sending each order to the venue's first answer, nanoseconds of the run's time; <c>null</c> if nobody recorded it.</summary>
    public LongHistogram? AnswerLatencyNanos { get; set; }

    /// <summary>From sending each order to its first fill, nanoseconds of the run's time; <c>null</c> if nobody recorded it.</summary>
    public LongHistogram? FillLatencyNanos { get; set; }

    /// <summary>Sequence of the last input.</summary>
    public long FinalSequence { get; set; }

    /// <summary>Digest of the state after the last input, lower-case hexadecimal.</summary>
    public string Digest { get; set; } = "";

    /// <summary>Wall-clock time the run took; zero if not measured.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>The journal's directory.</summary>
    public string JournalPath { get; set; } = "";

    /// <summary>The command that replays the journal; empty if the runtime does not say.</summary>
    public string ReplayCommand { get; set; } = "";

    /// <summary>Gaps found in the market data.</summary>
    public int GapCount { get; set; }

    /// <summary>The longest gap, nanoseconds.</summary>
    public long LongestGapNanos { get; set; }

    /// <summary>Realised and unrealised P&amp;L less fees, with funding.</summary>
    public Money NetPnl => RealisedPnl + UnrealisedPnl - Fees + Funding;

    /// <summary>
    /// Change of equity that P&amp;L, fees, funding and deposits do not explain: interest, adjustments, rounding; zero in a plain run. Reports show it when
    /// it is not.
    /// </summary>
    public Money OtherChange => FinalEquity - InitialEquity - NetPnl - Deposits;

    /// <summary>
    /// Change of equity but for deposits over the initial equity, as a fraction (R99); <c>null</c> without a positive initial equity.
    /// </summary>
    public double? TotalReturn => InitialEquity.Raw > 0 ? ((double)FinalEquity.Raw - Deposits.Raw - InitialEquity.Raw) / InitialEquity.Raw : null;
}
