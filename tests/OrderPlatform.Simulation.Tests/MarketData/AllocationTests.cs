using System.Text;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>Reading a row allocates nothing, whatever the format.</summary>
internal sealed class AllocationTests
{
    private const int RowCount = 20_000;

    private static IEnumerable<TestCaseData> Formats()
    {
        yield return new TestCaseData("open_time_ms,open,high,low,close,volume_base\n", (Func<int, string>)(i => $"{1_700_000_040_000 + (i * 60_000L)},10,12.5,9,11,3.25"))
            .SetArgDisplayNames("bars");
        yield return new TestCaseData("", (Func<int, string>)(i => $"{i},10.5,2,21,{1_700_000_040_000 + i},True,True")).SetArgDisplayNames("trades");
        yield return new TestCaseData(
            "exchange_ts_us,local_ts_us,bid_price,bid_qty,ask_price,ask_qty\n", (Func<int, string>)(i => $"{1_700_000_040_000_000 + i},1,10.5,2,10.6,3"))
            .SetArgDisplayNames("quotes");
        yield return new TestCaseData("", (Func<int, string>)(i =>
            $$$"""{{{1_700_000_040_000_000_000 + i}}} {"stream":"abcusdt@trade","data":{"e":"trade","s":"ABCUSDT","t":{{{i}}},"p":"10.6","q":"1.5","m":true}}"""))
            .SetArgDisplayNames("capture");
    }

    [TestCaseSource(nameof(Formats))]
    public void Reading_rows_allocates_nothing(string header, Func<int, string> row)
    {
        var text = new StringBuilder(header);
        for (int i = 0; i < RowCount; i++)
        {
            text.Append(row(i)).Append('\n');
        }

        using var sample = new SampleFile(text.ToString());
        using MarketDataFile file = MarketDataFiles.Open(sample.Path);
        for (int i = 0; i < RowCount / 4; i++)
        {
            Assert.That(file.TryRead(out _), Is.True);
        }

        int count = 0;
        long allocatedBytes = AllocationCount.LeastOfRounds(() =>
        {
            for (int i = 0; i < RowCount / 10 && file.TryRead(out _); i++)
            {
                count++;
            }
        });
        Assert.That(allocatedBytes, Is.Zero);
        Assert.That(count, Is.EqualTo(RowCount / 10 * 5));
    }
}
