using System.Globalization;
using System.Text;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics.Tests;

public sealed class CsvReportsTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Trades_come_back_exactly()
    {
        List<TradeRecord> trades = SampleRun.Make(days: 3, trades: 50).Trades;
        trades[1] = trades[1] with { AdverseExcursion = null, Slippage = new Money(-7), Funding = new Money(5), Drawdown = new Money(3), Venue = "" };
        trades[0] = trades[0] with { Strategy = "a \"quoted\", odd\r\nname", ExitReason = "=1+1", Client = "" };
        CsvReports.WriteTrades(_folder.File("trades.csv"), trades);
        List<TradeRecord> read = [.. Read("trades.csv").Select(ToTrade)];
        Assert.That(read, Is.EqualTo(trades));
        Assert.That(read.Sum(t => t.NetPnl.Raw), Is.EqualTo(trades.Sum(t => t.NetPnl.Raw)));
    }

    [Test]
    public void Fills_come_back_exactly()
    {
        List<FillRecord> fills = SampleRun.Make(days: 3, trades: 50).Fills;
        fills[0] = fills[0] with { ClientOrderId = ulong.MaxValue, Fee = new Money(long.MinValue), Price = new Price(1) };
        CsvReports.WriteFills(_folder.File("fills.csv"), fills);
        Assert.That(Read("fills.csv").Select(ToFill), Is.EqualTo(fills));
    }

    [Test]
    public void Equity_comes_back_exactly()
    {
        List<EquityPoint> points = SampleRun.Make(days: 1, trades: 10).Equity;
        CsvReports.WriteEquity(_folder.File("equity.csv"), points);
        List<EquityPoint> read =
        [
            .. Read("equity.csv").Select(f => new EquityPoint(
                Nanos(f["timeNanos"]), new Money(Raw(f["equity"])), new Money(Raw(f["cash"])), new Quantity(Raw(f["position"])), new Price(Raw(f["mark"])))
            {
                Deposits = new Money(Raw(f["deposits"])),
            }),
        ];
        Assert.That(read, Is.EqualTo(points));
    }

    [Test]
    public void Empty_lists_leave_a_header_alone()
    {
        CsvReports.WriteFills(_folder.File("none.csv"), []);
        Assert.That(
            File.ReadAllText(_folder.File("none.csv")),
            Is.EqualTo("time,timeNanos,clientOrderId,strategy,instrument,side,price,quantity,fee,realisedPnl,positionAfter,liquidity,client,venue\r\n"));
    }

    [Test]
    [Description("R89, R102")]
    public void The_README_names_every_column()
    {
        CsvReports.WriteTrades(_folder.File("trades-columns.csv"), []);
        CsvReports.WriteFills(_folder.File("fills-columns.csv"), []);
        CsvReports.WriteOrders(_folder.File("orders-columns.csv"), []);
        CsvReports.WriteEquity(_folder.File("equity-columns.csv"), []);
        PerformanceCsv.Write(_folder.File("performance-columns.csv"), new PerformanceTable([], [], []));
        string readme = File.ReadAllText(ReadmePath());
        foreach ((string name, int count) in new[] { ("trades", 24), ("fills", 14), ("orders", 26), ("equity", 7), ("performance", 46) })
        {
            string[] columns = File.ReadLines(_folder.File($"{name}-columns.csv")).First().Split(',');
            Assert.That(columns, Has.Length.EqualTo(count).And.Unique, name);
            Assert.That(columns.Where(c => !readme.Contains(c, StringComparison.Ordinal)), Is.Empty, name);
        }
    }

    [Test]
    [Description("R94, R102")]
    public void The_performance_table_has_every_row_and_its_amounts_add_up()
    {
        RunRecord run = SampleRun.MakeSeveral(days: 3, trades: 50);
        run.Trades[0] = run.Trades[0] with { Strategy = "a \"quoted\", odd\r\nname" };
        PerformanceCsv.Write(_folder.File("performance.csv"), PerformanceTable.From(run));
        Dictionary<string, string>[] rows = [.. Read("performance.csv")];
        Assert.That(rows.Select(static r => r["dimension"]).Distinct(), Is.EqualTo(new[] { "overall", "client", "strategy", "venue", "symbol", "side" }));
        Assert.That(rows.Where(static r => r["dimension"] == "strategy").Select(static r => r["name"]), Has.Some.EqualTo("a \"quoted\", odd\r\nname"));
        foreach (IGrouping<string, Dictionary<string, string>> dimension in rows.GroupBy(static r => r["dimension"]))
        {
            Assert.That(dimension.Sum(static r => Raw(r["netPnl"])), Is.EqualTo(run.Trades.Sum(static t => t.NetPnl.Raw)), dimension.Key);
            Assert.That(dimension.Sum(static r => Raw(r["tradedValue"])), Is.EqualTo(run.Orders.Sum(static o => o.Value.Raw)), dimension.Key);
            Assert.That(dimension.Sum(static r => Raw(r["orderFees"])), Is.EqualTo(run.Fees.Raw), dimension.Key);
        }
    }

    [Test]
    public void An_older_file_is_replaced_and_no_temporary_one_is_left()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("equity.csv"), "old");
        CsvReports.WriteEquity(folder.File("equity.csv"), []);
        Assert.That(File.ReadAllText(folder.File("equity.csv")), Does.StartWith("time,"));
        Assert.That(folder.Names(), Is.EqualTo(new[] { "equity.csv" }));
    }

    [Test]
    public void A_place_that_cannot_be_written_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "not a folder");
        string path = Path.Combine(folder.File("file"), "trades.csv");
        IOException failure = Assert.Throws<IOException>(() => CsvReports.WriteTrades(path, []))!;
        Assert.That(failure.Message, Does.Contain(path).And.Contain("choose a folder"));
    }

    [Test]
    public void A_failure_midway_leaves_the_older_file()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("trades.csv"), "old");
        TradeRecord broken = SampleRun.Make(days: 1, trades: 10).Trades[0] with { GrossPnl = new Money(long.MinValue), Fees = new Money(1) };
        Assert.That(() => CsvReports.WriteTrades(folder.File("trades.csv"), [broken]), Throws.TypeOf<OverflowException>());
        Assert.That(File.ReadAllText(folder.File("trades.csv")), Is.EqualTo("old"));
        Assert.That(folder.Names(), Is.EqualTo(new[] { "trades.csv" }));
    }

    private static TradeRecord ToTrade(Dictionary<string, string> f)
    {
        TradeRecord trade = new(
            int.Parse(f["number"], CultureInfo.InvariantCulture), f["client"], f["strategy"], f["instrument"],
            f["side"] == "long" ? TradeSide.Long : TradeSide.Short, Nanos(f["entryTimeNanos"]), Nanos(f["exitTimeNanos"]),
            new Price(Raw(f["entryPrice"])), new Price(Raw(f["exitPrice"])), new Quantity(Raw(f["quantity"])), new Money(Raw(f["grossPnl"])),
            new Money(Raw(f["fees"])), f["exitReason"], int.Parse(f["fillCount"], CultureInfo.InvariantCulture))
        {
            Venue = f["venue"],
            AdverseExcursion = Amount(f["adverseExcursion"]),
            FavourableExcursion = Amount(f["favourableExcursion"]),
            Drawdown = Amount(f["drawdown"]),
            Slippage = Amount(f["slippage"]),
            Funding = new Money(Raw(f["funding"])),
        };
        Assert.That(Raw(f["netPnl"]), Is.EqualTo(trade.NetPnl.Raw));
        Assert.That(Nanos(f["durationNanos"]), Is.EqualTo(trade.DurationNanos));
        Assert.That(DateTimeOffset.Parse(f["entryTime"], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), Is.EqualTo(trade.EntryTimeNanos / 1_000_000));
        return trade;
    }

    private static FillRecord ToFill(Dictionary<string, string> f) => new(
        Nanos(f["timeNanos"]), ulong.Parse(f["clientOrderId"], CultureInfo.InvariantCulture), f["instrument"], f["side"] == "buy", new Price(Raw(f["price"])),
        new Quantity(Raw(f["quantity"])), new Money(Raw(f["fee"])), new Money(Raw(f["realisedPnl"])), new Quantity(Raw(f["positionAfter"])), f["strategy"],
        f["liquidity"] == "maker")
    {
        Client = f["client"],
        Venue = f["venue"],
    };

    private static Money? Amount(string text) => text.Length == 0 ? null : new Money(Raw(text));

    private static long Nanos(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    // The smallest 64-bit integer has no positive twin that the parser could pass through.
    private static long Raw(string text) =>
        text == "-92233720368.54775808" ? long.MinValue
        : FixedPointText.TryParse(text, out long raw) ? raw
        : throw new FormatException($"{text} is not an exact decimal");

    private IEnumerable<Dictionary<string, string>> Read(string name)
    {
        List<List<string>> lines = Parse(File.ReadAllText(_folder.File(name)));
        Assert.That(lines, Has.All.Count.EqualTo(lines[0].Count));
        return lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(p => p.First, p => p.Second));
    }

    /// <summary>A reader of RFC 4180 of its own, strict about line ends.</summary>
    private static List<List<string>> Parse(string text)
    {
        List<List<string>> lines = [[]];
        StringBuilder field = new();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"')
            {
                bool isDoubled = isQuoted && i + 1 < text.Length && text[i + 1] == '"';
                field.Append(isDoubled ? "\"" : "");
                i += isDoubled ? 1 : 0;
                isQuoted = isDoubled || !isQuoted;
            }
            else if (!isQuoted && c is ',' or '\r')
            {
                lines[^1].Add(field.ToString());
                field.Clear();
                i += c == '\r' ? 1 : 0;
                if (c == '\r' && i + 1 < text.Length)
                {
                    lines.Add([]);
                }
            }
            else
            {
                field.Append(c);
            }
        }

        return lines;
    }

    private static string ReadmePath()
    {
        string? folder = TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "src/OrderPlatform.Analytics/README.md")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new DirectoryNotFoundException("no src folder above the tests"), "src/OrderPlatform.Analytics/README.md");
    }
}
