using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>One row of each CSV format, field by field.</summary>
internal sealed class CsvFormatTests
{
    private const long T = 1_700_000_040_000_000_000;

    private static Price P(string text) => new(Raw(text));

    private static Quantity Q(string text) => new(Raw(text));

    private static long Raw(string text)
    {
        Assert.That(FixedPointText.TryParse(text, out long raw), Is.True, text);
        return raw;
    }

    [Test]
    public void Bars_take_their_length_from_the_smallest_step()
    {
        List<MarketEvent> bars = SampleFile.ReadText(
            "open_time_ms,open,high,low,close,volume_base\n1700000040000,10,12.5,9,11,3.25\n1700000220000,11,11,11,11,0\n1700000280000,11,12,11,12,1e-05\n");
        Assert.That(bars, Is.EqualTo((MarketEvent[])[
            MarketEvent.Bar(T, T + 60_000_000_000, P("10"), P("12.5"), P("9"), P("11"), Q("3.25")),
            MarketEvent.Bar(T + 180_000_000_000, T + 240_000_000_000, P("11"), P("11"), P("11"), P("11"), Q("0")),
            MarketEvent.Bar(T + 240_000_000_000, T + 300_000_000_000, P("11"), P("12"), P("11"), P("12"), Q("0.00001")),
        ]));
    }

    [TestCase("", "1700000040000", "1700000099999")]
    [TestCase("", "1700000040000000", "1700000099999999")]
    [TestCase("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n", "1700000040000", "1700000099999")]
    [TestCase("open_time,open,high,low,close,volume,close_time,quote_asset_volume,number_of_trades,a,b,ignore\n", "1700000040000000", "1700000099999999")]
    public void Binance_klines_are_read_with_and_without_header_in_milliseconds_and_microseconds(string header, string open, string close)
    {
        List<MarketEvent> bars = SampleFile.ReadText($"{header}{open},10.00,12.50,9.00,11.00,3.25,{close},35.1,7,1.1,12.2,0\n");
        Assert.That(bars, Is.EqualTo((MarketEvent[])[MarketEvent.Bar(T, T + 60_000_000_000, P("10"), P("12.5"), P("9"), P("11"), Q("3.25"))]));
    }

    [TestCase("77,10.5,2,21,1700000040000,True,True")]
    [TestCase("77,10.5,2,21,1700000040000000,true,true")]
    [TestCase("77,10.5,2,21,1700000040000,true")]
    [TestCase("id,price,qty,quote_qty,time,is_buyer_maker\n77,10.5,2,21,1700000040000,true")]
    [TestCase("id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n77,10.5,2,21,1700000040000,true,true")]
    [TestCase("77,10.5,2,3,4,1700000040000,True,True")]
    [TestCase("77,10.5,2,3,4,1700000040000,true")]
    [TestCase("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n77,10.5,2,3,4,1700000040000,true")]
    [TestCase("agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker,was_best_price_match\n77,10.5,2,3,4,1700000040000,1,1")]
    [TestCase("local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker\n1700000038000000001,1700000040001,1700000040000,77,10.5,2,1")]
    [TestCase("local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker,exec_kind\n1700000038000000001,1700000040001,1700000040000,77,10.5,2,1,MARKET")]
    [TestCase("trade_id,exchange_ts_us,local_ts_us,taker_side,price,qty_base\n77,1700000040000000,1700000040000001,sell,10.5,2")]
    public void Every_trade_format_gives_the_same_trade(string text) =>
        Assert.That(SampleFile.ReadText(text + "\n"), Is.EqualTo((MarketEvent[])[MarketEvent.Trade(T, P("10.5"), Q("2"), Aggressor.Sell, 77)]));

    [TestCase("local_ts_ns,update_id,bid_price,bid_qty,ask_price,ask_qty\n1700000040000000000,5,10.5,2,10.6,3")]
    [TestCase("local_ts_ns,event_ms,txn_ms,update_id,bid_price,bid_qty,ask_price,ask_qty\n1700000039000000000,1700000040001,1700000040000,5,10.5,2,10.6,3")]
    [TestCase("exchange_ts_us,local_ts_us,bid_price,bid_qty,ask_price,ask_qty\n1700000040000000,1700000040000009,10.5,2,10.6,3")]
    public void Every_quote_format_gives_the_same_quote(string text) =>
        Assert.That(SampleFile.ReadText(text + "\n"), Is.EqualTo((MarketEvent[])[MarketEvent.TopOfBook(T, P("10.5"), Q("2"), P("10.6"), Q("3"))]));

