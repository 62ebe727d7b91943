using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>What one strategy holds of one instrument, the round that is open, and the intent that waits. Accounting is <see cref="PositionBook"/>'s.</summary>
public struct Position
{
    /// <summary>Row of the strategy.</summary>
    public int Strategy;

    /// <summary>Row of the instrument.</summary>
    public int Instrument;

    /// <summary>Row of the account.</summary>
    public int Account;

    /// <summary>Next position of the same instrument, or -1.</summary>
    public int NextOfInstrument;

    /// <summary>Next position of the same strategy, or -1.</summary>
    public int NextOfStrategy;

    /// <summary>Next position of the same account, or -1.</summary>
    public int NextOfAccount;

    /// <summary>Held, signed.</summary>
    public Quantity Quantity;

    /// <summary>What the held quantity cost; signed as the quantity.</summary>
    public Money Cost;

    /// <summary>Realised profit since the start, before fees.</summary>
    public Money Realised;

    /// <summary>Fees since the start, valued in quote.</summary>
    public Money Fees;

    /// <summary>Fees in a third currency since the start, in that currency: kept apart (D20).</summary>
    public Money OtherFees;

    /// <summary>The open round from flat to flat.</summary>
    public Trades.Round Round;

    /// <summary>What is wanted and not yet ordered.</summary>
    public Signals.Intent Intent;

    /// <summary>Quantity of open orders that would increase the position.</summary>
    public Quantity PendingOpening;

    /// <summary>Row of the order that carries out the last intent, or -1.</summary>
    public int WorkingOrder;

    /// <summary>When the last valuation went out.</summary>
    public long ValuedAtNanos;

    /// <summary>Average entry price, half away from zero; zero when flat.</summary>
    public readonly Price AveragePrice =>
        Quantity.IsZero || !FixedPoint.TryMultiplyDivide(System.Math.Abs(Cost.Raw), FixedPoint.One, System.Math.Abs(Quantity.Raw), out long raw)
            ? Price.Zero
            : new Price(raw);

    /// <summary>-1, 0 or 1.</summary>
    public readonly Direction Side => Quantity.Raw > 0 ? Direction.Long : Quantity.Raw < 0 ? Direction.Short : Direction.Neutral;
}
