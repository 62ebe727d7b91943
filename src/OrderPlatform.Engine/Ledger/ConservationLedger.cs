using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Ledger;

/// <summary>
/// The conservation ledger (N10). After every posting, from the values before and after and not from what the books meant to change: the account balances, its
/// sums moved as its position's did, the strategy's result moved with them, and cash moved by what the input says. If one of it does not hold the shard is
/// halted for good: what is wrong stays visible instead of drifting.
/// </summary>
public static class ConservationLedger
{
    /// <summary>Checks a posting to a position.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="position">The position after it.</param>
    /// <param name="before">Its line before.</param>
    /// <param name="cash">By what cash had to move, from the input.</param>
    /// <param name="template">The input's template.</param>
    internal static void Check(EngineState state, in Position position, in LedgerLine before, Int128 cash, ushort template)
    {
        var after = LedgerLine.Of(state, position);
        bool isSpot = state.Instruments[position.Instrument].Kind == InstrumentKind.Spot;
        Int128 fees = (Int128)after.PositionFees - before.PositionFees;
        Int128 realised = (Int128)after.PositionRealised - before.PositionRealised;
        Int128 funding = (Int128)after.PositionFunding - before.PositionFunding;
        Int128 cost = isSpot ? (Int128)after.PositionCost - before.PositionCost : 0;
        Int128 moved = (Int128)after.Cash - before.Cash;
        bool balances = LedgerLine.Surplus(state.Accounts[position.Account]) == 0
            && moved == cash
            && (Int128)after.Cost - before.Cost == cost
            && after.Fees - before.Fees == fees
            && after.Realised - before.Realised == realised
            && (Int128)after.Funding - before.Funding == funding
            && after.Transfers == before.Transfers
            && (Int128)after.Net - before.Net == realised - fees + funding;
        if (!balances)
        {
            Break(state, position.Account, template, cash, moved);
        }
    }

    /// <summary>Checks a posting to an account alone.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="row">Row of the account.</param>
    /// <param name="cashBefore">Its cash before.</param>
    /// <param name="cash">By what cash had to move.</param>
    /// <param name="template">The input's template.</param>
    internal static void Check(EngineState state, int row, long cashBefore, Int128 cash, ushort template)
    {
        ref Account account = ref state.Accounts[row];
        Int128 moved = (Int128)account.Cash.Raw - cashBefore;
        if (LedgerLine.Surplus(account) != 0 || moved != cash)
        {
            Break(state, row, template, cash, moved);
        }
    }

    /// <summary>
    /// Proves the whole: every account balances, its sums are those of its positions and of what seeds brought, strategies' results and sums at the marks are
    /// those of their positions, and fees in third assets left the balances. Walks every table: for snapshots, operators and tests.
    /// </summary>
    /// <param name="state">The engine.</param>
    /// <param name="gap">The first thing that does not hold.</param>
    /// <returns>Whether all holds.</returns>
    public static bool TryProve(EngineState state, out LedgerGap gap)
    {
        ArgumentNullException.ThrowIfNull(state);
        return LedgerProof.TryAccounts(state, out gap) && LedgerProof.TryStrategies(state, out gap) && LedgerProof.TryBalances(state, out gap);
    }

    private static void Break(EngineState state, int account, ushort template, Int128 expected, Int128 actual)
    {
        if (state.LedgerBroken)
        {
            return;
        }

        state.LedgerBroken = true;
        state.TradingState = TradingState.Halted;
        Events.Alert(state, Severity.Critical, ReasonCode.LedgerUnbalanced, template, state.Accounts[account].Id, Valuation.Hold(expected).Raw,
            Valuation.Hold(actual).Raw);
    }
}
