using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Output;

/// <summary>Writes what a run leaves behind: the report on the console and, into a folder, report.html and the CSV files.</summary>
internal static class RunOutput
{
    /// <summary>Where reports of a strategy go.</summary>
    public static string DefaultFolder(string strategyId) => Path.Combine("out", strategyId);

    /// <summary>Adds what only the configuration knows.</summary>
    public static void Describe(RunRecord record, RunParts parts)
    {
        record.Title = parts.Configuration.Name;
        record.StrategyName = parts.Configuration.Name;
        record.StrategyVersion = parts.Configuration.Version;
        record.StrategyId = parts.Configuration.StrategyId;
        record.DataDescription = parts.Source.Description;
        record.Targets = parts.Configuration.Targets;
        record.ReplayCommand = $"dotnet run -c Release --project src/OrderPlatform.Host -- replay {record.JournalPath}";
    }

    /// <summary>Makes the folder before the work, so that hours of it are not lost to a bad path.</summary>
    /// <exception cref="ConfigurationException">It cannot be made.</exception>
    public static void Prepare(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"the folder of reports, {folder}, cannot be made: {e.Message.TrimEnd('.')}: choose another with --out");
        }
    }

    /// <summary>Prints the report, and writes the files where a folder is given.</summary>
    /// <param name="record">What happened.</param>
    /// <param name="orders">Its orders.</param>
    /// <param name="folder">The folder, or null.</param>
    /// <param name="tracksExecution">Whether the tables of orders and fills are written, too (R57).</param>
    public static void Write(RunRecord record, OrderLog orders, string? folder, bool tracksExecution = true)
    {
        if (folder is not null)
        {
            CsvReports.WriteTrades(Path.Combine(folder, "trades.csv"), record.Trades);
            if (tracksExecution)
            {
                CsvReports.WriteFills(Path.Combine(folder, "fills.csv"), record.Fills);
                CsvReports.WriteOrders(Path.Combine(folder, "orders.csv"), orders.Orders);
            }

            CsvReports.WriteEquity(Path.Combine(folder, "equity.csv"), record.Equity);
            PerformanceCsv.Write(Path.Combine(folder, "performance.csv"), PerformanceTable.From(record));
            HtmlReport.Write(Path.Combine(folder, "report.html"), record);
        }

        ConsoleReport.Write(Console.Out, record);
        if (folder is not null)
        {
            Console.Error.WriteLine($"report: {Path.Combine(folder, "report.html")}, with {(tracksExecution ? "orders.csv, fills.csv, " : "")}trades.csv, equity.csv and performance.csv");
        }
    }
}