    [Test]
    public void Prints_that_are_no_market_trade_are_dropped_and_counted()
    {
        using var sample = new SampleFile(
            """
            local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker,exec_kind
            1700000038000000001,1700000040001,1700000040000,77,10.5,2,1,MARKET
            1700000038000000002,1700000040001,1700000040000,78,0,0,1,NA
            1700000038000000003,1700000040001,1700000040000,79,10.5,0,1,MARKET
            1700000038000000004,1700000040001,1700000040000,80,10.5,1,0,INSURANCE_FUND
            1700000038000000005,1700000040001,1700000040000,81,10.5,2,0,MARKET
            """);
        using MarketDataFile file = MarketDataFiles.Open(sample.Path);
        Assert.That(file.TryRead(out MarketEvent first) && first.TradeId == 77 && first.Aggressor == Aggressor.Sell);
        Assert.That(file.TryRead(out MarketEvent second) && second.TradeId == 81 && second.Aggressor == Aggressor.Buy);
        Assert.That(file.TryRead(out _), Is.False);
        Assert.That(file.SkippedCount, Is.EqualTo(3));
    }

    [Test]
    public void Byte_order_mark_and_CRLF_and_blank_lines_at_the_end_are_accepted()
    {
        string plain = "open_time_ms,open,high,low,close,volume_base\n1700000040000,10,12.5,9,11,3.25\n1700000100000,11,11,11,11,0";
        List<MarketEvent> expected = SampleFile.ReadText(plain);
        Assert.That(expected, Has.Count.EqualTo(2));
        Assert.That(SampleFile.ReadText("\uFEFF" + plain.ReplaceLineEndings("\r\n") + "\r\n\r\n\n"), Is.EqualTo(expected));
    }

    [Test]
    public void The_bar_length_option_serves_a_file_of_one_bar_and_one_whose_steps_mislead()
    {
        var minute = new MarketDataFileOptions { BarLengthNanos = 60_000_000_000 };
        string header = "open_time_ms,open,high,low,close,volume_base\n";
        Assert.That(SampleFile.ErrorOf(header + "1700000040000,10,12.5,9,11,3.25\n"), Does.Contain("BarLengthNanos"));
        Assert.That(SampleFile.ReadText(header + "1700000040000,10,12.5,9,11,3.25\n", minute)[0].TimeNanos, Is.EqualTo(T + 60_000_000_000));
        Assert.That(
            SampleFile.ReadText(header + "1700000040000,10,12.5,9,11,3.25\n1700000160000,10,12.5,9,11,3.25\n", minute)[0].TimeNanos, Is.EqualTo(T + 60_000_000_000));
    }

    [TestCase(0)]
    [TestCase(-60_000_000_000)]
    [TestCase(long.MaxValue)]
    public void A_bar_length_that_is_none_is_refused(long nanos) =>
        Assert.That(
            SampleFile.ErrorOf("open_time_ms,open,high,low,close,volume_base\n1700000040000,10,12.5,9,11,3.25\n", new MarketDataFileOptions { BarLengthNanos = nanos }),
            Does.Contain($"BarLengthNanos is {nanos}"));

    [Test]
    public void Bars_years_apart_do_not_show_their_length() =>
        Assert.That(
            SampleFile.ErrorOf("open_time_ms,open,high,low,close,volume_base\n100000000000,10,12.5,9,11,3.25\n7258118399999,10,12.5,9,11,3.25\n"),
            Does.Contain("more than a year apart"));

    [Test]
    public void Gaps_are_counted_with_the_longest_and_its_place()
    {
        var text = new System.Text.StringBuilder("open_time_ms,open,high,low,close,volume_base\n");
        int[] minutes = [.. Enumerable.Range(0, 100), .. Enumerable.Range(103, 50), 160, 161];
        foreach (int minute in minutes)
        {
            text.Append($"{1_700_000_040_000 + (60_000L * minute)},10,10,10,10,1\n");
        }

        using var sample = new SampleFile(text.ToString());
        using MarketDataFile file = MarketDataFiles.Open(sample.Path);
        int count = 0;
        for (; file.TryRead(out _); count++)
        {
        }

        Assert.That(count, Is.EqualTo(minutes.Length));
        Assert.That(file.Gaps, Is.EqualTo(new BarGaps(2, 10, 7, T + (153 * 60_000_000_000L))));
    }
}
