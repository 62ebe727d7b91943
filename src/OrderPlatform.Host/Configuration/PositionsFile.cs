using OrderPlatform.Engine.Numbers;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Configuration;

/// <summary>Reads the positions file of R90: Symbol,Exchange,Quantity,AvgEntryPrice,RealizedPnL,UnrealizedPnL,TotalFees,LastUpdate. Rows of other symbols or exchanges are not for this strategy.</summary>
internal static class PositionsFile
{
    private const string Header = "Symbol,Exchange,Quantity,AvgEntryPrice,RealizedPnL,UnrealizedPnL,TotalFees,LastUpdate";

    public static IReadOnlyList<SeedSetup> Read(string? file, Symbol symbol, string? exchange)
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
        int line = 0;
        foreach (string row in File.ReadLines(file))
        {
            line++;
            if (line == 1 && row.Trim() != Header)
            {
                throw new ConfigurationException($"{file}, line 1: the header must be {Header}");
            }

            if (line == 1 || row.Length == 0)
            {
                continue;
            }

            string[] fields = row.Split(',');
            if (fields.Length != 8)
            {
                throw new ConfigurationException($"{file}, line {line}: has {fields.Length} fields; needed are the 8 of the header");
            }

            if (IsSame(fields[0], symbol.ToString()) && (exchange is null || IsSame(fields[1], exchange)))
            {
                if (seeds.Count > 0)
                {
                    throw new ConfigurationException($"{file}, line {line}: {symbol} is there a second time; needed is one row for a symbol of an exchange");
                }

                seeds.Add(Parse(file, line, fields));
            }
        }

        return line > 0 ? seeds : throw new ConfigurationException($"{file}: empty; line 1 must be the header {Header}");
    }

    private static bool IsSame(string field, string name) => string.Equals(field.Trim(), name, StringComparison.OrdinalIgnoreCase);

    private static SeedSetup Parse(string file, int line, string[] fields)
    {
        Number(file, line, fields, 5, -Bounds.MoneyMax, Bounds.MoneyMax, "UnrealizedPnL");
        if (!Timestamps.TryParse(fields[7].Trim(), out _))
        {
            throw new ConfigurationException($"{file}, line {line}: LastUpdate is '{fields[7]}'; allowed is a time such as 2024-01-15T10:00:00");
        }

        long quantity = Number(file, line, fields, 2, -Bounds.QuantityMax + 1, Bounds.QuantityMax - 1, "Quantity");
        if (quantity == 0)
        {
            throw new ConfigurationException($"{file}, line {line}: Quantity is 0: leave the row out");
        }

        var price = new Price(Number(file, line, fields, 3, 1, Bounds.PriceMax, "AvgEntryPrice"));
        if (!price.TryValue(new Quantity(quantity), out Money cost) || !Bounds.IsMoney(cost.Raw))
        {
            throw new ConfigurationException($"{file}, line {line}: Quantity times AvgEntryPrice is beyond {FixedPointText.Format(Bounds.MoneyMax)}: correct one of them");
        }

        return new SeedSetup(
            StrategyFile.StrategyId,
            StrategyFile.InstrumentId,
            new Quantity(quantity),
            price,
            new Money(Number(file, line, fields, 4, -Bounds.MoneyMax, Bounds.MoneyMax, "RealizedPnL")),
            new Money(Number(file, line, fields, 6, -Bounds.MoneyMax, Bounds.MoneyMax, "TotalFees")));
    }

    private static long Number(string file, int line, string[] fields, int index, long minimum, long maximum, string name) =>
        FixedPointText.TryParse(fields[index].Trim(), out long raw) && raw >= minimum && raw <= maximum
            ? raw
            : throw new ConfigurationException(
                $"{file}, line {line}: {name} is '{fields[index]}'; allowed is a number from {FixedPointText.Format(minimum)} to {FixedPointText.Format(maximum)}");
}
