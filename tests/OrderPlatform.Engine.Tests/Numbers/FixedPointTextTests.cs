using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Tests.Numbers;

public class FixedPointTextTests
{
    [FsCheck.NUnit.Property(MaxTest = 5_000, Replay = "20261121,3")]
    public void What_is_written_is_read_back(long raw)
    {
        Assert.That(FixedPointText.TryParse(FixedPointText.Format(raw), out long read), Is.True);
        Assert.That(read, Is.EqualTo(raw));
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000, Replay = "20261121,5")]
    public void The_text_is_that_of_decimal(long raw) =>
        Assert.That(FixedPointText.Format(raw), Is.EqualTo((raw / 100_000_000m).ToString("0.########", CultureInfo.InvariantCulture)));

    [TestCase(0, "0")]
    [TestCase(1, "0.00000001")]
    [TestCase(-1, "-0.00000001")]
    [TestCase(150_000_000, "1.5")]
    [TestCase(long.MaxValue, "92233720368.54775807")]
    [TestCase(long.MinValue, "-92233720368.54775808")]
    public void Numbers_have_the_shortest_text(long raw, string text)
    {
        Assert.That(FixedPointText.Format(raw), Is.EqualTo(text));
        Assert.That(FixedPointText.TryParse(text, out long read), Is.True);
        Assert.That(read, Is.EqualTo(raw));
    }

    [TestCase("61837.63000000", 6_183_763_000_000)]
    [TestCase("61837.630000000000", 6_183_763_000_000)]
    [TestCase("+7", 700_000_000)]
    [TestCase("7.", 700_000_000)]
    [TestCase(".5", 50_000_000)]
    [TestCase("-0", 0)]
    [TestCase("1e-05", 1_000)]
    [TestCase("1.5E+3", 150_000_000_000)]
    [TestCase("0e99", 0)]
    [TestCase("00000000000000000000000000000001", 100_000_000)]
    public void Forms_that_exporters_write_are_read(string text, long raw)
    {
        Assert.That(FixedPointText.TryParse(text, out long read), Is.True);
        Assert.That(read, Is.EqualTo(raw));
    }

    [TestCase("")]
    [TestCase("-")]
    [TestCase("+-1")]
    [TestCase(".")]
    [TestCase("1.2.3")]
    [TestCase("1,5")]
    [TestCase(" 1")]
    [TestCase("0x10")]
    [TestCase("NaN")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("1e100")]
    [TestCase("e5")]
    [TestCase("1e5e5")]
    [TestCase("0.000000001")]
    [TestCase("1e-9")]
    [TestCase("92233720368.54775808")]
    [TestCase("-92233720368.54775809")]
    [TestCase("1e90")]
    [TestCase("99999999999999999999999999999999999")]
    [TestCase("\u0661")]
    public void Anything_else_is_refused_and_reads_as_zero(string text)
    {
        Assert.That(FixedPointText.TryParse(text, out long read), Is.False);
        Assert.That(read, Is.Zero);
    }

    [FsCheck.NUnit.Property(MaxTest = 5_000, Replay = "20261121,7")]
    public void No_text_throws(string? text)
    {
        bool read = FixedPointText.TryParse(text, out long raw);
        Assert.That(read || raw == 0, Is.True);
    }
}
