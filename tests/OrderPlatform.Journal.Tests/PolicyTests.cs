namespace OrderPlatform.Journal.Tests;

public sealed class PolicyTests
{
    [TestCase("page-cache", false, 0)]
    [TestCase("every-batch", true, 0)]
    [TestCase("interval:100us", true, 100)]
    [TestCase("interval:1ms", true, 1_000)]
    [TestCase("interval:1500us", true, 1_500)]
    [TestCase("interval:60s", true, 60_000_000)]
    public void A_policy_is_read_and_written_by_its_name(string text, bool isSynced, long intervalMicros)
    {
        var durability = JournalDurability.Parse(text);
        Assert.That((durability.IsSynced, durability.Interval), Is.EqualTo((isSynced, TimeSpan.FromMicroseconds(intervalMicros))));
        Assert.That(durability.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("Page-Cache")]
    [TestCase("every batch")]
    [TestCase("interval")]
    [TestCase("interval:")]
    [TestCase("interval:1")]
    [TestCase("interval:ms")]
    [TestCase("interval:-1ms")]
    [TestCase("interval:1.5ms")]
    [TestCase("interval: 1ms")]
    [TestCase("interval:1ms ")]
    [TestCase("interval:99us")]
    [TestCase("interval:61s")]
    [TestCase("interval:99999999999s")]
    [TestCase("interval:1m")]
    public void What_is_no_policy_is_refused_with_what_is_allowed(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => JournalDurability.Parse(text));
        Assert.That(refusal!.Message, Does.StartWith($"'{text}' is no durability; allowed are page-cache, every-batch, and interval:<time>"));
        Assert.That(refusal.Message, Does.Contain("from 100us to 60s"));
    }

    [Test]
    public void Intervals_out_of_range_and_no_room_to_lag_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JournalDurability.EveryInterval(TimeSpan.FromMicroseconds(99)));
        Assert.Throws<ArgumentOutOfRangeException>(() => JournalDurability.EveryInterval(TimeSpan.FromSeconds(61)));
        Assert.Throws<ArgumentException>(() => JournalWriter.Create("unused", new JournalOptions { LagMaxInputs = 0 }));
    }
}
