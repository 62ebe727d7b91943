using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.MarketData;

/// <summary>What is wrong with a file is one clear line that names the place and the remedy.</summary>
internal sealed class MalformedFileTests
{
    private const string Bars = "open_time_ms,open,high,low,close,volume_base\n1700000040000,10,12,9,11,3\n1700000100000,10,12,9,11,3\n";
    private const string Trades = "trade_id,exchange_ts_us,local_ts_us,taker_side,price,qty_base\n7,1700000040000000,1700000040000001,sell,10.5,2\n";
    private const string Quotes = "exchange_ts_us,local_ts_us,bid_price,bid_qty,ask_price,ask_qty\n1700000040000000,1700000040000009,10.5,2,10.6,3\n";
    private const string Klines = "1700000040000,10,12,9,11,3,1700000099999,0,0,0,0,0\n";

    [TestCase(Bars, "1700000160000,10,12,9,11", "has 5 columns, the file 6")]
    [TestCase(Bars, "1700000160000,10,12,9,11,3,4", "has 7 columns, the file 6")]
    [TestCase(Bars, "1700000160000,10,abc,9,11,3", "column 3 (high) is \"abc\"")]
    [TestCase(Bars, "1700000160000,10,,9,11,3", "column 3 (high) is \"\"")]
    [TestCase(Bars, "1700000160000,10,NaN,9,11,3", "column 3 (high) is \"NaN\"")]
    [TestCase(Bars, "1700000160000,10, 12,9,11,3", "column 3 (high) is \" 12\"")]
    [TestCase(Bars, "1700000160000,10,12.123456789,9,11,3", "column 3 (high)")]
    [TestCase(Bars, "1700000160000,10,99999999999,9,11,3", "column 3 (high)")]
    [TestCase(Bars, "17000001.5,10,12,9,11,3", "column 1 (open_time_ms) is \"17000001.5\"")]
    [TestCase(Bars, "-1700000160000,10,12,9,11,3", "column 1 (open_time_ms)")]
    [TestCase(Bars, "99999999999999999999,10,12,9,11,3", "column 1 (open_time_ms)")]
    [TestCase(Bars, "1700000160,10,12,9,11,3", "the time 1700000160 is not in milliseconds")]
    [TestCase(Bars, "1700000160000000,10,12,9,11,3", "is in microseconds, the times before or the format are in milliseconds")]
    [TestCase(Bars, "1700000160000,0,12,0,11,3", "a price is not above zero")]
    [TestCase(Bars, "1700000160000,10,12,-9,11,3", "a price is not above zero")]
    [TestCase(Bars, "1700000160000,10,9,12,11,3", "the high 9 is below the low 12")]
    [TestCase(Bars, "1700000160000,8,12,9,11,3", "the open 8")]
    [TestCase(Bars, "1700000160000,10,12,9,13,3", "the close 13")]
    [TestCase(Bars, "1700000160000,10,12,9,11,-3", "the volume -3 is negative")]
    [TestCase(Bars, "1700000100000,10,12,9,11,3", "the bar is doubled")]
    [TestCase(Bars, "1700000040000,10,12,9,11,3", "out of order")]
    [TestCase(Trades, "8,1700000039999999,1700000040000001,sell,10.5,2", "the time goes back by 1 microseconds")]
    [TestCase(Trades, "7,1700000040000000,1700000040000001,sell,10.5,2", "trade 7 follows trade 7")]
    [TestCase(Trades, "6,1700000040000000,1700000040000001,sell,10.5,2", "trade 6 follows trade 7")]
    [TestCase(Trades, "8,1700000040000000,1700000040000001,hold,10.5,2", "column 4 (taker_side) is \"hold\", not buy or sell")]
    [TestCase(Trades, "8,1700000040000000,1700000040000001,sell,0,2", "the price 0 is not above zero")]
    [TestCase(Trades, "8,1700000040000000,1700000040000001,sell,10.5,0", "the quantity 0 is not above zero")]
    [TestCase(Trades, "x,1700000040000000,1700000040000001,sell,10.5,1", "column 1 (trade_id) is \"x\"")]
    [TestCase(Quotes, "1700000039000000,1700000040000009,10.5,2,10.6,3", "the time goes back by 1000000 microseconds")]
    [TestCase(Quotes, "1700000040000000,1700000040000009,10.7,2,10.6,3", "the quote is crossed: the bid 10.7 is above the ask 10.6")]
    [TestCase(Quotes, "1700000040000000,1700000040000009,0,2,10.6,3", "the bid 0")]
    [TestCase(Quotes, "1700000040000000,1700000040000009,10.5,-2,10.6,3", "a quantity is negative")]
    [TestCase(Klines, "1700000100000000,10,12,9,11,3,1700000159999999,0,0,0,0,0", "split the file where the unit changes")]
    [TestCase(Klines, "1700000100000,10,12,9,11,3,1700000090000,0,0,0,0,0", "closes before it opens")]
    [TestCase(Klines, "1700000070000,10,12,9,11,3,1700000129999,0,0,0,0,0", "opens before the one before it closes")]
    public void A_bad_row_is_named_by_file_and_line(string head, string row, string expected)
    {
        int line = head.Count(c => c == '\n') + 1;
        Assert.That(SampleFile.ErrorOf(head + row + "\n"), Does.Contain(expected).And.Contain($", line {line}: "));
    }

