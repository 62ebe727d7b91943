using System.Globalization;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;

namespace OrderPlatform.Host.Output;

/// <summary>
/// The portfolio of an engine's state, a line for each client, and for each account, venue, instrument and strategy where there are several (R83, R84, R88).
/// </summary>
internal static class PortfolioText
{
    /// <summary>Prints it.</summary>
    public static void Write(TextWriter writer, EngineState state)
    {
        Lines(writer, "client", state.Clients.Count, 0, row => (state.Clients[row].Id, Portfolio.OfClient(state, row)), hasCash: true);
        Lines(writer, "account", state.Accounts.Count, 1, row => (state.Accounts[row].Id, Portfolio.OfAccount(state, row)), hasCash: true);
        Lines(writer, "venue", state.Venues.Count, 1, row => (state.Venues[row].Id, Portfolio.OfVenue(state, row)), hasCash: true);
        Lines(writer, "instrument", state.Instruments.Count, 1, row => (state.Instruments[row].Id, Portfolio.OfInstrument(state, row)), hasCash: false);
        Lines(writer, "strategy", state.Strategies.Count, 1, row => (state.Strategies[row].Id, Portfolio.OfStrategy(state, row)), hasCash: false);
    }

    private static void Lines(TextWriter writer, string kind, int count, int above, Func<int, (uint Id, PortfolioTotals Totals)> totals, bool hasCash)
    {
        for (int row = 0; count > above && row < count; row++)
        {
            (uint id, PortfolioTotals of) = totals(row);
            writer.Write($"{$"{kind} {id}",-16} {(hasCash ? $"equity {Text(of.Equity)}, cash {Text(of.Cash)}, " : "")}result {Text(of.Result)} (realised {Text(of.Realised)}, "
                + $"unrealised {Text(of.Unrealised)}, fees {Text(of.Fees)}, funding {Text(of.Funding)}), {of.Open} open: net {Text(of.Net)}, gross {Text(of.Gross)}, "
                + $"margin {Text(of.Margin)}; {of.Wins} trades won {Text(of.Won)}, {of.Losses} lost {Text(of.Lost)}, traded {Text(of.Traded)}, slippage {Text(of.Slippage)}\n");
        }
    }

    private static string Text(Int128 raw) => ((decimal)raw / FixedPoint.One).ToString("N2", CultureInfo.InvariantCulture);
}
