using OrderPlatform.Aeron;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.AeronTool.Tests;

/// <summary>The commands, on the files of a driver that stands still.</summary>
[TestFixture]
internal sealed class CommandTests
{
    private static readonly CncFileParameters Parameters = new()
    {
        ToDriverBufferLength = 64 * 1024,
        ToClientsBufferLength = 64 * 1024,
        CountersValuesBufferLength = 64 * 1024,
        ErrorLogBufferLength = 64 * 1024,
        StartTimestampMs = 1_750_000_000_000,
        Pid = 4711,
    };

    private string _directory = null!;
    private CncFile _driver = null!;
    private CounterAllocator _counters = null!;
    private StringWriter _output = null!;
    private StringWriter _errors = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = Directory.CreateTempSubdirectory("op-aeron").FullName;
        _driver = CncFile.Create(_directory, Parameters);
        _counters = new CounterAllocator(_driver.CountersMetaData, _driver.CountersValues, SystemClock.Instance, 0);
        SystemCounterLabels.Allocate(_counters, ThreadingMode.Shared);
        _driver.SetReady();
        _output = new StringWriter();
        _errors = new StringWriter();
    }

    [TearDown]
    public void TearDown()
    {
        _driver.Dispose();
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public void Stat_shows_the_driver_and_each_counter()
    {
        _counters.Allocate(1101, [], "my counter").SetRelease(-1_234_567);
        new ManyToOneRingBuffer(_driver.ToDriver).ConsumerHeartbeatTime = -1;
        Assert.That(Run("stat", _directory), Is.Zero);
        string[] lines = Lines();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.EqualTo(1 + SystemCounters.Count + 1));
            Assert.That(lines[0], Does.EndWith($"{_driver.Path}: pid 4711, since 2025-06-15 15:06:40.000Z, ended in good order"));
            Assert.That(lines[1], Is.EqualTo("   0:                          0 - Bytes sent"));
            Assert.That(lines[^1], Is.EqualTo("  46:                 -1,234,567 - my counter"));
        }
    }

    [Test]
    public void Stat_shows_only_what_the_filter_lets_through()
    {
        Assert.That(Run("stat", _directory, "--filter", "HEARTBEATS"), Is.Zero);
        Assert.That(Lines()[1..].Select(static line => line[(line.IndexOf('-') + 2)..]), Is.EqualTo(new[] { "Heartbeats sent", "Heartbeats received" }));
    }

    [Test]
    public void Watch_shows_the_counters_as_often_as_asked_and_ends()
    {
        Assert.That(Run("stat", _directory, "--watch", "--interval", "0", "--count", "3", "--filter", "Bytes sent"), Is.Zero);
        Assert.That(Lines(), Has.Length.EqualTo(3 * 2));
    }

    [Test]
    public void A_watch_says_what_a_counter_gained_a_second()
    {
        AtomicCounter counter = _counters.Allocate(1101, [], "mine");
        var report = new CounterReport(_driver, "mine");
        report.Write(_output, 1_000);
        counter.SetRelease(5_000);
        report.Write(_output, 3_000);
        counter.SetRelease(4_000);
        report.Write(_output, 4_000);
        string[] lines = Lines();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[1], Does.EndWith(" 0 - mine"));
            Assert.That(lines[3], Does.EndWith("5,000           +2,500/s - mine"));
            Assert.That(lines[5], Does.EndWith("4,000           -1,000/s - mine"));
        }
    }

    [Test]
    public void A_heartbeat_is_shown_by_its_age()
    {
        var ring = new ManyToOneRingBuffer(_driver.ToDriver);
        var report = new CounterReport(_driver, "no such");
        report.Write(_output, 5_000);
        ring.ConsumerHeartbeatTime = 3_000;
        report.Write(_output, 5_000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines()[0], Does.EndWith(", never alive"));
            Assert.That(Lines()[1], Does.EndWith(", alive 2,000 ms ago"));
        }
    }

    [Test]
    public void A_label_cannot_move_the_cursor()
    {
        _counters.Allocate(1101, [], "evil\u001b[2J\nlabel");
        Assert.That(Run("stat", _directory), Is.Zero);
        Assert.That(Lines()[^1], Does.EndWith("- evil [2J label"));
    }

    [Test]
    public void Errors_shows_each_error_with_its_count_and_times()
    {
        var log = new DistinctErrorLog(_driver.ErrorLog, SystemClock.Instance);
        log.Record("first");
        log.Record("second\nwith a line more");
        log.Record("first");
        Assert.That(Run("errors", _directory), Is.Zero);
        string[] lines = Lines();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Does.StartWith("2 times, 2").And.Contains("Z to 2").And.EndsWith("Z:"));
            Assert.That(lines[1], Is.EqualTo("  first"));
            Assert.That(lines[2], Does.StartWith("once, 2"));
            Assert.That(lines[3..], Is.EqualTo(new[] { "  second", "  with a line more", "2 distinct errors" }));
        }
    }

    [Test]
    public void Loss_shows_a_line_for_each_image()
    {
        using (MappedFile file = MappedFile.CreateNew(Path.Combine(_directory, AeronDirectory.LossReportFileName), 4096))
        {
            var report = new LossReport(file.Buffer);
            report.CreateEntry(64, 1_750_000_000_000, -7, 1001, "aeron:udp?endpoint=localhost:40123", "127.0.0.1:5000")!
                .RecordObservation(32, 1_750_000_001_000);
        }

        Assert.That(Run("loss", _directory), Is.Zero);
        Assert.That(Lines()[1..], Is.EqualTo(new[]
        {
            "2\t96\t2025-06-15 15:06:40.000Z\t2025-06-15 15:06:41.000Z\t-7\t1001\taeron:udp?endpoint=localhost:40123\t127.0.0.1:5000",
        }));
    }

    [TestCase("stat")]
    [TestCase("errors")]
    [TestCase("loss")]
    public void A_directory_without_a_driver_is_one_line_and_code_1(string command)
    {
        Assert.That(Run(command, Path.Combine(_directory, "none")), Is.EqualTo(1));
        Assert.That(_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1).And.All.StartsWith("error: "));
    }

    [Test]
    public void A_file_that_is_not_ready_or_not_a_drivers_is_one_line_and_code_1()
    {
        string other = Directory.CreateDirectory(Path.Combine(_directory, "other")).FullName;
        File.WriteAllBytes(CncFile.PathOf(other), new byte[4096]);
        Assert.That(Run("stat", other), Is.EqualTo(1));
        File.WriteAllBytes(CncFile.PathOf(other), [.. Enumerable.Repeat((byte)255, 4096)]);
        Assert.That(Run("errors", other), Is.EqualTo(1));
        Assert.That(_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.StartsWith("error: "));
    }

    [Test]
    public void The_commands_write_nothing_into_the_drivers_files()
    {
        byte[] before = ReadShared();
        Run("stat", _directory);
        Run("errors", _directory);
        Assert.That(ReadShared(), Is.EqualTo(before));
    }

    [TestCase("--interval", "-1")]
    [TestCase("--interval", "NaN")]
    [TestCase("--interval", "soon")]
    public void An_interval_that_cannot_be_is_refused(string option, string value) =>
        Assert.That(AeronCommands.Root(_output, _errors).Parse(["stat", _directory, "--watch", option, value]).Errors, Is.Not.Empty);

    private byte[] ReadShared()
    {
        using var stream = new FileStream(_driver.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private string[] Lines() => _output.ToString().Split(_output.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private int Run(params string[] arguments) => AeronCommands.Root(_output, _errors).Parse(arguments).Invoke();
}
