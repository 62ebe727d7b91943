using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>Counts and sums of some trades. A trade is won when its net P&amp;L is above zero, lost below, even at zero. Sums are exact.</summary>
/// <param name="Winners">Trades won.</param>
/// <param name="Losers">Trades lost.</param>
/// <param name="Even">Trades with a net P&amp;L of zero.</param>
/// <param name="GrossPnl">Sum of P&amp;L before fees.</param>
/// <param name="Fees">Sum of fees.</param>
/// <param name="Funding">Sum of funding received less paid.</param>
public readonly record struct TradeGroup(int Winners, int Losers, int Even, Money GrossPnl, Money Fees, Money Funding)
{
    /// <summary>All trades of the group.</summary>
    public int Count => Winners + Losers + Even;

    /// <summary>Sum of P&amp;L after fees, with funding.</summary>
    public Money NetPnl => GrossPnl - Fees + Funding;

    /// <summary>Winners over all trades, even ones included; <c>null</c> without trades.</summary>
    public double? WinRate => Count > 0 ? (double)Winners / Count : null;

    /// <summary>The group with one more trade.</summary>
    /// <exception cref="OverflowException">A sum left 64 bits.</exception>
    public TradeGroup With(in TradeRecord trade)
    {
        int sign = Math.Sign(trade.NetPnl.Raw);
        return new TradeGroup(
            Winners + (sign > 0 ? 1 : 0),
            Losers + (sign < 0 ? 1 : 0),
            Even + (sign == 0 ? 1 : 0),
            GrossPnl + trade.GrossPnl,
            Fees + trade.Fees,
            Funding + trade.Funding);
    }
}
