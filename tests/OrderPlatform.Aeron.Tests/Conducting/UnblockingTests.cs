using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>Writers that died in the middle of what they wrote hold nobody up for ever.</summary>
[TestFixture]
internal sealed class UnblockingTests
{
    private const int RecordLength = 64;

    [Test]
    public void The_command_ring_goes_on_behind_a_command_that_was_never_finished()
    {
        using var driver = new DriverUnderCommand();
        DriverProxy living = driver.NewClient();
        driver.Subscription(living.AddSubscription("aeron:ipc", 1));
        Claim(driver);
        long behind = living.AddPublication("aeron:ipc", 1);
        driver.StepFor(TimeSpan.FromSeconds(9), living);
        Assert.That(driver.Events.OfType<PublicationReady>(), Is.Empty);
        driver.StepFor(TimeSpan.FromSeconds(4), living);
        driver.Publication(behind);
        Assert.That(driver.SystemCounter(SystemCounterId.UnblockedCommands), Is.EqualTo(1));
    }

    [Test]
    public void An_exclusive_publisher_that_takes_its_time_with_a_claim_keeps_it()
    {
        using var driver = new DriverUnderCommand();
        driver.Subscription(driver.Client.AddSubscription("aeron:ipc", 1));
        PublicationReady ready = driver.Publication(driver.Client.AddExclusivePublication("aeron:ipc", 1));
        using LogBuffer log = LogBuffer.Open(ready.LogFile);
        log.Terms[0].PutIntRelease(0, -RecordLength);
        log.MetaData.GetAndAddLong(0, RecordLength);
        driver.StepFor(TimeSpan.FromSeconds(30), driver.Client);
        Assert.That(driver.SystemCounter(SystemCounterId.UnblockedPublications), Is.Zero);
        Assert.That(log.Terms[0].GetInt(0), Is.EqualTo(-RecordLength));
    }

    /// <summary>As a client does before it writes a command; then it dies.</summary>
    private static void Claim(DriverUnderCommand driver)
    {
        long capacity = driver.RingMemory.CapacityBytes - ManyToOneRingBuffer.TrailerLength;
        long tail = driver.RingMemory.GetAndAddLong(capacity + 128, RecordLength);
        driver.RingMemory.PutIntRelease(tail % capacity, -RecordLength);
    }
}
