using OrderPlatform.Host.Configuration;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Host.Tests;

/// <summary>The positions file as JSON (R89), and legs.</summary>
internal sealed class JsonPositionsTests
{
    private const string Row =
        "\"Symbol\": \"BTC/USDT\", \"Exchange\": \"binance\", \"Quantity\": 0.5, \"AvgEntryPrice\": \"50000\", \"RealizedPnL\": -1.5, \"UnrealizedPnL\": 0, \"TotalFees\": 10, \"LastUpdate\": \"2024-01-15T10:00:00\"";

    private static readonly Symbol Bitcoin = new("BTC", "USDT");

    [TestCase("[{" + Row + "}]", TestName = "A_list_alone")]
    [TestCase("{\"positions\": [{" + Row + "}]}", TestName = "A_list_below_positions")]
    [Description("R89, R90")]
    public void It_says_the_same_as_a_CSV_file(string text)
    {
        using var folder = new WorkFolder();
        IReadOnlyList<SeedSetup> json = PositionsFile.Read(folder.Write("p.json", text), Bitcoin, "binance");
        string csv = string.Join(',', PositionsFile.Columns) + "\nBTC/USDT,binance,0.5,50000,-1.5,0,10,2024-01-15T10:00:00\n";
        Assert.That(json, Is.EqualTo(PositionsFile.Read(folder.Write("p.csv", csv), Bitcoin, "binance")).And.Count.EqualTo(1));
    }

    [TestCase("", "needed is a list of mappings, alone or below the key positions", TestName = "Json_empty")]
    [TestCase("[1]", "line 1: [0] must be a mapping of keys to values", TestName = "Json_number")]
    [TestCase("{\"position\": []}", "unknown key 'position' (did you mean 'positions'?)", TestName = "Json_other_key")]
    [TestCase("[{\"Symbol\": \"BTC/USDT\"}]", "line 1: [0].Exchange is missing; needed is text", TestName = "Json_missing")]
    [TestCase("[\n{" + Row + ", \"Leverage\": 3}]", "line 2: unknown key '[0].Leverage'", TestName = "Json_unknown")]
    [TestCase("[\n\n{\"Symbol\": \"BTC/USDT\", \"Exchange\": \"binance\", \"Quantity\": 0, \"AvgEntryPrice\": 1, \"RealizedPnL\": 0, \"UnrealizedPnL\": 0, \"TotalFees\": 0, \"LastUpdate\": 1705312800000}]", "line 3: Quantity is 0", TestName = "Json_zero")]
    [TestCase("[{", "not valid YAML", TestName = "Json_cut")]
    public void A_bad_file_is_named_by_line(string text, string expected)
    {
        using var folder = new WorkFolder();
        string file = folder.Write("p.json", text);
        Assert.That(() => PositionsFile.Read(file, Bitcoin, "binance"), Throws.InstanceOf<ConfigurationException>().With.Message.StartsWith(file).And.Message.Contains(expected));
    }

    [Test]
    [Description("R83, R89: a hedging account has a long and a short leg of one symbol")]
    public void A_hedging_account_has_two_legs()
    {
        using var folder = new WorkFolder();
        string file = folder.Write("p.json", "[{" + Row + "}, {" + Row.Replace("0.5", "-0.2", StringComparison.Ordinal) + "}]");
        Assert.That(
            PositionsFile.Read(file, Bitcoin, "binance", PositionMode.Hedging).Select(static seed => seed.Leg), Is.EqualTo(new PositionLeg?[] { PositionLeg.Long, PositionLeg.Short }));
        Assert.That(() => PositionsFile.Read(file, Bitcoin, "binance"), Throws.InstanceOf<ConfigurationException>().With.Message.Contains("a second time"));
    }
}
