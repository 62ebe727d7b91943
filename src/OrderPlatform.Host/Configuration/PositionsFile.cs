using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Configuration;

/// <summary>
/// Reads the positions of R90: Symbol, Exchange, Quantity, AvgEntryPrice, RealizedPnL, UnrealizedPnL, TotalFees, LastUpdate; a file that ends with .json is
/// JSON, any other CSV (R89). Rows of other symbols or exchanges are not for this strategy.
/// </summary>
internal static class PositionsFile
{
    /// <summary>The columns, in the order of a CSV file.</summary>
    public static readonly string[] Columns = ["Symbol", "Exchange", "Quantity", "AvgEntryPrice", "RealizedPnL", "UnrealizedPnL", "TotalFees", "LastUpdate"];

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path, or null for no positions.</param>
    /// <param name="symbol">Whose positions are taken.</param>
    /// <param name="exchange">At which exchange, or null for any.</param>
    /// <param name="mode">Of the account: a hedging one has legs.</param>
    /// <exception cref="ConfigurationException">It is missing or wrong; the text names file, line and what is allowed.</exception>
    public static IReadOnlyList<SeedSetup> Read(string? file, Symbol symbol, string? exchange, PositionMode? mode = null)
    {
        if (file is null)
        {
            return [];
        }

        if (!File.Exists(file))
        {
            throw new ConfigurationException($"initial_positions_file {file} does not exist: check the path (it is relative to the configuration's folder)");
        }

        var seeds = new List<SeedSetup>();
        bool isHedged = mode == PositionMode.Hedging;
        foreach (PositionRow row in file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonPositions.Read(file) : CsvPositions.Read(file))
        {
            if (!IsSame(row.Symbol, symbol.ToString()) || (exchange is not null && !IsSame(row.Exchange, exchange)))
            {
                continue;
            }

            SeedSetup seed = Seed(row, isHedged);
            if (seeds.Any(other => other.Leg == seed.Leg))
            {
                throw row.Wrong($"{symbol} is there a second time; needed is one row for a symbol of an exchange{(isHedged ? " and leg" : "")}");
            }

            seeds.Add(seed);
        }

        return seeds;
    }

    private static bool IsSame(string field, string name) => string.Equals(field.Trim(), name, StringComparison.OrdinalIgnoreCase);

    private static SeedSetup Seed(PositionRow row, bool isHedged)
    {
        row.Number("UnrealizedPnL", -Bounds.MoneyMax, Bounds.MoneyMax);
        if (!Timestamps.TryParse(row.Text("LastUpdate").Trim(), out _))
        {
            throw row.Wrong($"LastUpdate is '{row.Text("LastUpdate")}'; allowed is a time such as 2024-01-15T10:00:00");
        }

        long quantity = row.Number("Quantity", -Bounds.QuantityMax + 1, Bounds.QuantityMax - 1);
        if (quantity == 0)
        {
            throw row.Wrong("Quantity is 0: leave the row out");
        }

        var price = new Price(row.Number("AvgEntryPrice", 1, Bounds.PriceMax));
        if (!price.TryValue(new Quantity(quantity), out Money cost) || !Bounds.IsMoney(cost.Raw))
        {
            throw row.Wrong($"Quantity times AvgEntryPrice is beyond {FixedPointText.Format(Bounds.MoneyMax)}: correct one of them");
        }

        return new SeedSetup(
            StrategyFile.StrategyId,
            StrategyFile.InstrumentId,
            new Quantity(quantity),
            price,
            new Money(row.Number("RealizedPnL", -Bounds.MoneyMax, Bounds.MoneyMax)),
            new Money(row.Number("TotalFees", -Bounds.MoneyMax, Bounds.MoneyMax)))
        {
            Leg = !isHedged ? null : quantity > 0 ? PositionLeg.Long : PositionLeg.Short,
        };
    }
}
