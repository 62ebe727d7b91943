namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>Each record is in exactly one interval, whatever threads do meanwhile.</summary>
[TestFixture]
internal sealed class RecorderTests
{
    private const long Highest = 10_000_000;

    [Test]
    public void Intervals_of_many_writers_add_up_to_what_they_recorded()
    {
        const int Writers = 4;
        const int Each = 200_000;
        var recorder = new Recorder(1, Highest, 2);
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(number => new Thread(() => Record(number, Each, recorder.RecordValue)))];
        AssertIntervalsAddUp(recorder, threads, Enumerable.Range(0, Writers).Select(number => (number, Each)));
    }

    [Test]
    public void Intervals_of_a_single_writer_add_up_to_what_it_recorded()
    {
        const int Each = 500_000;
        var recorder = new SingleWriterRecorder(1, Highest, 2);
        AssertIntervalsAddUp(recorder, [new Thread(() => Record(9, Each, recorder.RecordValue))], [(9, Each)]);
    }

    [Test]
    public void Several_readers_share_the_records_between_them()
    {
        var recorder = new Recorder(1, Highest, 2);
        long taken = 0;
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            for (int count = 0; count < 200; count++)
            {
                Interlocked.Add(ref taken, recorder.GetIntervalHistogram().TotalCount);
                Thread.Yield();
            }
        }))];
        foreach (Thread reader in readers)
            reader.Start();
        Record(1, 300_000, recorder.RecordValue);
        foreach (Thread reader in readers)
            Assert.That(reader.Join(TimeSpan.FromSeconds(60)), Is.True, "a reader did not end");
        Assert.That(taken + recorder.GetIntervalHistogram().TotalCount, Is.EqualTo(300_000));
    }

    [Test]
    public void An_interval_holds_what_came_since_the_last_and_when()
    {
        var clock = new ManualClock { Now = DateTimeOffset.FromUnixTimeMilliseconds(1_000) };
        var recorder = new Recorder(1, Highest, 3, clock);
        recorder.RecordValue(5);
        recorder.RecordValueWithCount(6, 3);
        clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(1_500);
        LongHistogram first = recorder.GetIntervalHistogram();
        recorder.RecordValueWithExpectedInterval(1000, 300);
        clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(2_250);
        LongHistogram second = recorder.GetIntervalHistogram();
        Assert.Multiple(() =>
        {
            Assert.That((first.TotalCount, first.StartTimeStamp, first.EndTimeStamp), Is.EqualTo((4L, 1_000L, 1_500L)));
            Assert.That(
                first.RecordedValues().Select(static step => (step.ValueIteratedTo, step.CountAtValueIteratedTo)),
                Is.EqualTo(((long, long)[])[(5, 1), (6, 3)]));
            Assert.That((second.StartTimeStamp, second.EndTimeStamp), Is.EqualTo((1_500L, 2_250L)));
            Assert.That(second.RecordedValues().Select(static step => step.ValueIteratedTo), Is.EqualTo((long[])[400, 700, 1000]));
        });
    }

    [Test]
    public void A_recycled_histogram_is_overwritten_and_one_of_another_range_is_refused()
    {
        var recorder = new SingleWriterRecorder(1, Highest, 3);
        recorder.RecordValue(5);
        LongHistogram interval = recorder.GetIntervalHistogram();
        recorder.RecordValue(6);
        Assert.Multiple(() =>
        {
            Assert.That(recorder.GetIntervalHistogram(interval), Is.SameAs(interval));
            Assert.That((interval.TotalCount, interval.GetMaxValue()), Is.EqualTo((1L, 6L)));
            Assert.That(() => recorder.GetIntervalHistogram(new LongHistogram(1, Highest, 2)), Throws.ArgumentException);
        });
    }

    [Test]
    public void Values_out_of_range_are_refused_and_counted()
    {
        var many = new Recorder(1, Highest, 3);
        var single = new SingleWriterRecorder(1, Highest, 3);
        Assert.Multiple(() =>
        {
            Assert.That(many.TryRecordValue(long.MaxValue), Is.False);
            Assert.That(() => many.RecordValue(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => many.RecordValueWithCount(-1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(single.TryRecordValue(-1), Is.False);
            Assert.That(() => single.RecordValue(long.MaxValue), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That((many.OutOfRangeCount, single.OutOfRangeCount), Is.EqualTo((3L, 2L)));
            Assert.That(many.GetIntervalHistogram().TotalCount + single.GetIntervalHistogram().TotalCount, Is.Zero);
        });
    }

    [Test]
    public void Reset_forgets_what_was_recorded_so_far()
    {
        var recorder = new Recorder(1, Highest, 3);
        recorder.RecordValue(5);
        recorder.Reset();
        recorder.RecordValue(6);
        Assert.That(recorder.GetIntervalHistogram().RecordedValues().Single().ValueIteratedTo, Is.EqualTo(6));
    }

    private static void AssertIntervalsAddUp(IntervalRecorder recorder, Thread[] writers, IEnumerable<(int Seed, int Count)> recorded)
    {
        LongHistogram sum = new(1, Highest, 2);
        LongHistogram? interval = null;
        foreach (Thread writer in writers)
            writer.Start();
        long until = Environment.TickCount64 + 60_000;
        int intervals = 0;
        while (writers.Any(static writer => writer.IsAlive) && Environment.TickCount64 < until)
        {
            interval = recorder.GetIntervalHistogram(interval);
            sum.Add(interval);
            intervals++;
            Thread.Yield();
        }

        foreach (Thread writer in writers)
            Assert.That(writer.Join(TimeSpan.FromSeconds(60)), Is.True, "a writer did not end");
        sum.Add(recorder.GetIntervalHistogram(interval));
        LongHistogram due = new(1, Highest, 2);
        foreach ((int seed, int count) in recorded)
            Record(seed, count, due.RecordValue);
        Assert.That(sum.HasSameCountsAs(due), Is.True, $"{sum.TotalCount} of {due.TotalCount} in {intervals} intervals");
    }

    private static void Record(int seed, int count, Action<long> record)
    {
        var random = new Random(seed);
        for (int number = 0; number < count; number++)
        {
            record(random.NextInt64(Highest) >> (number % 20));
            if (number % 5000 == 0)
                Thread.Yield();
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
