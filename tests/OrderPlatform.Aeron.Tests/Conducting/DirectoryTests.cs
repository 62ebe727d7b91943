using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Tests.Whole.Features;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>One directory, one driver: who may have it, what is kept of one that is gone, and what an end leaves.</summary>
[TestFixture]
internal sealed class DirectoryTests
{
    private readonly ManualClock _clock = new();
    private string _directory = string.Empty;

    [SetUp]
    public void SetUp() => _directory = Path.Combine(Path.GetTempPath(), $"aeron-directory-{Guid.NewGuid():N}");

    [TearDown]
    public void TearDown()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_second_driver_is_refused_while_the_first_lives(bool deletesOnStart)
    {
        using MediaDriver first = Launch();
        first.Invoker!.DoWork();
        DriverActiveException refusal = Assert.Throws<DriverActiveException>(() => Launch(context => context with { DirDeleteOnStart = deletesOnStart }));
        Assert.That(refusal.Message, Does.Contain(_directory));
        Assert.That(File.Exists(CncFile.PathOf(_directory)), Is.True);
    }

    [Test]
    public void The_place_of_a_driver_that_ended_is_taken_at_once()
    {
        Launch().Dispose();
        Assert.That(File.Exists(CncFile.PathOf(_directory)), Is.True, "for clients to see that it ended");
        using MediaDriver second = Launch();
        using var cnc = CncFile.Open(_directory);
        Assert.That(new ManyToOneRingBuffer(cnc.ToDriver).ConsumerHeartbeatTime, Is.EqualTo(_clock.EpochMillis));
    }

    [Test]
    public void The_place_of_a_dead_driver_is_taken_when_it_was_silent_for_ten_seconds()
    {
        MediaDriver dead = Launch();
        dead.Abandon();
        File.WriteAllText(Path.Combine(_directory, AeronDirectory.PublicationsFolder, "17.logbuffer"), "of the dead");
        string other = Path.Combine(_directory, "notes.txt");
        File.WriteAllText(other, "of somebody else");
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Throws<DriverActiveException>(() => Launch());
        _clock.Advance(TimeSpan.FromSeconds(2));
        using MediaDriver second = Launch();
        Assert.That(Leftovers.Of(_directory, new SimulatedNetwork()), Is.Empty);
        Assert.That(File.Exists(other), Is.True);
    }

    [Test]
    public void A_directory_is_deleted_as_a_whole_where_that_is_asked_for()
    {
        Launch().Dispose();
        string other = Path.Combine(_directory, "notes.txt");
        File.WriteAllText(other, "of somebody else");
        using (Launch(static context => context with { DirDeleteOnStart = true, DirDeleteOnShutdown = true }))
        {
            Assert.That(File.Exists(other), Is.False);
        }

        Assert.That(Directory.Exists(_directory), Is.False);
    }

    [Test]
    public void A_file_that_is_no_cnc_file_is_replaced()
    {
        Directory.CreateDirectory(_directory);
        File.WriteAllBytes(CncFile.PathOf(_directory), [.. Enumerable.Repeat((byte)0xEE, 4096)]);
        using MediaDriver driver = Launch();
        using var cnc = CncFile.Open(_directory);
        Assert.That(cnc.Pid, Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public void A_driver_that_ends_closes_sockets_that_its_agents_have_not_come_to_know()
    {
        using var driver = new DriverUnderCommand();
        for (int index = 0; index < 200; index++)
        {
            driver.Client.AddSubscription($"aeron:udp?endpoint=127.0.0.1:{20400 + index}", 1);
            driver.Client.AddPublication($"aeron:udp?endpoint=127.0.0.1:{20400 + index}", 1);
        }

        driver.Driver.Invoker!.DoWork();
        Assert.That(driver.Network.OpenCount, Is.Positive);
        driver.Driver.Dispose();
        Assert.That(driver.Network.OpenCount, Is.Zero);
    }

    private MediaDriver Launch(Func<MediaDriverContext, MediaDriverContext>? change = null)
    {
        var context = new MediaDriverContext
        {
            AeronDirectoryName = _directory,
            ThreadingMode = ThreadingMode.Invoker,
            Clock = _clock,
            TransportFactory = new SimulatedNetwork(),
            ToDriverBufferLength = 64 * 1024,
            ToClientsBufferLength = 64 * 1024,
            CountersValuesBufferLength = 64 * 1024,
            ErrorLogBufferLength = 64 * 1024,
            LossReportBufferLength = 64 * 1024,
        };
        return MediaDriver.Launch(change?.Invoke(context) ?? context);
    }
}
