using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies.Tests;

/// <summary>Signal files: what is read, and that each error names file, line and what is allowed.</summary>
public sealed class SignalFileTests
{
    private const string AllColumns = "time,direction,confidence,expected_return,risk_score,volatility,price,valid_until";

    [Test]
    public void Every_column_is_read()
    {
        StrategySignal signal = ReadAll(AllColumns + "\n2025-06-01T12:00:00Z,-1,0.75,0.01,-0.5,0.02,61837.63,2025-06-01T12:05:00Z\n").Single();
        Assert.That(signal, Is.EqualTo(new StrategySignal(
            1_748_779_200_000_000_000, -1, new Price(61_837_63000000), new Ratio(75_000_000), new Ratio(1_000_000), new Ratio(-50_000_000), new Ratio(2_000_000),
            1_748_779_500_000_000_000)));
    }

    [Test]
    public void Empty_fields_and_absent_columns_are_nothing()
    {
        StrategySignal expected = new(1_748_779_200_000_000_000, 1);
        Assert.That(ReadAll(AllColumns + "\n1748779200000,1,,,,,,\n"), Is.EqualTo(new[] { expected }));
        Assert.That(ReadAll("direction,time\n1,1748779200000\n"), Is.EqualTo(new[] { expected }), "columns in any order");
    }

    [TestCase("time,direction\r\n1748779200000,1\r\n1748779260000,0\r\n", TestName = "CRLF_is_read")]
    [TestCase("time,direction\n\n1748779200000,1\n\n\n1748779260000,0\n\n", TestName = "Blank_lines_are_skipped")]
    [TestCase("time,direction\n1748779200000,1\n1748779260000,0", TestName = "A_last_line_without_an_end_is_read")]
    [TestCase(" time , direction \n 1748779200000 , 1 \n 1748779260000 , 0 \n", TestName = "Spaces_around_fields_are_no_part_of_them")]
    [TestCase("time,direction\n1748779200000,1\n1748779260000000,0\n", TestName = "Each_time_tells_its_own_unit")]
    public void Two_signals(string text) => Assert.That(
        ReadAll(text),
        Is.EqualTo(new[] { new StrategySignal(1_748_779_200_000_000_000, 1), new StrategySignal(1_748_779_260_000_000_000, 0) }));

    [Test]
    public void A_file_with_a_byte_order_mark_is_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. "time,direction\n1748779200000,1\n"u8]);
            using SignalFile file = SignalFile.Open(path);
            Assert.That(file.TryRead(out StrategySignal signal), Is.True);
            Assert.That(signal.Direction, Is.EqualTo(1));
            Assert.That(file.TryRead(out _), Is.False);
            Assert.That(file.TryRead(out _), Is.False, "the end stays the end");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Signals_of_one_moment_keep_their_order() =>
        Assert.That(ReadAll("time,direction\n1748779200000,1\n1748779200000,0\n").Select(static s => s.Direction), Is.EqualTo(new[] { 1, 0 }));

    [Test]
    public void A_header_alone_is_a_file_without_signals() => Assert.That(ReadAll("time,direction\n"), Is.Empty);

    [TestCase("", "s.csv: empty; line 1 must name the columns")]
    [TestCase("\n", "line 1: column '' is not known; known are time, direction")]
    [TestCase("time,direction,strength\n", "line 1: column 'strength' is not known; known are time, direction, confidence")]
    [TestCase("time,direction,time\n", "line 1: column 'time' is there twice")]
    [TestCase("Time,direction\n", "line 1: column 'Time' is not known")]
    [TestCase("time\n", "line 1: columns time and direction are needed")]
    [TestCase("direction,confidence\n", "line 1: columns time and direction are needed")]
    [TestCase("1748779200000,1\n", "line 1: column '1748779200000' is not known")]
    public void A_bad_header_is_refused(string text, string expected) => Assert.That(ErrorOf(text), Does.Contain(expected).And.StartsWith("s.csv"));

    [TestCase("1748779260000,2,,,,,,", "direction is '2'; allowed are -1, 0 and 1")]
    [TestCase("1748779260000,,,,,,,", "direction is ''")]
    [TestCase("1748779260000,+1,,,,,,", "direction is '+1'")]
    [TestCase("1748779260000,long,,,,,,", "direction is 'long'")]
    [TestCase(",1,,,,,,", "time is empty")]
    [TestCase("yesterday,1,,,,,,", "time is 'yesterday'; allowed is 2025-06-01T12:00:00Z or an integer")]
    [TestCase("12:00,1,,,,,,", "time is '12:00'")]
    [TestCase("1748779199999,1,,,,,,", "time is before the row above: sort the rows by time")]
    [TestCase("1748779260000,1,1.1,,,,,", "confidence is '1.1'; allowed is a number from 0 to 1")]
    [TestCase("1748779260000,1,-0.1,,,,,", "confidence is '-0.1'")]
    [TestCase("1748779260000,1,0.123456789,,,,,", "confidence is '0.123456789'; allowed is a number from 0 to 1 with at most 8 decimals")]
    [TestCase("1748779260000,1,,NaN,,,,", "expected_return is 'NaN'")]
    [TestCase("1748779260000,1,,-92233720368.54775808,,,,", "expected_return is '-92233720368.54775808'; allowed is a number from -1000000 to 1000000")]
    [TestCase("1748779260000,1,,,x,,,", "risk_score is 'x'")]
    [TestCase("1748779260000,1,,,,-1,,", "volatility is '-1'; allowed is a number from 0 to 1000000")]
    [TestCase("1748779260000,1,,,,,0,", "price is '0'; allowed is a number from 0.00000001 to 1000000000")]
    [TestCase("1748779260000,1,,,,,-5,", "price is '-5'")]
    [TestCase("1748779260000,1,,,,,1 000,", "price is '1 000'")]
    [TestCase("1748779260000,1,,,,,,soon", "valid_until is 'soon'")]
    [TestCase("1748779260000,1", "the row has 2 fields; the header has 8")]
    [TestCase("1748779260000,1,,,,,,,", "the row has 9 fields; the header has 8")]
    [TestCase(" ", "the row has 1 field; the header has 8")]
    public void A_bad_row_is_named_by_file_and_line(string row, string expected) =>
        Assert.That(ErrorOf($"{AllColumns}\n1748779200000,1,,,,,,\n\n{row}\n"), Does.Contain(expected).And.StartsWith("s.csv, line 4: "));

    [Test]
    public void A_missing_file_is_named() =>
        Assert.That(() => SignalFile.Open("/no/such.csv"), Throws.InstanceOf<SignalFileException>().With.Message.Contains("/no/such.csv does not exist: check the path"));

    private static List<StrategySignal> ReadAll(string text)
    {
        using SignalFile file = SignalFile.Read(new StringReader(text), "s.csv");
        var signals = new List<StrategySignal>();
        while (file.TryRead(out StrategySignal signal))
        {
            signals.Add(signal);
        }

        return signals;
    }

    private static string ErrorOf(string text)
    {
        string message = Assert.Throws<SignalFileException>(() => ReadAll(text))!.Message;
        Assert.That(message, Does.Not.Contain('\n'));
        return message;
    }
}
