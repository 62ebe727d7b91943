using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>How a strategy's positions end (R47, R123 to R127, D6); zero is no such exit.</summary>
public struct ExitRules
{
    /// <summary>What the stop loss counts in.</summary>
    public ExitMode StopMode;

    /// <summary>Fraction of the entry price, or multiples.</summary>
    public Ratio StopLoss;

    /// <summary>What the take profit counts in.</summary>
    public ExitMode TakeProfitMode;

    /// <summary>Fraction of the entry price, or multiples.</summary>
    public Ratio TakeProfit;

    /// <summary>Closes of the standard deviation.</summary>
    public byte Window;

    /// <summary>Wilder's period.</summary>
    public byte AtrPeriod;

    /// <summary>Distance of the trailing stop, fraction of the best price.</summary>
    public Ratio TrailingOffset;

    /// <summary>Profit from which it trails, fraction of the entry price.</summary>
    public Ratio TrailingActivation;

    /// <summary>R125.</summary>
    public long MaximumHoldNanos;

    /// <summary>Whether there is any exit.</summary>
    public readonly bool IsAny => !StopLoss.IsZero || !TakeProfit.IsZero || !TrailingOffset.IsZero || MaximumHoldNanos != 0;

    internal static void Visit<TVisitor>(ref ExitRules row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("stopMode", ref row.StopMode);
        visitor.Add("stopLoss", ref row.StopLoss);
        visitor.Add("takeProfitMode", ref row.TakeProfitMode);
        visitor.Add("takeProfit", ref row.TakeProfit);
        visitor.Add("exitWindow", ref row.Window);
        visitor.Add("atrPeriod", ref row.AtrPeriod);
        visitor.Add("trailingOffset", ref row.TrailingOffset);
        visitor.Add("trailingActivation", ref row.TrailingActivation);
        visitor.Add("maximumHoldNanos", ref row.MaximumHoldNanos);
    }
}
