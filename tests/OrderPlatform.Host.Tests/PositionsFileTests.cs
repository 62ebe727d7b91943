using OrderPlatform.Host.Configuration;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Tests;

/// <summary>The positions file of R90 to R92.</summary>
public sealed class PositionsFileTests
{
    private const string Header = "Symbol,Exchange,Quantity,AvgEntryPrice,RealizedPnL,UnrealizedPnL,TotalFees,LastUpdate\n";
    private const string Row = "BTC/USDT,binance,0.5,50000,0,1000,10,2024-01-15T10:00:00\n";
    private const string Other = "ETH/USDT,binance,2.0,3000,0,200,5,2024-01-15T10:00:00\n";

    private static readonly Symbol Bitcoin = new("BTC", "USDT");

    [Test]
    public void The_row_of_the_symbol_is_read()
    {
        SeedSetup seed = Read(Header + Other + Row, "binance").Single();
        Assert.That((seed.Quantity.Raw, seed.AveragePrice.Raw, seed.RealisedPnl.Raw, seed.Fees.Raw), Is.EqualTo((50_000_000L, 5_000_000_000_000L, 0L, 1_000_000_000L)));
    }

    [TestCase(Header + Other, "binance", 0, TestName = "Rows_of_other_symbols_are_not_for_it")]
    [TestCase(Header + Row, "okx", 0, TestName = "Rows_of_other_exchanges_are_not_for_it")]
    [TestCase(Header + Row, null, 1, TestName = "Without_an_exchange_any_is_meant")]
    [TestCase(Header, "binance", 0, TestName = "A_header_alone_is_no_position")]
    [TestCase(Header + "btc/usdt,BINANCE,-1,50000,0,0,0,1705312800000\n", "binance", 1, TestName = "Case_makes_no_difference_and_short_is_negative")]
    public void Rows_are_chosen_by_symbol_and_exchange(string text, string? exchange, int expected) => Assert.That(Read(text, exchange), Has.Count.EqualTo(expected));

    [TestCase("", "empty; line 1 must be the header Symbol,Exchange,", TestName = "Positions_empty")]
    [TestCase("Symbol,Quantity\n", "line 1: the header must be Symbol,Exchange,", TestName = "Positions_other_header")]
    [TestCase(Header + "BTC/USDT,binance,0.5\n", "line 2: has 3 fields; needed are the 8 of the header", TestName = "Positions_short_row")]
    [TestCase(Header + Other + "BTC/USDT,binance,much,50000,0,0,0,2024-01-15\n", "line 3: Quantity is 'much'; allowed is a number from -", TestName = "Positions_no_number")]
    [TestCase(Header + "BTC/USDT,binance,0,50000,0,0,0,2024-01-15\n", "line 2: Quantity is 0: leave the row out", TestName = "Positions_zero")]
    [TestCase(Header + "BTC/USDT,binance,1,0,0,0,0,2024-01-15\n", "line 2: AvgEntryPrice is '0'", TestName = "Positions_no_price")]
    [TestCase(Header + "BTC/USDT,binance,1,-5,0,0,0,2024-01-15\n", "line 2: AvgEntryPrice is '-5'", TestName = "Positions_negative_price")]
    [TestCase(Header + "BTC/USDT,binance,1,5,x,0,0,2024-01-15\n", "line 2: RealizedPnL is 'x'", TestName = "Positions_profit")]
    [TestCase(Header + "BTC/USDT,binance,1,5,0,,0,2024-01-15\n", "line 2: UnrealizedPnL is ''", TestName = "Positions_unrealised")]
    [TestCase(Header + "BTC/USDT,binance,1,5,0,0,NaN,2024-01-15\n", "line 2: TotalFees is 'NaN'", TestName = "Positions_fees")]
    [TestCase(Header + "BTC/USDT,binance,1,5,0,0,0,yesterday\n", "line 2: LastUpdate is 'yesterday'; allowed is a time such as", TestName = "Positions_time")]
    [TestCase(Header + "BTC/USDT,binance,1000000,1000000,0,0,0,2024-01-15\n", "line 2: Quantity times AvgEntryPrice is beyond 50000000000", TestName = "Positions_value_too_large")]
    [TestCase(Header + Row + Other + Row, "line 4: BTC/USDT is there a second time", TestName = "Positions_doubled")]
    public void A_bad_row_is_named_by_file_and_line(string text, string expected)
    {
        string message = Assert.Throws<ConfigurationException>(() => Read(text, "binance"))!.Message;
        Assert.That(message, Does.Contain("p.csv").And.Contain(expected).And.Not.Contain("\n"));
    }

    [Test]
    public void A_missing_file_is_named_and_looked_for_beside_the_configuration() =>
        Assert.That(
            ConfigurationTests.ErrorOf(StrategyText.Runs.With("initial_positions_file", "no.csv").ToString(), out string file),
            Is.EqualTo($"initial_positions_file {Path.Combine(Path.GetDirectoryName(file)!, "no.csv")} does not exist: check the path (it is relative to the configuration's folder)"));

    private static IReadOnlyList<SeedSetup> Read(string text, string? exchange)
    {
        using var folder = new WorkFolder();
        return PositionsFile.Read(folder.Write("p.csv", text), Bitcoin, exchange);
    }
}
