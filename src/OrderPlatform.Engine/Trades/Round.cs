using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Trades;

/// <summary>A round from flat to flat while it is open; when it ends it becomes a trade.</summary>
public struct Round
{
    /// <summary>Number of the round, from 1; 0 before the first.</summary>
    public uint Number;

    /// <summary>Which way it began.</summary>
    public Direction Direction;

    /// <summary>Time of its first fill.</summary>
    public long EntryTimeNanos;

    /// <summary>Fills in it; a fill that crosses zero counts in both rounds.</summary>
    public uint FillCount;

    /// <summary>Sum of the fills that opened or added, without sign.</summary>
    public Quantity EntryQuantity;

    /// <summary>Their value.</summary>
    public Money EntryValue;

    /// <summary>Sum of the fills that reduced, without sign.</summary>
    public Quantity ExitQuantity;

    /// <summary>Their value.</summary>
    public Money ExitValue;

    /// <summary>Realised profit of the round, before fees.</summary>
    public Money Realised;

    /// <summary>Fees of the round, valued in quote.</summary>
    public Money Fees;
}
