using System.Diagnostics;
using System.Text.Json;

namespace OrderPlatform.Admin.Tests.Explaining;

/// <summary>Every order and every rejection of a real month has its whole chain (N4), with stops, slices and limits.</summary>
internal sealed class RealMonthTests
{
    private const string Month = "klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01";

    [TestCase("btc-ma-cross.yaml")]
    [TestCase("ikenna.yaml")]
    [TestCase("odum.yaml")]
    [TestCase("limits-that-reject.yaml")]
    public void Every_order_and_rejection_of_a_real_month_has_its_whole_chain(string sample)
    {
        string data = ReferenceFolder.PathOf("market", Month + ".csv.gz");
        using var folder = new WorkFolder();
        string journal = SampleJournals.Record(folder, sample, data);
        long start = Stopwatch.GetTimestamp();
        JsonElement json = AdminProcess.Run("explain", "all", journal, "--json").Succeeded().Json();
        TestContext.Out.WriteLine($"{sample}: {json.GetProperty("orders")} orders, {json.GetProperty("refusals")} refusals, {json.GetProperty("signals")} signals, "
            + $"{json.GetProperty("trades")} rounds in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        Assert.That(json.GetProperty("missing").GetArrayLength(), Is.Zero);
        Assert.That(json.GetProperty("orders").GetInt64(), Is.GreaterThan(0));
    }
}
