using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Execution;

/// <summary>How a strategy's orders are carried out (R51 to R57, R71 to R82).</summary>
public struct ExecutionRules
{
    /// <summary>Type of orders made from signals.</summary>
    public OrderType OrderType;

    /// <summary>Time in force of orders made from signals.</summary>
    public TimeInForce TimeInForce;

    /// <summary>Distance of limit prices from the mark.</summary>
    public Ratio LimitOffset;

    /// <summary>How a parent order is carried out.</summary>
    public ExecutionAlgorithm Algorithm;

    /// <summary>Where what opens goes.</summary>
    public RoutingMode Routing;

    /// <summary>TWAP, VWAP and POV.</summary>
    public long DurationNanos;

    /// <summary>TWAP and VWAP.</summary>
    public ushort Slices;

    /// <summary>Iceberg.</summary>
    public Ratio VisibleFraction;

    /// <summary>Iceberg: after this a visible part that does not fill is renewed.</summary>
    public long RefreshNanos;

    /// <summary>POV: share of the traded volume.</summary>
    public Ratio Participation;

    /// <summary>LimitThenMarket.</summary>
    public long LimitTimeoutNanos;

    /// <summary>LimitThenMarket: the rest goes to the market.</summary>
    public bool FallbackToMarket;

    /// <summary>Slices are limit orders at the strategy's offset.</summary>
    public bool UseLimitOrders;

    /// <summary>Limit orders must rest.</summary>
    public bool PostOnly;

    /// <summary>D3.</summary>
    public bool SplitOversized;

    /// <summary>After a refusal that may pass (D15).</summary>
    public byte RetryAttempts;

    /// <summary>Before each.</summary>
    public long RetryDelayNanos;

    /// <summary>Without acknowledgement for this long an order is in doubt; zero is for ever.</summary>
    public long ExecutionTimeoutNanos;

    /// <summary>Most of a parent at one venue; zero is all.</summary>
    public Ratio MaximumVenueShare;

    internal static void Visit<TVisitor>(ref ExecutionRules row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("orderType", ref row.OrderType);
        visitor.Add("timeInForce", ref row.TimeInForce);
        visitor.Add("limitOffset", ref row.LimitOffset);
        visitor.Add("algorithm", ref row.Algorithm);
        visitor.Add("routing", ref row.Routing);
        visitor.Add("durationNanos", ref row.DurationNanos);
        visitor.Add("slices", ref row.Slices);
        visitor.Add("visibleFraction", ref row.VisibleFraction);
        visitor.Add("refreshNanos", ref row.RefreshNanos);
        visitor.Add("participation", ref row.Participation);
        visitor.Add("limitTimeoutNanos", ref row.LimitTimeoutNanos);
        visitor.Add("fallbackToMarket", ref row.FallbackToMarket);
        visitor.Add("useLimitOrders", ref row.UseLimitOrders);
        visitor.Add("postOnly", ref row.PostOnly);
        visitor.Add("splitOversized", ref row.SplitOversized);
        visitor.Add("retryAttempts", ref row.RetryAttempts);
        visitor.Add("retryDelayNanos", ref row.RetryDelayNanos);
        visitor.Add("executionTimeoutNanos", ref row.ExecutionTimeoutNanos);
        visitor.Add("maximumVenueShare", ref row.MaximumVenueShare);
    }
}
