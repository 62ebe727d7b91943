using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Sizing;

/// <summary>How a wish becomes a quantity (R46, D4).</summary>
public struct SizingRules
{
    /// <summary>Which rule.</summary>
    public SizingMode Mode;

    /// <summary>With FixedQuantity.</summary>
    public Quantity FixedQuantity;

    /// <summary>With EquityFraction.</summary>
    public Ratio EquityFraction;

    /// <summary>With FixedNotional.</summary>
    public Money FixedNotional;

    /// <summary>With VolatilityTarget: of a bar, as a share of equity.</summary>
    public Ratio TargetVolatility;

    /// <summary>With Kelly: 0.25 is quarter Kelly.</summary>
    public Ratio KellyMultiplier;

    /// <summary>With Kelly.</summary>
    public Ratio KellyWinRate;

    /// <summary>With Kelly: most loss at the stop, of equity.</summary>
    public Ratio RiskPerTrade;

    /// <summary>With Kelly and VolatilityTarget: most notional, of equity; zero is none.</summary>
    public Ratio MaximumFraction;

    internal static void Visit<TVisitor>(ref SizingRules row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("sizingMode", ref row.Mode);
        visitor.Add("fixedQuantity", ref row.FixedQuantity);
        visitor.Add("equityFraction", ref row.EquityFraction);
        visitor.Add("fixedNotional", ref row.FixedNotional);
        visitor.Add("targetVolatility", ref row.TargetVolatility);
        visitor.Add("kellyMultiplier", ref row.KellyMultiplier);
        visitor.Add("kellyWinRate", ref row.KellyWinRate);
        visitor.Add("riskPerTrade", ref row.RiskPerTrade);
        visitor.Add("kellyMaximumFraction", ref row.MaximumFraction);
    }
}