    [Test]
    public void A_trade_s_maker_flag_must_be_a_flag() =>
        Assert.That(
            SampleFile.ErrorOf("id,price,qty,quote_qty,time,is_buyer_maker\n77,10.5,2,21,1700000040000,maybe\n"),
            Does.Contain("line 2: column 6 (is_buyer_maker) is \"maybe\", not true, false, 1 or 0"));

    [Test]
    public void An_empty_kind_of_execution_is_an_error_and_no_other_kind() =>
        Assert.That(
            SampleFile.ErrorOf(
                "local_ts_ns,event_ms,trade_ms,trade_id,price,qty,buyer_is_maker,exec_kind\n1700000038000000001,1700000040001,1700000040000,77,10.5,2,1,\n"),
            Does.Contain("column 8 (exec_kind)"));

    [Test]
    public void A_bar_off_the_grid_is_named_even_while_rows_are_held() =>
        Assert.That(
            SampleFile.ErrorOf(Bars + "1700000190000,10,12,9,11,3\n1700000220000,10,12,9,11,3\n1700000265000,10,12,9,11,3\n"),
            Does.Contain("line 6: the bar opens 45000 ms after the one before, which is no multiple of the bar's length of 30000 ms"));

    [Test]
    public void A_shorter_step_after_the_length_was_inferred_is_an_error()
    {
        var text = new System.Text.StringBuilder("open_time_ms,open,high,low,close,volume_base\n");
        for (int minute = 0; minute < 100; minute++)
        {
            text.Append($"{1_700_000_040_000 + (60_000L * minute)},10,10,10,10,1\n");
        }

        text.Append("1700006010000,10,10,10,10,1\n");
        Assert.That(SampleFile.ErrorOf(text.ToString()), Does.Contain("line 102: the bar opens 30000 ms after the one before").And.Contain("BarLengthNanos"));
    }

    [Test]
    public void A_blank_line_between_rows_is_an_error() =>
        Assert.That(SampleFile.ErrorOf(Bars + "\n1700000160000,10,12,9,11,3\n"), Does.Contain("line 4: a blank line stands between others"));

    [TestCase("", "the file is empty")]
    [TestCase("\n\n", "the file is empty")]
    [TestCase("\uFEFF", "the file is empty")]
    [TestCase("open_time_ms,open,high,low,close,volume_base\n", "a header and no rows")]
    [TestCase("open_time_ms,open,high,low,close,volume_base", "a header and no rows")]
    public void A_file_without_data_is_an_error(string text, string expected) => Assert.That(SampleFile.ErrorOf(text), Does.Contain(expected));

    [TestCase("date,o,h,l,c\n2024-01-01,1,1,1,1\n")]
    [TestCase("open_time_ms,open,high,low,close\n")]
    [TestCase("1,2,3\n")]
    [TestCase("77,10.5,2,21,17,True,True\n")]
    [TestCase("77,10.5,x,21,1700000040000,True,True\n")]
    [TestCase("open_time_ms,open,high,low,close,volume_base_and_more\n")]
    [TestCase("open_time_ms,open,high,low,close,volume_base,more\n")]
    public void An_unknown_format_lists_the_known_ones(string text)
    {
        string error = SampleFile.ErrorOf(text);
        Assert.That(error, Does.Contain("the format is not known: the first line is"));
        foreach (string format in MarketDataFiles.KnownFormats)
        {
            Assert.That(error, Does.Contain(format));
        }
    }

    [Test]
    public void Binary_content_is_quoted_printably()
    {
        using var sample = new SampleFile("x.csv", [0xFF, 0xFE, 0x41, 0x00, 0x0D, 0x07]);
        Assert.That(sample.Error(), Does.Contain("\"??A???\""));
    }

    [Test]
    public void A_missing_file_and_a_folder_are_named()
    {
        string missing = Path.Combine(Path.GetTempPath(), "no-such-folder", "no-such-file.csv");
        Assert.That(() => MarketDataFiles.Open(missing), Throws.TypeOf<MarketDataException>().With.Message.Contains($"file {missing}: there is no such file"));
        Assert.That(() => MarketDataFiles.Open(Path.GetTempPath()), Throws.TypeOf<MarketDataException>().With.Message.Contains("the file cannot be opened"));
    }

    [Test]
    public void A_line_without_end_is_refused_before_it_fills_the_memory()
    {
        using var sample = new SampleFile("x.csv", [.. "open_time_ms,open,high,low,close,volume_base\n"u8, .. Enumerable.Repeat((byte)'1', 9_000_000)]);
        Assert.That(sample.Error(), Does.Contain("line 2: the line is longer than 4194304 bytes"));
    }

    [Test]
    public void After_an_error_every_read_gives_the_same_error()
    {
        using var sample = new SampleFile(Trades + "bad\n8,1700000040000000,1700000040000001,sell,10.5,2\n");
        using MarketDataFile file = MarketDataFiles.Open(sample.Path);
        Assert.That(file.TryRead(out _), Is.True);
        string first = Assert.Throws<MarketDataException>(() => file.TryRead(out _))!.Message;
        string second = Assert.Throws<MarketDataException>(() => file.TryRead(out _))!.Message;
        Assert.That(second, Is.EqualTo(first).And.Contains("line 3"));
    }

    [Test]
    public void Reading_a_closed_file_is_an_error_and_closing_twice_is_none()
    {
        using var sample = new SampleFile(Trades);
        MarketDataFile file = MarketDataFiles.Open(sample.Path);
        file.Dispose();
        file.Dispose();
        Assert.That(() => file.TryRead(out _), Throws.TypeOf<ObjectDisposedException>());
    }
}
