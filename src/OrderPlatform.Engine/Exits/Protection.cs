using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Exits;

/// <summary>A position's protection, in the same row as the position; its quantity is the position's (T15).</summary>
public struct Protection : IRow<Protection>
{
    /// <summary>Zero is none.</summary>
    public Price StopPrice;

    /// <summary>Zero is none.</summary>
    public Price TargetPrice;

    /// <summary>Best price since the entry, for the trailing stop; zero until it trails.</summary>
    public Price BestPrice;

    /// <summary>The trailing stop; zero until it trails.</summary>
    public Price TrailingPrice;

    /// <summary>What sd or atr levels came from: of the price.</summary>
    public Ratio Volatility;

    /// <summary>Time exit; zero is none.</summary>
    public long ExitAtNanos;

    static ushort IRow<Protection>.TemplateId => SnapshotProtectionDecoder.TemplateId;

    static void IRow<Protection>.Visit<TVisitor>(ref Protection row, ref TVisitor visitor)
    {
        visitor.Add("stopPrice", ref row.StopPrice);
        visitor.Add("targetPrice", ref row.TargetPrice);
        visitor.Add("bestPrice", ref row.BestPrice);
        visitor.Add("trailingPrice", ref row.TrailingPrice);
        visitor.Add("volatility", ref row.Volatility);
        visitor.Add("exitAtNanos", ref row.ExitAtNanos);
    }
}
