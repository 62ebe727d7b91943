using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>Frames as recorders write them; made up, in the venues' shape.</summary>
internal sealed class RawCaptureTests
{
    private const string SpotQuote = """1700000040000000001 {"stream":"abcusdt@bookTicker","data":{"u":5,"s":"ABCUSDT","b":"10.50000000","B":"2","a":"10.60000000","A":"3"}}""";
    private const string SpotTrade = """1700000040000000002 {"stream":"abcusdt@trade","data":{"e":"trade","E":1700000041000,"s":"ABCUSDT","t":77,"p":"10.6","q":"1.5","T":1700000041000,"m":true,"M":true}}""";
    private const string FuturesQuote = """1700000040000000003 {"stream":"abcusdt@bookTicker","data":{"e":"bookTicker","u":5,"s":"ABCUSDT","b":"10.5","B":"2","a":"10.6","A":"3","T":1,"E":1}}""";
    private const string FuturesPrint = """1700000040000000004 {"stream":"abcusdt@trade","data":{"e":"trade","E":1,"T":1,"s":"ABCUSDT","t":78,"p":"0","q":"0","X":"NA","m":false}}""";
    private const string Depth = """1700000040000000005 {"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","E":1,"s":"ABCUSDT","U":1,"u":2,"b":[["10","1"]],"a":[]}}""";
    private const string Snapshot = """1700000040000000006 {"lastUpdateId":1,"bids":[["10","1"]],"asks":[["11","1"]]}""";
    private const string OkxTrades = """1700000040000007 {"arg":{"channel":"trades","instId":"ABC-USDT"},"data":[{"instId":"ABC-USDT","tradeId":"8","px":"10.5","sz":"1","side":"buy","ts":"1"},{"instId":"ABC-USDT","tradeId":"9","px":"10.4","sz":"2","side":"sell","ts":"1"}]}""";
    private const string OkxTicker = """1700000040000008 {"arg":{"channel":"tickers","instId":"XYZ-USDT"},"data":[{"instType":"SPOT","instId":"XYZ-USDT","last":"7","lastSz":"1","askPx":"7.1","askSz":"4","bidPx":"7","bidSz":"5","ts":"1"}]}""";
    private const string OkxAck = """1700000040000000 {"event":"subscribe","arg":{"channel":"trades","instId":"ABC-USDT"}}""";

    private static Price P(long hundredths) => new(hundredths * 1_000_000);

    private static Quantity Q(long tenths) => new(tenths * 10_000_000);

    [Test]
    public void Binance_trades_and_quotes_are_events_at_local_time_and_the_rest_is_counted()
    {
        using var sample = new SampleFile(string.Join('\n', SpotQuote, SpotTrade, FuturesQuote, FuturesPrint, Depth, Snapshot));
        using MarketDataFile file = MarketDataFiles.Open(sample.Path);
        var events = new List<MarketEvent>();
        while (file.TryRead(out MarketEvent marketEvent))
        {
            events.Add(marketEvent);
        }

        Assert.That(events, Is.EqualTo((MarketEvent[])[
            MarketEvent.TopOfBook(1_700_000_040_000_000_001, P(1050), Q(20), P(1060), Q(30)),
            MarketEvent.Trade(1_700_000_040_000_000_002, P(1060), Q(15), Aggressor.Sell, 77),
            MarketEvent.TopOfBook(1_700_000_040_000_000_003, P(1050), Q(20), P(1060), Q(30)),
        ]));
        Assert.That(file.SkippedCount, Is.EqualTo(3));
    }

    [Test]
    public void One_OKX_frame_gives_all_its_trades() =>
        Assert.That(SampleFile.ReadText(OkxAck + "\n" + OkxTrades), Is.EqualTo((MarketEvent[])[
            MarketEvent.Trade(1_700_000_040_000_007_000, P(1050), Q(10), Aggressor.Buy, 8),
            MarketEvent.Trade(1_700_000_040_000_007_000, P(1040), Q(20), Aggressor.Sell, 9),
        ]));

    [Test]
    public void The_instrument_is_chosen_by_option_whatever_its_case()
    {
        string text = OkxTrades + "\n" + OkxTicker;
        Assert.That(SampleFile.ErrorOf(text), Does.Contain("line 2: the capture holds ABC-USDT and XYZ-USDT; set Instrument"));
        Assert.That(SampleFile.ReadText(text, new MarketDataFileOptions { Instrument = "abc-usdt" }), Has.Count.EqualTo(2));
        Assert.That(
            SampleFile.ReadText(text, new MarketDataFileOptions { Instrument = "XYZ-USDT" }),
            Is.EqualTo((MarketEvent[])[MarketEvent.TopOfBook(1_700_000_040_000_008_000, P(700), Q(50), P(710), Q(40))]));
        Assert.That(SampleFile.ErrorOf(text, new MarketDataFileOptions { Instrument = "QQQ" }), Does.Contain("of QQQ in 2 frames"));
    }

    [TestCase("no time {}", "not with a local time and a space")]
    [TestCase("1700000040000000003", "not with a local time and a space")]
    [TestCase("1700000040000000003 {\"stream\":\"abcusdt@trade\",\"data\":{\"e\":\"tra", "not valid JSON")]
    [TestCase("1700000040000000003 {\"a\":1} {\"a\":2}", "not valid JSON")]
    [TestCase("1700000040000000003 [1]", "not a JSON object")]
    [TestCase("1700000040000000003 ", "not valid JSON")]
    [TestCase("1700000040000003 {}", "is in microseconds")]
    [TestCase("1700000040000000000 {\"data\":{\"e\":\"trade\",\"s\":\"ABCUSDT\",\"t\":79,\"p\":\"10\",\"q\":\"1\",\"m\":true}}", "the time goes back")]
    [TestCase("1700000040000000003 {\"data\":{\"e\":\"trade\",\"s\":\"ABCUSDT\",\"t\":77,\"p\":\"10\",\"q\":\"1\",\"m\":true}}", "trade 77 follows trade 77")]
    [TestCase("1700000040000000003 {\"data\":{\"e\":\"trade\",\"s\":\"ABCUSDT\",\"t\":79,\"q\":\"1\",\"m\":true}}", "the price is \"\"")]
    [TestCase("1700000040000000003 {\"data\":{\"e\":\"trade\",\"s\":\"ABCUSDT\",\"p\":\"10\",\"q\":\"1\",\"m\":true}}", "no number or no side")]
    [TestCase("1700000040000000003 {\"data\":{\"e\":\"trade\",\"s\":\"ABCUSDT\",\"t\":79,\"p\":\"10\",\"q\":\"1\"}}", "no number or no side")]
    [TestCase("1700000040000000003 {\"data\":{\"s\":\"ABCUSDT\",\"b\":\"11\",\"B\":\"1\",\"a\":\"10\",\"A\":\"1\"}}", "the quote is crossed")]
    [TestCase("1700000040000000003 {\"data\":{\"s\":\"ABCUSDT\",\"b\":\"x\",\"B\":\"1\",\"a\":\"10\",\"A\":\"1\"}}", "the bid is \"x\"")]
    public void A_bad_frame_is_named_by_its_line(string line, string expected) =>
        Assert.That(SampleFile.ErrorOf(SpotQuote + "\n" + SpotTrade + "\n" + line + "\n"), Does.Contain(expected).And.Contain(", line 3: "));

    [Test]
    public void A_capture_without_trades_and_quotes_is_an_error() =>
        Assert.That(SampleFile.ErrorOf(Depth + "\n" + Snapshot), Does.Contain("no trade and no best bid and ask in 2 frames"));
}
