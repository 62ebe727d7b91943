using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Risk;

/// <summary>Exposures over several positions, in the client's currency: what checks and the continuous monitoring compare with equity.</summary>
internal static class ExposureFigures
{
    /// <summary>Of an instrument over all of a client's strategies, open orders included. Walks the positions of the instrument.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="client">Row of the client.</param>
    /// <param name="instrument">Row of the instrument.</param>
    /// <param name="position">Row of the position whose exposure is given instead, or -1.</param>
    /// <param name="exposure">That exposure, in the currency of its account.</param>
    public static Int128 OfInstrument(EngineState state, int client, int instrument, int position = -1, long exposure = 0)
    {
        Int128 sum = 0;
        ref Instrument thing = ref state.Instruments[instrument];
        for (int row = thing.FirstPosition; row >= 0; row = state.Positions[row].NextOfInstrument)
        {
            ref Position held = ref state.Positions[row];
            if (state.Strategies[held.Strategy].Client == client)
            {
                Int128 amount = row == position ? exposure : (Int128)held.Exposure.Raw + held.Pending.Raw;
                sum += Valuation.Converted(state, state.Accounts[held.Account], amount);
            }
        }

        return sum;
    }

    /// <summary>Of a client: its accounts' positions and what open orders hold back.</summary>
    public static Int128 OfClient(EngineState state, int client)
    {
        Int128 sum = 0;
        for (int row = state.Clients[client].FirstAccount; row >= 0; row = state.Accounts[row].NextOfClient)
        {
            ref Account account = ref state.Accounts[row];
            sum += Valuation.Converted(state, account, account.Exposure + account.Reserved.Raw);
        }

        return sum;
    }

    /// <summary>Of a strategy: its positions and its open orders at the marks.</summary>
    public static Int128 OfStrategy(EngineState state, in Strategy strategy) =>
        Valuation.Converted(state, state.Accounts[strategy.Account], strategy.Exposure);

    /// <summary>Equity of a strategy's account, in the client's currency.</summary>
    public static long EquityOfStrategy(EngineState state, in Strategy strategy) =>
        CheckNumber.Hold(Valuation.Converted(state, state.Accounts[strategy.Account], Valuation.Equity(state, strategy.Account).Raw));
}
