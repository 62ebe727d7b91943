using System.IO.Compression;
using System.Text;
using OrderPlatform.Host.Commands;

namespace OrderPlatform.Host.Tests;

/// <summary>Market data and signals that cannot be used end a run with file, line and remedy, at its start or in its middle.</summary>
public sealed class DataErrorTests
{
    private const string Bars = "open_time_ms,open,high,low,close,volume_base\n1735689600000,10,12,9,11,3\n1735689660000,11,12,9,10,3\n";

    [TestCase("", "the file is empty")]
    [TestCase("open_time_ms,open,high,low,close,volume_base\n", "the file has a header and no rows")]
    [TestCase("when,what\n1,2\n", "line 1: the format is not known")]
    [TestCase(Bars + "1735689720000,10,12\n", "line 4: the row has 3 columns, the file 6")]
    [TestCase(Bars + "1735689720000,10,high,9,11,3\n", "line 4: column 3 (high) is \"high\"")]
    [TestCase(Bars + "1735689660000,11,12,9,10,3\n", "line 4: the bar is doubled")]
    [TestCase(Bars + "1735689540000,11,12,9,10,3\n", "line 4: the bar opens before the one before it: the rows are out of order")]
    [TestCase(Bars + "1735689720000,10,9,12,11,3\n", "line 4: the high 9 is below the low 12")]
    [TestCase(Bars + "1735689720000,10,12,-9,11,3\n", "line 4: a price is not above zero")]
    [TestCase(Bars + "1735689720000,10,12,9,11,-3\n", "line 4: the volume -3 is negative")]
    [TestCase(Bars + "\n1735689720000,10,12,9,11,3\n", "line 4: a blank line stands between others")]
    public void Bad_market_data_are_named_by_file_and_line(string text, string expected) =>
        Assert.That(ErrorOf(folder => (folder.Write("bars.csv", text), null)), Does.Contain("bars.csv").And.Contain(expected));

    [Test]
    public void A_missing_data_file_is_named() =>
        Assert.That(ErrorOf(static folder => (folder.PathOf("none.csv"), null)), Does.Contain("none.csv").And.Contain("there is no such file; check the path"));

    [Test]
    public void A_data_file_of_the_configuration_lies_beside_it() =>
        Assert.That(ErrorOf(static _ => (null, null), StrategyText.Runs.With("data", "{file: none.csv}")), Does.Match("host-test-[^/]+/none.csv: there is no such file"));

    [TestCase(0.3)]
    [TestCase(0.9)]
    [TestCase(0.999)]
    public void A_gzip_file_that_was_cut_off_is_noticed(double share)
    {
        byte[] whole = Gzip(Enumerable.Range(0, 2_000).Aggregate(new StringBuilder("open_time_ms,open,high,low,close,volume_base\n"), static (text, i) =>
            text.Append(1_735_689_600_000 + (i * 60_000)).Append($",{10 + (i * 7 % 5)},16,9,{10 + (i * 3 % 5)},{i % 17}\n")).ToString());
        Assert.That(
            ErrorOf(folder =>
            {
                File.WriteAllBytes(folder.PathOf("bars.csv.gz"), whole[..(int)(whole.Length * share)]);
                return (folder.PathOf("bars.csv.gz"), null);
            }),
            Does.Contain("bars.csv.gz").And.Match("damaged or cut off|restore the end of the file"));
    }

    [TestCase("BTCUSDT")]
    [TestCase("BTC/")]
    [TestCase("A/B/C")]
    [TestCase("ABCDEFGHI/USDT")]
    public void A_symbol_that_is_none_is_named(string symbol) => Assert.That(
        ErrorOf(folder => (folder.Write("bars.csv", Bars), symbol)), Is.EqualTo($"--symbol is '{symbol}'; allowed is BASE/QUOTE, such as ETH/USDT"));

    [TestCase("time,direction\n2025-01-01T00:01:00Z,7\n", "signals.csv, line 2: direction is '7'; allowed are -1, 0 and 1")]
    [TestCase("time,direction\n2025-01-01T00:01:00Z,1\n\n2025-01-01T00:00:59Z,1\n", "signals.csv, line 4: time is before the row above: sort the rows by time")]
    [TestCase("time,direction\n2025-01-01T00:01:00Z,1\n2025-01-01T00:02:00Z\n", "signals.csv, line 3: the row has 1 field; the header has 2")]
    [TestCase("when,direction\n", "signals.csv, line 1: column 'when' is not known")]
    [TestCase(null, "signals.csv does not exist")]
    public void Bad_signals_are_named_by_file_and_line(string? text, string expected) => Assert.That(
        ErrorOf(
            folder =>
            {
                _ = text is null ? null : folder.Write("signals.csv", text);
                return (null, null);
            },
            StrategyText.Runs.With("signals_file", "signals.csv")),
        Does.Contain(expected));

    private static string ErrorOf(Func<WorkFolder, (string? Data, string? Symbol)> prepare, StrategyText? text = null)
    {
        using var folder = new WorkFolder();
        string file = folder.Write("s.yaml", (text ?? StrategyText.Runs).ToString());
        (string? data, string? symbol) = prepare(folder);
        Exception failure = Assert.Catch(() =>
        {
            using RunParts parts = RunParts.Create(file, data, symbol);
            while (parts.Feed.MoveNext())
            {
            }
        })!;
        Assert.That(failure.Message, Does.Not.Contain('\n'));
        return failure.Message;
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
