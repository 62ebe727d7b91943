using System.Globalization;
using System.Text.RegularExpressions;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>Every real file is read to its end, and its rows, first and last times and gaps are what its description says.</summary>
internal sealed partial class ReferenceFileTests
{
    /// <summary>Events, skipped, first and last event time (exchange time where the format has it) and kind of the files that are no bars.</summary>
    private static IEnumerable<TestCaseData> Ticks()
    {
        const MarketEventKind trade = MarketEventKind.Trade;
        const MarketEventKind quote = MarketEventKind.TopOfBook;
        yield return new("bookticker_binance_spot_BTCUSDT_20240808-09.csv.gz", 0, 73174, 0, 1723161254087891268, 1723161904524703633, quote);
        yield return new("bookticker_binance_spot_ETHUSDT_20240808-09.csv.gz", 0, 24077, 0, 1723161254024619568, 1723161599900862584, quote);
        yield return new("bookticker_binance_usdm_BTCUSDT_20240808-09.csv.gz", 0, 66089, 0, 1723161256313000000, 1723161600709000000, quote);
        yield return new("quotes_l1_binance_usdm_BTCUSDT_2020-02-22_first225s.csv.gz", 0, 9999, 0, 1582329601096000000, 1582329827061000000, quote);
        yield return new("trades_binance_spot_BTCUSDT_20240808-09.csv.gz", 19904, 0, 0, 1723161255342000000, 1723161905800000000, trade);
        yield return new("trades_binance_spot_ETHUSDT_20240808-09.csv.gz", 6106, 0, 0, 1723161255611000000, 1723161600982000000, trade);
        yield return new("trades_binance_usdm_BTCUSDT_2020-02-22.csv.gz", 137988, 0, 0, 1582329602111000000, 1582415993624000000, trade);
        yield return new("trades_binance_usdm_BTCUSDT_20240808-09.csv.gz", 21313, 0, 0, 1723161256322000000, 1723161599643000000, trade);
        yield return new("raw_ws_binance_spot_BTCUSDT_20240808.jsonl.gz", 9757, 28040, 3452, 0, 0, default(MarketEventKind));
        yield return new("raw_ws_binance_spot_BTCUSDT_20240809.jsonl.gz", 10147, 45134, 3044, 0, 0, default(MarketEventKind));
        yield return new("raw_ws_binance_spot_ETHUSDT_20240808.jsonl.gz", 6106, 24077, 3435, 0, 0, default(MarketEventKind));
        yield return new("raw_ws_binance_usdm_BTCUSDT_20240808.jsonl.gz", 21313, 66089, 6552, 0, 0, default(MarketEventKind));
    }

    [TestCaseSource(nameof(Ticks))]
    public void A_real_file_of_trades_or_quotes_is_read_whole(string name, long trades, long quotes, long skipped, long first, long last, MarketEventKind kind)
    {
        Count count = Read(ReferenceFolder.PathOf("market", name));
        Assert.That((count.Trades, count.Quotes, count.Skipped), Is.EqualTo((trades, quotes, skipped)));
        if (kind != default)
        {
            Assert.That((count.FirstNanos, count.LastNanos), Is.EqualTo((first, last)));
        }
    }

    [TestCase("BTC-USDT", 69, 25)]
    [TestCase("btc-usd-220527", 4, 2)]
    [TestCase("UNI-USD-SWAP", 1, 1)]
    public void A_real_OKX_capture_gives_each_instrument_its_own(string instrument, long trades, long quotes)
    {
        string path = ReferenceFolder.PathOf("market", "raw_ws_okx_public_20220513.jsonl.gz");
        Count count = Read(path, new MarketDataFileOptions { Instrument = instrument });
        Assert.That((count.Trades, count.Quotes, count.Skipped), Is.EqualTo((trades, quotes, 410 - trades - quotes)));
    }

    [Test]
    public void Real_bars_have_the_rows_times_and_gaps_of_their_description()
    {
        int checkedFiles = 0;
        foreach (string[] cells in Described().Where(cells => cells[1].StartsWith("klines", StringComparison.Ordinal)))
        {
            string name = cells[1];
            Count count = Read(ReferenceFolder.PathOf("market", name));
            Assert.That(count.Bars, Is.EqualTo(long.Parse(cells[2])), name);
            Assert.That(count.FirstNanos, Is.EqualTo(Nanos(cells[3]) + 60_000_000_000), name);
            Assert.That(count.LastNanos, Is.EqualTo(Nanos(cells[4]) + 60_000_000_000), name);

            // The description gives the open time of the last bar before a gap and the number of missing bars.
            Match gap = DescribedGap().Match(cells[^2]);
            BarGaps expected = gap.Success ? default(BarGaps).With(long.Parse(gap.Groups[2].Value), Nanos(gap.Groups[1].Value) + 60_000_000_000) : default;
            Assert.That(count.Gaps, Is.EqualTo(expected), name);
            checkedFiles++;
        }

        Assert.That(checkedFiles, Is.EqualTo(8));
    }

    [Test]
    public void Funding_rates_are_no_market_data()
    {
        string path = ReferenceFolder.PathOf("market", "funding_8h_binance_okx_BTC_ETH.csv.gz");
        Assert.That(() => MarketDataFiles.Open(path), Throws.TypeOf<MarketDataException>().With.Message.Contains("the format is not known"));
    }

    private static IEnumerable<string[]> Described() =>
        File.ReadLines(ReferenceFolder.PathOf("market", "SOURCES.md")).Where(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    private static long Nanos(string utc) =>
        (DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static Count Read(string path, MarketDataFileOptions? options = null)
    {
        using MarketDataFile file = MarketDataFiles.Open(path, options);
        var count = new Count();
        while (file.TryRead(out MarketEvent marketEvent))
        {
            count.Bars += marketEvent.Kind == MarketEventKind.Bar ? 1 : 0;
            count.Trades += marketEvent.Kind == MarketEventKind.Trade ? 1 : 0;
            count.Quotes += marketEvent.Kind == MarketEventKind.TopOfBook ? 1 : 0;
            count.FirstNanos = count.FirstNanos == 0 ? marketEvent.TimeNanos : count.FirstNanos;
            count.LastNanos = marketEvent.TimeNanos;
        }

        return count with { Skipped = file.SkippedCount, Gaps = file.Gaps };
    }

    [GeneratedRegex(@"gaps: \[\('([^']+)', (\d+)\)\]")]
    private static partial Regex DescribedGap();

    private record struct Count(long Bars, long Trades, long Quotes, long Skipped, long FirstNanos, long LastNanos, BarGaps Gaps);
}
