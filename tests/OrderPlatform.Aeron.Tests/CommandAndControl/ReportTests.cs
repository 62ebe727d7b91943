using System.Text.Json;
using OrderPlatform.Aeron.CommandAndControl.Reports;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>The error log and the loss report.</summary>
[TestFixture]
internal sealed class ReportTests
{
    private const int Length = 4096;

    private NativeBlock _memory = null!;
    private ManualClock _clock = null!;

    [SetUp]
    public void SetUp()
    {
        _memory = new NativeBlock(Length);
        _clock = new ManualClock();
    }

    [TearDown]
    public void TearDown() => _memory.Dispose();

    [Test]
    public void The_error_of_the_capture_has_the_bytes_of_the_layout()
    {
        JsonElement captured = CncSession.State(CncSession.Responses).GetProperty("errorLog")[0];
        string text = captured.GetProperty("text").GetString()!;
        new DistinctErrorLog(_memory.Buffer, _clock).Record(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_memory.Buffer.GetInt(0), Is.EqualTo(captured.GetProperty("length").GetInt32()));
            Assert.That(_memory.Buffer.GetInt(4), Is.EqualTo(captured.GetProperty("count").GetInt32()));
            Assert.That(_memory.Buffer.GetLong(8), Is.EqualTo(_clock.EpochMillis));
            Assert.That(_memory.Buffer.GetLong(16), Is.EqualTo(_clock.EpochMillis));
            Assert.That(ErrorLogReader.Read(_memory.Buffer), Is.EqualTo(new[] { new ErrorLogEntry(1, _clock.EpochMillis, _clock.EpochMillis, text) }));
        }
    }

    [Test]
    public void Equal_errors_are_one_entry_with_a_count_and_two_times()
    {
        var log = new DistinctErrorLog(_memory.Buffer, _clock);
        long first = _clock.EpochMillis;
        log.Record("one");
        log.Record("two");
        _clock.Advance(TimeSpan.FromSeconds(1));
        log.Record("one");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ErrorLogReader.Read(_memory.Buffer), Is.EqualTo(new[]
            {
                new ErrorLogEntry(2, first, first + 1000, "one"), new ErrorLogEntry(1, first, first, "two"),
            }));
            Assert.That(ErrorLogReader.Read(_memory.Buffer, first + 1).Select(static entry => entry.Text), Is.EqualTo(new[] { "one" }));
        }
    }

    [Test]
    public void An_exception_is_its_type_and_message_and_those_of_its_causes()
    {
        new DistinctErrorLog(_memory.Buffer, _clock).Record(new InvalidOperationException("outer", new IOException("inner")));
        Assert.That(ErrorLogReader.Read(_memory.Buffer)[0].Text, Is.EqualTo("InvalidOperationException: outer, caused by IOException: inner"));
    }

    [Test]
    public void What_does_not_fit_is_counted_and_what_was_there_before_still_is()
    {
        var log = new DistinctErrorLog(_memory.Buffer, _clock);
        for (int number = 0; number < 1000; number++)
        {
            log.Record($"error number {number}");
        }

        log.Record("error number 0");
        IReadOnlyList<ErrorLogEntry> entries = ErrorLogReader.Read(_memory.Buffer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(entries, Has.Count.InRange(Length / 48, Length / 32));
            Assert.That(log.DroppedCount, Is.EqualTo(1000 - entries.Count));
            Assert.That(entries[0].ObservationCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void Several_threads_write_without_losing_an_observation()
    {
        var log = new DistinctErrorLog(_memory.Buffer, _clock);
        Parallel.For(0, 4000, number => log.Record($"error {number % 7}"));
        Assert.That(ErrorLogReader.Read(_memory.Buffer).Sum(static entry => entry.ObservationCount), Is.EqualTo(4000));
    }

    [TestCase(-1)]
    [TestCase(23)]
    [TestCase(int.MaxValue)]
    [TestCase(Length + 1)]
    public void An_error_length_that_cannot_be_ends_the_reading(int length)
    {
        var log = new DistinctErrorLog(_memory.Buffer, _clock);
        log.Record("one");
        _memory.Buffer.PutInt(32, length);
        Assert.That(ErrorLogReader.Read(_memory.Buffer), Has.Count.EqualTo(1));
    }

    [Test]
    public void Losses_are_read_as_they_were_written_at_their_places()
    {
        var report = new LossReport(_memory.Buffer);
        LossReportEntry first = report.CreateEntry(64, 1000, -5, 1001, "aeron:udp?endpoint=127.0.0.1:40123", "127.0.0.1:55555")!;
        report.CreateEntry(32, 2000, 6, 1002, "c", "source");
        first.RecordObservation(96, 3000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(LossReportReader.Read(_memory.Buffer), Is.EqualTo(new[]
            {
                new LossRecord(2, 160, 1000, 3000, -5, 1001, "aeron:udp?endpoint=127.0.0.1:40123", "127.0.0.1:55555"),
                new LossRecord(1, 32, 2000, 2000, 6, 1002, "c", "source"),
            }));
            Assert.That(_memory.Buffer.GetLong(128), Is.EqualTo(1), "the second entry begins at a multiple of 64");
            Assert.That(_memory.Buffer.GetInt(40), Is.EqualTo(34));
            Assert.That(_memory.Buffer.GetInt(40 + 4 + 36), Is.EqualTo(15), "the source begins at a multiple of 4");
        }
    }

    [Test]
    public void A_full_loss_report_makes_no_more_entries()
    {
        var report = new LossReport(_memory.Buffer);
        int made = 0;
        while (report.CreateEntry(1, 1, 1, 1, "channel", "source") is not null)
        {
            made++;
        }

        Assert.That(made, Is.EqualTo(Length / 64).And.EqualTo(LossReportReader.Read(_memory.Buffer).Count));
    }

    [Test]
    public void Recording_a_loss_or_a_known_error_allocates_nothing()
    {
        LossReportEntry entry = new LossReport(_memory.Buffer.Slice(0, 1024)).CreateEntry(1, 1, 1, 1, "channel", "source")!;
        var log = new DistinctErrorLog(_memory.Buffer.Slice(1024, 1024), _clock);
        log.Record("known");
        Assert.That(
            AllocationCount.LeastOfRounds(() =>
            {
                entry.RecordObservation(1, 2);
                log.Record("known");
            }),
            Is.Zero);
    }
}
