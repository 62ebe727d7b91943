using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.Whole.Features;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>Where there is no room for more, a command is refused and leaves nothing behind.</summary>
[TestFixture]
internal sealed class RoomTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20320";
    private const long LogLength = (3 * 64 * 1024) + 4096;

    [TestCase(Udp)]
    [TestCase("aeron:ipc")]
    public void Logs_take_no_more_than_the_limit_of_the_driver(string channel)
    {
        using var driver = new DriverUnderCommand(static context => context with { LogBufferBytesMax = LogLength });
        long first = driver.Client.AddPublication(channel, 1);
        driver.Publication(first);
        string before = Leftovers.Of(driver.Directory, driver.Network);
        (ErrorCode code, string message) = driver.ErrorOf(driver.Client.AddPublication(channel, 2));
        Assert.That(code, Is.EqualTo(ErrorCode.StorageSpace));
        Assert.That(message, Does.Contain("LogBufferBytesMax"));
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.EqualTo(before));
        driver.Succeeded(driver.Client.RemovePublication(first));
        driver.StepFor(TimeSpan.FromSeconds(8), driver.Client);
        driver.Publication(driver.Client.AddPublication(channel, 2));
    }

    [TestCase(Udp)]
    [TestCase("aeron:ipc")]
    public void A_full_disk_is_told_and_nothing_is_left_behind(string channel)
    {
        long free = LogLength - 1;
        using var driver = new DriverUnderCommand(context => context with { UsableSpace = _ => free });
        (ErrorCode code, string message) = driver.ErrorOf(driver.Client.AddPublication(channel, 1));
        Assert.That(code, Is.EqualTo(ErrorCode.StorageSpace));
        Assert.That(message, Does.Contain("insufficient usable storage"));
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
        free = LogLength;
        driver.Publication(driver.Client.AddPublication(channel, 1));
    }

    [Test]
    public void An_image_that_finds_no_room_is_made_when_there_is_some()
    {
        long free = long.MaxValue;
        using var driver = new DriverUnderCommand(context => context with { UsableSpace = _ => free });
        driver.Publication(driver.Client.AddPublication(Udp, 1));
        free = 0;
        driver.Subscription(driver.Client.AddSubscription(Udp, 1));
        driver.StepFor(TimeSpan.FromSeconds(3), driver.Client);
        Assert.That(driver.Events.OfType<AvailableImage>(), Is.Empty);
        Assert.That(driver.Errors(), Does.Contain("insufficient usable storage"));
        free = long.MaxValue;
        driver.StepFor(TimeSpan.FromSeconds(3), driver.Client);
        Assert.That(driver.Events.OfType<AvailableImage>().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Without_a_free_counter_a_command_leaves_nothing_behind([Range(0, 12)] int free)
    {
        using var driver = new DriverUnderCommand();
        int capacity = driver.Counters.MaxCounterId + 1;
        // The first command takes a heartbeat too.
        for (int taken = SystemCounters.Count + 1; taken < capacity - free; taken++)
        {
            driver.Client.AddCounter(1001, [], "x");
            driver.Step();
        }

        driver.Settle();
        Assert.That(driver.Counters.Counters().Count(), Is.EqualTo(capacity - free));
        string before = Leftovers.Of(driver.Directory, driver.Network);
        DriverProxy client = driver.NewClient();
        (string Channel, bool IsSubscription)[] commands =
        [
            (Udp, true), (Udp, false), ("aeron:udp?control=127.0.0.1:20321|control-mode=dynamic|fc=min", false), ("aeron:ipc", false), ("aeron:ipc", true),
        ];
        foreach ((string channel, bool isSubscription) in commands)
        {
            long id = isSubscription ? client.AddSubscription(channel, 1) : client.AddPublication(channel, 1);
            driver.Settle();
            Assert.That(driver.Events.OfType<EventRecorder.Error>().All(static error => error.Code == ErrorCode.StorageSpace), driver.Errors);
            if (!driver.Events.OfType<EventRecorder.Error>().Any(error => error.CorrelationId == id))
                _ = isSubscription ? client.RemoveSubscription(id) : client.RemovePublication(id);
            driver.StepFor(TimeSpan.FromSeconds(13), driver.Client, client);
        }

        client.ClientClose();
        driver.StepFor(TimeSpan.FromSeconds(15), driver.Client);
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.EqualTo(before));
    }

    [Test]
    public void A_subscription_that_finds_no_counter_for_its_position_does_not_disturb_others()
    {
        using var driver = new DriverUnderCommand();
        driver.Subscription(driver.Client.AddSubscription("aeron:ipc", 1));
        driver.Publication(driver.Client.AddPublication("aeron:ipc", 1));
        int capacity = driver.Counters.MaxCounterId + 1;
        for (int taken = driver.Counters.Counters().Count(); taken < capacity; taken++)
        {
            driver.Client.AddCounter(1001, [], "x");
            driver.Step();
        }

        long late = driver.Client.AddSubscription("aeron:ipc", 1);
        driver.Subscription(late);
        Assert.That(driver.Events.OfType<AvailableImage>().Count(), Is.EqualTo(1));
        Assert.That(driver.Events.OfType<EventRecorder.Error>(), Is.Empty, "it was added");
        Assert.That(driver.Errors(), Does.Contain("no counter free"));
        driver.Succeeded(driver.Client.RemoveSubscription(late));
    }
}
