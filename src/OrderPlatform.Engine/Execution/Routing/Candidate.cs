using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Sizing;

namespace OrderPlatform.Engine.Execution.Routing;

/// <summary>A venue that could take a part.</summary>
internal struct Candidate
{
    /// <summary>Row of the strategy's position there.</summary>
    public int Position;

    /// <summary>What a unit costs or brings, fee included.</summary>
    public long NetPrice;

    /// <summary>Displayed on the side that the part would take.</summary>
    public Quantity Displayed;

    /// <summary>The price that values a part there.</summary>
    public Price Price;

    /// <summary>What the venue asks of an order's size.</summary>
    public LotRules Rules;

    /// <summary>What it is given.</summary>
    public Quantity Quantity;

    /// <summary>Whether the venue takes an order of this size.</summary>
    public readonly bool Takes(Quantity quantity) => LotSize.Check(quantity, Price, Rules) == SizeVerdict.Fits;
}
