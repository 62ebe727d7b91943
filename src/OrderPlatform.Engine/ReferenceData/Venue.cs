using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>A venue.</summary>
public struct Venue : IRow<Venue>
{
    /// <summary>Outside id.</summary>
    public ushort Id;

    /// <summary>Fee for resting orders, as a fraction of value.</summary>
    public Ratio MakerFeeRate;

    /// <summary>Fee for taking orders, as a fraction of value.</summary>
    public Ratio TakerFeeRate;

    /// <summary>What it can do itself.</summary>
    public VenueFeatures Features;

    /// <summary>Orders of one batch request; 0 and 1 are none (R80).</summary>
    public byte BatchMaximum;

    /// <summary>When a DAY order ends, after 00:00 UTC.</summary>
    public long DayEndNanos;

    /// <summary>What it does when two orders of one account meet.</summary>
    public SelfTradePrevention SelfTradePrevention;

    /// <summary>Whether it cannot be reached.</summary>
    public bool IsDown;

    /// <summary>Nothing is sent before (429, 418).</summary>
    public long BlockedUntilNanos;

    /// <summary>Its circuit breaker.</summary>
    public Breaker Breaker;

    static ushort IRow<Venue>.TemplateId => SnapshotVenueDecoder.TemplateId;

    static void IRow<Venue>.Visit<TVisitor>(ref Venue row, ref TVisitor visitor)
    {
        visitor.Add("venueId", ref row.Id);
        visitor.Add("makerFeeRate", ref row.MakerFeeRate);
        visitor.Add("takerFeeRate", ref row.TakerFeeRate);
        visitor.Add("features", ref row.Features);
        visitor.Add("batchMaximum", ref row.BatchMaximum);
        visitor.Add("dayEndNanos", ref row.DayEndNanos);
        visitor.Add("selfTradePrevention", ref row.SelfTradePrevention);
        visitor.Add("isDown", ref row.IsDown);
        visitor.Add("blockedUntilNanos", ref row.BlockedUntilNanos);
        Risk.Breaker.Visit(ref row.Breaker, ref visitor);
    }
}
