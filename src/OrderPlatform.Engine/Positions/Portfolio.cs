using System;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Sums over positions by client, account, venue, instrument or strategy (R83, R94). They walk lists, or the whole table for a venue: for queries and reports,
/// not for the hot path. Sums of an account, a strategy and an instrument are in the currency in which it settles; those of a client and a venue in the
/// clients' own, through the marks of the accounts' conversions.
/// </summary>
public static class Portfolio
{
    /// <summary>Sums of a client, in its currency.</summary>
    public static PortfolioTotals OfClient(EngineState state, int client)
    {
        ArgumentNullException.ThrowIfNull(state);
        PortfolioTotals totals = default;
        for (int account = state.Clients[client].FirstAccount; account >= 0; account = state.Accounts[account].NextOfClient)
        {
            totals.AddCash(state, account, isConverted: true);
            AddPositions(state, account, ref totals, isConverted: true);
        }

        return totals;
    }

    /// <summary>Sums of an account, in its currency.</summary>
    public static PortfolioTotals OfAccount(EngineState state, int account)
    {
        ArgumentNullException.ThrowIfNull(state);
        PortfolioTotals totals = default;
        totals.AddCash(state, account, isConverted: false);
        AddPositions(state, account, ref totals, isConverted: false);
        return totals;
    }

    /// <summary>Sums of a venue over all clients, each in the client's currency.</summary>
    public static PortfolioTotals OfVenue(EngineState state, int venue)
    {
        ArgumentNullException.ThrowIfNull(state);
        PortfolioTotals totals = default;
        for (int account = 0; account < state.Accounts.Count; account++)
        {
            if (state.Accounts[account].Venue == venue)
            {
                totals.AddCash(state, account, isConverted: true);
                AddPositions(state, account, ref totals, isConverted: true);
            }
        }

        return totals;
    }

    /// <summary>Sums of an instrument over all clients, in what it settles in; no cash is an instrument's.</summary>
    public static PortfolioTotals OfInstrument(EngineState state, int instrument)
    {
        ArgumentNullException.ThrowIfNull(state);
        PortfolioTotals totals = default;
        for (int row = state.Instruments[instrument].FirstPosition; row >= 0; row = state.Positions[row].NextOfInstrument)
        {
            totals.AddPosition(state, row, isConverted: false);
        }

        return totals;
    }

    /// <summary>Sums of a strategy, in the currencies of its positions' accounts as if they were one; no cash is a strategy's.</summary>
    public static PortfolioTotals OfStrategy(EngineState state, int strategy)
    {
        ArgumentNullException.ThrowIfNull(state);
        PortfolioTotals totals = default;
        for (int row = state.Strategies[strategy].FirstPosition; row >= 0; row = state.Positions[row].NextOfStrategy)
        {
            totals.AddPosition(state, row, isConverted: false);
        }

        return totals;
    }

    private static void AddPositions(EngineState state, int account, ref PortfolioTotals totals, bool isConverted)
    {
        for (int row = state.Accounts[account].FirstPosition; row >= 0; row = state.Positions[row].NextOfAccount)
        {
            totals.AddPosition(state, row, isConverted);
        }
    }
}
