using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>An instrument with its venue's rules and its newest market data.</summary>
public struct Instrument : IRow<Instrument>
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Row of its venue.</summary>
    public int Venue;

    /// <summary>Spot, linear or inverse.</summary>
    public InstrumentKind Kind;

    /// <summary>Prices are multiples of it.</summary>
    public Price PriceTick;

    /// <summary>Quantities are multiples of it.</summary>
    public Quantity QuantityStep;

    /// <summary>Smallest order; zero if the venue has no such rule.</summary>
    public Quantity MinimumQuantity;

    /// <summary>Largest order; the largest quantity there is if the venue has no such rule.</summary>
    public Quantity MaximumQuantity;

    /// <summary>Smallest order value; zero if the venue has no such rule.</summary>
    public Money MinimumNotional;

    /// <summary>Largest order value; the largest money there is if the venue has no such rule.</summary>
    public Money MaximumNotional;

    /// <summary>Units of base (linear) or quote (inverse) a contract; 1 with spot.</summary>
    public Quantity Multiplier;

    /// <summary>The same tradable thing at several venues has one; 0 is none.</summary>
    public uint Product;

    /// <summary>Of the notional.</summary>
    public Ratio MaintenanceMarginRate;

    /// <summary>The venue's deduction of this bracket.</summary>
    public Money MaintenanceAmount;

    /// <summary>Code of the base asset: eight characters as a number.</summary>
    public ulong BaseAsset;

    /// <summary>Code of the quote asset.</summary>
    public ulong QuoteAsset;

    /// <summary>The price that values positions; zero until the first market data.</summary>
    public Price Mark;

    /// <summary>When the mark was set, by the input's timestamp.</summary>
    public long MarkTimeNanos;

    /// <summary>Best bid; zero until known.</summary>
    public Price Bid;

    /// <summary>Displayed there.</summary>
    public Quantity BidQuantity;

    /// <summary>Best ask; zero until known.</summary>
    public Price Ask;

    /// <summary>Displayed there.</summary>
    public Quantity AskQuantity;

    /// <summary>Volume seen since the start, held at the largest number.</summary>
    public Quantity Traded;

    /// <summary>Venue time of the last funding booked.</summary>
    public long FundingTimeNanos;

    /// <summary>Rate of a funding that waits for a mark (T18).</summary>
    public Ratio PendingFundingRate;

    /// <summary>Its venue time; zero where none waits.</summary>
    public long PendingFundingNanos;

    /// <summary>First of the held orders that wait for its prices, or -1.</summary>
    public int FirstHeld;

    /// <summary>First position row of the instrument's list, or -1.</summary>
    public int FirstPosition;

    /// <summary>Next instrument of the same product, or -1.</summary>
    public int NextOfProduct;

    /// <summary>The asset in which profit and loss of a position arise.</summary>
    public readonly ulong SettleAsset => Kind == InstrumentKind.Inverse ? BaseAsset : QuoteAsset;

    static ushort IRow<Instrument>.TemplateId => SnapshotInstrumentDecoder.TemplateId;

    static void IRow<Instrument>.Visit<TVisitor>(ref Instrument row, ref TVisitor visitor)
    {
        visitor.Add("instrumentId", ref row.Id);
        visitor.Add("venueRow", ref row.Venue);
        visitor.Add("kind", ref row.Kind);
        visitor.Add("priceTick", ref row.PriceTick);
        visitor.Add("quantityStep", ref row.QuantityStep);
        visitor.Add("minimumQuantity", ref row.MinimumQuantity);
        visitor.Add("maximumQuantity", ref row.MaximumQuantity);
        visitor.Add("minimumNotional", ref row.MinimumNotional);
        visitor.Add("maximumNotional", ref row.MaximumNotional);
        visitor.Add("multiplier", ref row.Multiplier);
        visitor.Add("productId", ref row.Product);
        visitor.Add("maintenanceMarginRate", ref row.MaintenanceMarginRate);
        visitor.Add("maintenanceAmount", ref row.MaintenanceAmount);
        visitor.Add("baseAsset", ref row.BaseAsset);
        visitor.Add("quoteAsset", ref row.QuoteAsset);
        visitor.Add("mark", ref row.Mark);
        visitor.Add("markTimeNanos", ref row.MarkTimeNanos);
        visitor.Add("bid", ref row.Bid);
        visitor.Add("bidQuantity", ref row.BidQuantity);
        visitor.Add("ask", ref row.Ask);
        visitor.Add("askQuantity", ref row.AskQuantity);
        visitor.Add("traded", ref row.Traded);
        visitor.Add("fundingTimeNanos", ref row.FundingTimeNanos);
        visitor.Add("firstHeldRow", ref row.FirstHeld);
        visitor.Add("pendingFundingRate", ref row.PendingFundingRate);
        visitor.Add("pendingFundingNanos", ref row.PendingFundingNanos);
    }
}
