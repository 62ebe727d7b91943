using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Engine.Timers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>A position's protection, in the same row as the position; its quantity is the position's (T15).</summary>
public struct Protection : IRow<Protection>
{
    /// <summary>No protection.</summary>
    public static readonly Protection None = new() { AlarmTimer = TimerTable.None };

    /// <summary>Zero is none.</summary>
    public Price StopPrice;

    /// <summary>Zero is none.</summary>
    public Price TargetPrice;

    /// <summary>Best price since the entry, for the trailing stop; zero until it trails.</summary>
    public Price BestPrice;

    /// <summary>The trailing stop; zero until it trails.</summary>
    public Price TrailingPrice;

    /// <summary>Standard deviation of returns at the entry; zero until known or where no level asks for it.</summary>
    public Ratio Volatility;

    /// <summary>Time exit; zero is none.</summary>
    public long ExitAtNanos;

    /// <summary>Volatility that came with the signal of the entry; zero is none.</summary>
    public Ratio SignalVolatility;

    /// <summary>Average true range at the entry; zero until known or where no level asks for it.</summary>
    public Price TrueRange;

    /// <summary>Volatility of the signal that was accepted last, for the round that it will begin.</summary>
    public Ratio PendingVolatility;

    /// <summary>Number of the round that is protected; zero is none.</summary>
    public uint RoundNumber;

    /// <summary>Since when a level that the rules ask for is missing; zero is not.</summary>
    public long UnprotectedSinceNanos;

    /// <summary>Timer of the alarm that tells so, or -1.</summary>
    public int AlarmTimer;

    static ushort IRow<Protection>.TemplateId => SnapshotProtectionDecoder.TemplateId;

    static void IRow<Protection>.Visit<TVisitor>(ref Protection row, ref TVisitor visitor)
    {
        visitor.Add("stopPrice", ref row.StopPrice);
        visitor.Add("targetPrice", ref row.TargetPrice);
        visitor.Add("bestPrice", ref row.BestPrice);
        visitor.Add("trailingPrice", ref row.TrailingPrice);
        visitor.Add("volatility", ref row.Volatility);
        visitor.Add("exitAtNanos", ref row.ExitAtNanos);
        visitor.Add("signalVolatility", ref row.SignalVolatility);
        visitor.Add("trueRange", ref row.TrueRange);
        visitor.Add("pendingVolatility", ref row.PendingVolatility);
        visitor.Add("roundNumber", ref row.RoundNumber);
        visitor.Add("unprotectedSinceNanos", ref row.UnprotectedSinceNanos);
        visitor.Add("alarmTimer", ref row.AlarmTimer);
    }
}
