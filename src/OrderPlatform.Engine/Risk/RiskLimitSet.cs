using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;

namespace OrderPlatform.Engine.Risk;

/// <summary>The limits of a client or a strategy (D1, D2, R106 to R121). What is at its type's largest value is not limited; all that are set hold.</summary>
public struct RiskLimitSet
{
    /// <summary>Smallest order, in base; zero is none.</summary>
    public Quantity MinimumOrderQuantity;

    /// <summary>Largest order, in base.</summary>
    public Quantity MaximumOrderQuantity;

    /// <summary>Largest order, in quote.</summary>
    public Money MaximumOrderNotional;

    /// <summary>Largest position, in base.</summary>
    public Quantity MaximumPositionQuantity;

    /// <summary>Largest position, in quote at the mark.</summary>
    public Money MaximumPositionNotional;

    /// <summary>Largest position, as a fraction of the account's equity.</summary>
    public Ratio MaximumPositionFraction;

    /// <summary>Largest loss of a day, in quote: from it on, nothing increases (D1).</summary>
    public Money MaximumDailyLoss;

    /// <summary>The same as a fraction of the day's opening equity (D1).</summary>
    public Ratio MaximumDailyLossFraction;

    /// <summary>Largest fall from the highest result.</summary>
    public Money MaximumDrawdown;

    /// <summary>The same as a fraction of the equity at the highest result.</summary>
    public Ratio MaximumDrawdownFraction;

    /// <summary>Furthest limit price from the mark (R113).</summary>
    public Ratio MaximumPriceDeviation;

    /// <summary>An instrument's largest share of equity over all of the client's strategies.</summary>
    public Ratio MaximumConcentration;

    /// <summary>Largest exposure over equity.</summary>
    public Ratio MaximumLeverage;

    /// <summary>Largest loss of an order at its stop.</summary>
    public Money MaximumLossPerTrade;

    /// <summary>Most open orders.</summary>
    public uint MaximumOpenOrders;

    /// <summary>Most requests to venues within the window.</summary>
    public uint MaximumMessages;

    /// <summary>That window.</summary>
    public long MessageWindowNanos;

    /// <summary>Oldest mark by which something opens.</summary>
    public long MaximumPriceAgeNanos;

    /// <summary>Furthest mark from the decision price at which something still opens (R51).</summary>
    public Ratio MaximumSlippage;

    /// <summary>Whether positions are reduced when a limit breaks (R119).</summary>
    public bool ReduceOnBreach;

    /// <summary>No limit at all.</summary>
    public static readonly RiskLimitSet None = new()
    {
        MaximumOrderQuantity = new Quantity(long.MaxValue),
        MaximumOrderNotional = new Money(long.MaxValue),
        MaximumPositionQuantity = new Quantity(long.MaxValue),
        MaximumPositionNotional = new Money(long.MaxValue),
        MaximumPositionFraction = new Ratio(long.MaxValue),
        MaximumDailyLoss = new Money(long.MaxValue),
        MaximumDailyLossFraction = new Ratio(long.MaxValue),
        MaximumDrawdown = new Money(long.MaxValue),
        MaximumDrawdownFraction = new Ratio(long.MaxValue),
        MaximumPriceDeviation = new Ratio(long.MaxValue),
        MaximumConcentration = new Ratio(long.MaxValue),
        MaximumLeverage = new Ratio(long.MaxValue),
        MaximumLossPerTrade = new Money(long.MaxValue),
        MaximumOpenOrders = uint.MaxValue,
        MaximumMessages = uint.MaxValue,
        MaximumPriceAgeNanos = long.MaxValue,
        MaximumSlippage = new Ratio(long.MaxValue),
    };

    /// <summary>Whether a daily loss is limited.</summary>
    public readonly bool HasDailyLoss => MaximumDailyLoss.Raw != long.MaxValue || MaximumDailyLossFraction.Raw != long.MaxValue;

    /// <summary>Whether a drawdown is limited.</summary>
    public readonly bool HasDrawdown => MaximumDrawdown.Raw != long.MaxValue || MaximumDrawdownFraction.Raw != long.MaxValue;

    /// <summary>Whether there is a limit that prices and fills alone can break: such are watched after each of them (R119).</summary>
    public readonly bool IsWatched => HasDailyLoss || HasDrawdown || MaximumLeverage.Raw != long.MaxValue || MaximumConcentration.Raw != long.MaxValue;

    internal static void Visit<TVisitor>(ref RiskLimitSet row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("minimumOrderQuantity", ref row.MinimumOrderQuantity);
        visitor.Add("maximumOrderQuantity", ref row.MaximumOrderQuantity);
        visitor.Add("maximumOrderNotional", ref row.MaximumOrderNotional);
        visitor.Add("maximumPositionQuantity", ref row.MaximumPositionQuantity);
        visitor.Add("maximumPositionNotional", ref row.MaximumPositionNotional);
        visitor.Add("maximumPositionFraction", ref row.MaximumPositionFraction);
        visitor.Add("maximumDailyLoss", ref row.MaximumDailyLoss);
        visitor.Add("maximumDailyLossFraction", ref row.MaximumDailyLossFraction);
        visitor.Add("maximumDrawdown", ref row.MaximumDrawdown);
        visitor.Add("maximumDrawdownFraction", ref row.MaximumDrawdownFraction);
        visitor.Add("maximumPriceDeviation", ref row.MaximumPriceDeviation);
        visitor.Add("maximumConcentration", ref row.MaximumConcentration);
        visitor.Add("maximumLeverage", ref row.MaximumLeverage);
        visitor.Add("maximumLossPerTrade", ref row.MaximumLossPerTrade);
        visitor.Add("maximumOpenOrders", ref row.MaximumOpenOrders);
        visitor.Add("maximumMessages", ref row.MaximumMessages);
        visitor.Add("messageWindowNanos", ref row.MessageWindowNanos);
        visitor.Add("maximumPriceAgeNanos", ref row.MaximumPriceAgeNanos);
        visitor.Add("maximumSlippage", ref row.MaximumSlippage);
        visitor.Add("reduceOnBreach", ref row.ReduceOnBreach);
    }
}
