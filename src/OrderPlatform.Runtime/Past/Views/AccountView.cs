using OrderPlatform.Engine;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Positions;

namespace OrderPlatform.Runtime.Past.Views;

/// <summary>An account; money times 1e8 in its currency.</summary>
/// <param name="Account">Its id.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="Venue">Where.</param>
/// <param name="Cash">Cash.</param>
/// <param name="Reserved">Held back for open orders.</param>
/// <param name="Equity">Cash and positions at the marks.</param>
/// <param name="Exposure">Notional of its positions, without sign.</param>
/// <param name="Realised">Realised profit before fees.</param>
/// <param name="Fees">Fees.</param>
/// <param name="Funding">Funding received.</param>
/// <param name="IsDown">Whether it cannot be reached at its venue.</param>
public sealed record AccountView(
    uint Account, uint Client, uint Venue, long Cash, long Reserved, long Equity, long Exposure, long Realised, long Fees, long Funding, bool IsDown)
{
    internal static AccountView Of(EngineState state, int row)
    {
        ref Account account = ref state.Accounts[row];
        return new AccountView(
            account.Id, state.Clients[account.Client].Id, state.Venues[account.Venue].Id, account.Cash.Raw, account.Reserved.Raw, Valuation.Equity(state, row).Raw,
            Valuation.Exposure(state, row).Raw, account.Realised.Raw, account.Fees.Raw, account.Funding.Raw, account.IsDown);
    }
}
