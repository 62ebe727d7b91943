using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Ledger;

/// <summary>Adds everything up again and compares.</summary>
internal static class LedgerProof
{
    public static bool TryAccounts(EngineState state, out LedgerGap gap)
    {
        gap = default;
        foreach (ref readonly Account account in state.Accounts.Rows)
        {
            Sums sums = default;
            for (int row = account.FirstPosition; row >= 0; row = state.Positions[row].NextOfAccount)
            {
                sums.Add(state, state.Positions[row]);
            }

            uint id = account.Id;
            Int128 surplus = LedgerLine.Surplus(account);
            bool holds = Same(LedgerSum.Account, id, 0, surplus, ref gap)
                && Same(LedgerSum.Cost, id, sums.Cost, account.Cost.Raw, ref gap)
                && Same(LedgerSum.Fees, id, sums.Fees, (Int128)account.Fees.Raw + account.SeededFees.Raw, ref gap)
                && Same(LedgerSum.Realised, id, sums.Realised, (Int128)account.Realised.Raw + account.SeededRealised.Raw, ref gap)
                && Same(LedgerSum.Funding, id, sums.Funding, account.Funding.Raw, ref gap)
                && Same(LedgerSum.Value, id, sums.Value, account.Value, ref gap)
                && Same(LedgerSum.Exposure, id, sums.Exposure, account.Exposure, ref gap);
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    public static bool TryStrategies(EngineState state, out LedgerGap gap)
    {
        gap = default;
        foreach (ref readonly Strategy strategy in state.Strategies.Rows)
        {
            Sums sums = default;
            for (int row = strategy.FirstPosition; row >= 0; row = state.Positions[row].NextOfStrategy)
            {
                sums.Add(state, state.Positions[row]);
            }

            Int128 net = sums.Realised - sums.Fees + sums.Funding;
            if (!Same(LedgerSum.NetRealised, strategy.Id, net, strategy.NetRealised.Raw, ref gap)
                || !Same(LedgerSum.Unrealised, strategy.Id, sums.Unrealised, strategy.Unrealised, ref gap))
            {
                return false;
            }
        }

        return true;
    }

    public static bool TryBalances(EngineState state, out LedgerGap gap)
    {
        gap = default;
        for (int account = 0; account < state.Accounts.Count; account++)
        {
            uint id = state.Accounts[account].Id;
            Int128 fees = 0;
            int assets = 0;
            foreach (ref readonly AssetBalance balance in state.Balances.Rows)
            {
                if (balance.Account == account)
                {
                    assets++;
                    fees += balance.Fees.Raw;
                    if (!Same(LedgerSum.Balance, id, -(Int128)balance.Fees.Raw, balance.Amount.Raw, ref gap))
                    {
                        return false;
                    }
                }
            }

            Int128 paid = 0;
            for (int row = state.Accounts[account].FirstPosition; row >= 0; row = state.Positions[row].NextOfAccount)
            {
                paid += state.Positions[row].OtherFees.Raw;
            }

            // With all its places taken an account may have paid in assets that it has no balance of.
            if (assets < AssetBalanceTable.PerAccount && !Same(LedgerSum.OtherFees, id, paid, fees, ref gap))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(LedgerSum sum, uint id, Int128 expected, Int128 actual, ref LedgerGap gap)
    {
        gap = expected == actual ? gap : new LedgerGap(sum, id, expected, actual);
        return expected == actual;
    }

    private ref struct Sums
    {
        public Int128 Cost;
        public Int128 Fees;
        public Int128 Realised;
        public Int128 Funding;
        public Int128 Value;
        public Int128 Exposure;
        public Int128 Unrealised;

        public void Add(EngineState state, in Position position)
        {
            Cost += state.Instruments[position.Instrument].Kind == InstrumentKind.Spot ? position.Cost.Raw : 0;
            Fees += position.Fees.Raw;
            Realised += position.Realised.Raw;
            Funding += position.Funding.Raw;
            Value += position.Value.Raw;
            Exposure += position.Exposure.Raw;
            Unrealised += position.Unrealised.Raw;
        }
    }
}
