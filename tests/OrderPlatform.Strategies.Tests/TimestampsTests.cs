namespace OrderPlatform.Strategies.Tests;

/// <summary>Times as people and exporters write them.</summary>
public sealed class TimestampsTests
{
    private const long Noon = 1_748_779_200_000_000_000;

    [TestCase("2025-06-01T12:00:00Z", Noon)]
    [TestCase("2025-06-01T12:00:00", Noon)]
    [TestCase("2025-06-01 12:00:00", Noon)]
    [TestCase("2025-06-01T12:00Z", Noon)]
    [TestCase("2025-06-01 12:00", Noon)]
    [TestCase("2025-06-01T14:00:00+02:00", Noon)]
    [TestCase("2025-06-01 12:00:00+00:00", Noon)]
    [TestCase("2025-06-01T12:00:00.5Z", Noon + 500_000_000)]
    [TestCase("2025-06-01T12:00:00.123456789Z", Noon + 123_456_789)]
    [TestCase("2025-06-01T12:00:00.000000001+00:00", Noon + 1)]
    [TestCase("2025-06-01", Noon - 43_200_000_000_000)]
    [TestCase("1970-01-01T00:00:00Z", 0)]
    [TestCase("2261-12-31T23:59:59Z", 9_214_646_399_000_000_000)]
    [TestCase("1748779200000", Noon)]
    [TestCase("1748779200000000", Noon)]
    [TestCase("1748779200000000001", Noon + 1)]
    [TestCase("100000000000", 100_000_000_000_000_000)]
    [TestCase("9223372036854", 9_223_372_036_854_000_000)]
    [TestCase("9223372036854775", 9_223_372_036_854_775_000)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void A_time_is_read_to_the_nanosecond(string text, long expected)
    {
        Assert.That(Timestamps.TryParse(text, out long nanos), Is.True);
        Assert.That(nanos, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("now")]
    [TestCase("12:00", Description = "today's noon would be another moment every day")]
    [TestCase("2025-06")]
    [TestCase("5 March")]
    [TestCase("1.5")]
    [TestCase("01/06/2025")]
    [TestCase("2025-6-1")]
    [TestCase("2025-02-30")]
    [TestCase("2025-06-01T25:00:00Z")]
    [TestCase("2025-06-01T12:00.5Z")]
    [TestCase("2025-06-01T12:00:00.Z")]
    [TestCase("2025-06-01T12:00:00.1234567890Z")]
    [TestCase("2025-06-01T12:00:00Zjunk")]
    [TestCase("1969-12-31T23:59:59Z")]
    [TestCase("2262-01-01T00:00:00Z")]
    [TestCase("1748779200", Description = "seconds")]
    [TestCase("0")]
    [TestCase("-1748779200000")]
    [TestCase("99999999999")]
    [TestCase("9223372036855", Description = "would wrap")]
    [TestCase("10000000000000")]
    [TestCase("99999999999999")]
    [TestCase("9223372036854776", Description = "would wrap")]
    [TestCase("10000000000000000")]
    [TestCase("99999999999999999")]
    [TestCase("9223372036854775808")]
    [TestCase("1748779200000.0")]
    public void What_is_no_time_is_refused(string text)
    {
        Assert.That(Timestamps.TryParse(text, out long nanos), Is.False);
        Assert.That(nanos, Is.Zero);
    }
}
