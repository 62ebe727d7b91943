using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>One round from flat to flat of a strategy's position.</summary>
/// <param name="Number">Number of the trade in its run, from 1.</param>
/// <param name="Client">Whose money it was.</param>
/// <param name="Strategy">The strategy that held it.</param>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Side">Long or short.</param>
/// <param name="EntryTimeNanos">Time of the first fill, nanoseconds since the Unix epoch, UTC.</param>
/// <param name="ExitTimeNanos">Time of the last fill, nanoseconds since the Unix epoch, UTC.</param>
/// <param name="EntryPrice">Volume-weighted average price of the entering fills.</param>
/// <param name="ExitPrice">Volume-weighted average price of the leaving fills.</param>
/// <param name="Quantity">Quantity entered and left, not negative.</param>
/// <param name="GrossPnl">P&amp;L before fees.</param>
/// <param name="Fees">All fees of the trade's fills; negative for rebates.</param>
/// <param name="ExitReason">Why it ended, such as <c>stop-loss</c>.</param>
/// <param name="FillCount">Fills it took, in and out.</param>
public readonly record struct TradeRecord(
    int Number,
    string Client,
    string Strategy,
    string Instrument,
    TradeSide Side,
    long EntryTimeNanos,
    long ExitTimeNanos,
    Price EntryPrice,
    Price ExitPrice,
    Quantity Quantity,
    Money GrossPnl,
    Money Fees,
    string ExitReason,
    int FillCount)
{
    private readonly string? _venue;

    /// <summary>The venue's name; empty if nobody said.</summary>
    public string Venue
    {
        get => _venue ?? "";

        // One form of empty, so that equal trades compare equal.
        init => _venue = value.Length == 0 ? null : value;
    }

    /// <summary>The lowest that the trade's P&amp;L before fees was while it was open, zero or negative (MAE); <c>null</c> if nobody followed it.</summary>
    public Money? AdverseExcursion { get; init; }

    /// <summary>The highest that it was, zero or positive (MFE); <c>null</c> if nobody followed it.</summary>
    public Money? FavourableExcursion { get; init; }

    /// <summary>The most that it fell from a peak while the trade was open, not negative; <c>null</c> if nobody followed it.</summary>
    public Money? Drawdown { get; init; }

    /// <summary>What the end gave back of the best: the favourable excursion less the P&amp;L before fees, not negative.</summary>
    public Money? EndDrawdown => FavourableExcursion - GrossPnl;

    /// <summary>What its fills cost beside the prices of the decisions: above zero they were worse; <c>null</c> if nobody said.</summary>
    public Money? Slippage { get; init; }

    /// <summary>Funding received less paid while it was open.</summary>
    public Money Funding { get; init; }

    /// <summary>P&amp;L after fees, with funding. Its sign decides between won, lost and even.</summary>
    public Money NetPnl => GrossPnl - Fees + Funding;

    /// <summary>Time held, nanoseconds.</summary>
    public long DurationNanos => ExitTimeNanos - EntryTimeNanos;

    /// <summary>Net P&amp;L over the absolute value entered, as a fraction (0.01 is 1 %); 0 when nothing of value was entered.</summary>
    public double ReturnFraction
    {
        get
        {
            // In doubles: price times quantity may leave 64 bits, and a share of it needs no more than 15 digits.
            double entryValue = Math.Abs((double)EntryPrice.Raw * Quantity.Raw / FixedPoint.One);
            return entryValue > 0 ? NetPnl.Raw / entryValue : 0;
        }
    }
}
