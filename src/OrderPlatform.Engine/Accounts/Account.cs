using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Accounts;

/// <summary>A client's account at a venue.</summary>
public struct Account
{
    /// <summary>Outside id.</summary>
    public uint Id;

    /// <summary>Row of its client.</summary>
    public int Client;

    /// <summary>Row of its venue.</summary>
    public int Venue;

    /// <summary>Quote currency held; below zero where a purchase was financed.</summary>
    public Money Cash;

    /// <summary>Cash at the start.</summary>
    public Money InitialCash;

    /// <summary>Held back for open orders that increase exposure.</summary>
    public Money Reserved;

    /// <summary>Most exposure as a multiple of equity.</summary>
    public Ratio MaximumLeverage;

    /// <summary>First position row of the account's list, or -1.</summary>
    public int FirstPosition;
}
