namespace OrderPlatform.HdrHistogram.Tests;

/// <summary>What is taken, what is refused, and what grows.</summary>
[TestFixture]
internal sealed class RecordingTests
{
    [TestCase(0, 100, 3)]
    [TestCase(1, 1, 3)]
    [TestCase(100, 199, 3)]
    [TestCase(1, 100, -1)]
    [TestCase(1, 100, 6)]
    [TestCase(1L << 61, long.MaxValue, 3)]
    public void Parameters_that_make_no_histogram_are_refused(long lowest, long highest, int digits) =>
        Assert.That(() => new LongHistogram(lowest, highest, digits), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Every_cell_of_every_layout_holds_exactly_its_values([Values(0, 1, 2, 3)] int digits, [Values(1, 7, 1024)] long lowest)
    {
        var layout = new BucketLayout(lowest, lowest * 1_000_000, digits);
        long next = 0;
        for (int index = 0; index < layout.CountsLength; index++)
        {
            Assert.That(layout.LowestAt(index), Is.EqualTo(next));
            Assert.That(layout.IndexOf(layout.LowestAt(index)), Is.EqualTo(index));
            Assert.That(layout.IndexOf(layout.HighestAt(index)), Is.EqualTo(index));
            Assert.That(layout.IndexOf(layout.MedianAt(index)), Is.EqualTo(index));
            next = layout.HighestAt(index) + 1;
        }

        Assert.That(next, Is.GreaterThan(lowest * 1_000_000));
    }

    [Test]
    public void Negative_values_lie_behind_the_cells_of_every_layout([Values(0, 1, 2, 3, 4, 5)] int digits)
    {
        for (int bit = 0; bit <= 40; bit++)
        {
            var layout = new BucketLayout(1L << bit, long.MaxValue, digits);
            foreach (long value in (long[])[-1, long.MinValue, long.MinValue + 1, -(1L << 40), -(1L << 62)])
                Assert.That((uint)layout.IndexOf(value), Is.GreaterThanOrEqualTo((uint)layout.CountsLength));
            Assert.That(layout.IndexOf(long.MaxValue), Is.EqualTo(layout.CountsLength - 1));
        }
    }

    [TestCase(-1)]
    [TestCase(long.MinValue)]
    [TestCase(3_600_000_000_000)]
    [TestCase(long.MaxValue)]
    public void A_value_out_of_range_is_refused_with_the_range_and_changes_nothing(long value)
    {
        var histogram = new LongHistogram(3_600_000_000, 3);
        histogram.RecordValue(5);
        Assert.Multiple(() =>
        {
            Assert.That(histogram.TryRecordValue(value), Is.False);
            Assert.That(
                () => histogram.RecordValue(value),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"{value} is outside").And.Message.Contains("0 to 4294967295"));
            Assert.That(() => histogram.RecordValueWithCount(value, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => histogram.RecordValueWithExpectedInterval(value, 100), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(histogram.TotalCount, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_resizing_histogram_grows_to_any_value_and_keeps_its_counts()
    {
        var histogram = new LongHistogram(2, 3) { AutoResize = true };
        histogram.RecordValue(1);
        Assert.That(histogram.TryRecordValue(1L << 40), Is.True);
        histogram.RecordValueWithCount(long.MaxValue, 2);
        Assert.Multiple(() =>
        {
            Assert.That(histogram.HighestTrackableValue, Is.EqualTo(long.MaxValue));
            Assert.That(histogram.TotalCount, Is.EqualTo(4));
            Assert.That(histogram.GetCountAtValue(1), Is.EqualTo(1));
            Assert.That(histogram.GetCountAtValue(1L << 40), Is.EqualTo(1));
            Assert.That(histogram.GetMaxValue(), Is.EqualTo(long.MaxValue));
            Assert.That(histogram.TryRecordValue(-1), Is.False);
        });
    }

    [Test]
    public void Counts_are_refused_when_they_are_negative_or_their_sum_passes_63_bits()
    {
        var histogram = new LongHistogram(1000, 2);
        Assert.That(() => histogram.RecordValueWithCount(1, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        histogram.RecordValueWithCount(1, 1L << 62);
        Assert.That(() => histogram.RecordValueWithCount(2, 1L << 62), Throws.InstanceOf<OverflowException>());
        Assert.That(() => histogram.Add(histogram), Throws.InstanceOf<OverflowException>());
        Assert.That(histogram.TotalCount, Is.EqualTo(1L << 62));
    }

    [Test]
    public void Adding_what_does_not_fit_adds_nothing_and_resizing_makes_it_fit()
    {
        var small = new LongHistogram(1000, 2);
        var large = new LongHistogram(1_000_000_000, 3);
        large.RecordValue(5);
        large.RecordValue(900_000_000);
        Assert.That(() => small.Add(large), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => small.AddWhileCorrectingForCoordinatedOmission(large, 10), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(small.TotalCount, Is.Zero);
        small.AutoResize = true;
        small.Add(large);
        Assert.That(small.TotalCount, Is.EqualTo(2));
    }

    [Test]
    public void Subtracting_what_is_not_there_changes_nothing()
    {
        var one = new LongHistogram(1000, 3);
        var other = new LongHistogram(1000, 3);
        one.RecordValueWithCount(5, 2);
        one.RecordValueWithCount(7, 2);
        other.RecordValueWithCount(5, 2);
        other.RecordValueWithCount(7, 3);
        Assert.That(() => one.Subtract(other), Throws.ArgumentException.With.Message.Contains("3 times 7 cannot be taken from 2"));
        Assert.That(one.TotalCount, Is.EqualTo(4));
    }

    [Test]
    public void A_tiny_interval_corrects_a_huge_value_in_steps_of_cells()
    {
        var histogram = new LongHistogram(3_600_000_000_000, 3);
        histogram.RecordValueWithExpectedInterval(3_600_000_000_000, 1);
        Assert.That(histogram.TotalCount, Is.EqualTo(3_600_000_000_000));
        Assert.That(histogram.GetValueAtPercentile(50), Is.EqualTo(histogram.HighestEquivalentValue(1_800_000_000_000)));
    }

    [Test]
    public void Reset_forgets_the_values_and_keeps_range_and_tag()
    {
        var histogram = new LongHistogram(1000, 3) { Tag = "a", StartTimeStamp = 5, EndTimeStamp = 6 };
        histogram.RecordValue(7);
        LongHistogram copy = histogram.Copy();
        histogram.Reset();
        Assert.Multiple(() =>
        {
            Assert.That((histogram.TotalCount, histogram.StartTimeStamp, histogram.EndTimeStamp, histogram.Tag), Is.EqualTo((0L, 0L, 0L, "a")));
            Assert.That((copy.TotalCount, copy.StartTimeStamp, copy.EndTimeStamp, copy.Tag), Is.EqualTo((1L, 5L, 6L, "a")));
        });
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a,b")]
    [TestCase("a\nb")]
    public void A_tag_that_a_log_cannot_carry_is_refused(string tag) => Assert.That(() => new LongHistogram(100, 1) { Tag = tag }, Throws.ArgumentException);

    [Test]
    public void A_percentile_that_is_no_number_is_refused_and_one_beyond_100_is_100()
    {
        var histogram = new LongHistogram(1000, 3);
        histogram.RecordValue(7);
        histogram.RecordValue(9);
        Assert.That(() => histogram.GetValueAtPercentile(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(histogram.GetValueAtPercentile(1e9), Is.EqualTo(9));
        Assert.That(histogram.GetValueAtPercentile(-5), Is.EqualTo(7));
        Assert.That(histogram.GetPercentileAtOrBelowValue(7), Is.EqualTo(50));
        Assert.That(new LongHistogram(10, 1).GetPercentileAtOrBelowValue(7), Is.EqualTo(100));
    }

    [Test]
    public void A_percentile_that_was_computed_from_a_rank_answers_that_rank()
    {
        for (int total = 1; total <= 400; total++)
        {
            var histogram = new LongHistogram(1000, 3);
            for (int value = 1; value <= total; value++)
                histogram.RecordValue(value);
            for (int rank = 1; rank <= total; rank++)
                Assert.That(histogram.GetValueAtPercentile(100.0 * rank / total), Is.EqualTo(rank), $"{rank} of {total}");
        }
    }

    [Test]
    public void An_iteration_notices_that_the_histogram_changed()
    {
        var histogram = new LongHistogram(1000, 3);
        histogram.RecordValue(7);
        histogram.RecordValue(900);
        using IEnumerator<HistogramIterationValue> steps = histogram.RecordedValues().GetEnumerator();
        Assert.That(steps.MoveNext(), Is.True);
        histogram.RecordValue(500);
        Assert.That(() => steps.MoveNext() && steps.MoveNext() && steps.MoveNext(), Throws.InvalidOperationException);
    }

    [Test]
    public void A_percentile_iteration_ends_beyond_2_to_the_53_values()
    {
        var histogram = new LongHistogram(1000, 3);
        histogram.RecordValueWithCount(7, 1L << 60);
        histogram.RecordValueWithCount(900, 1);
        List<HistogramIterationValue> steps = [.. histogram.Percentiles(5).Take(10_000)];
        Assert.That(steps, Has.Count.LessThan(1000));
        Assert.That((steps[^1].ValueIteratedTo, steps[^1].PercentileLevelIteratedTo), Is.EqualTo((900L, 100.0)));
    }

    [Test]
    public void The_same_iteration_can_be_walked_twice()
    {
        var histogram = new LongHistogram(100_000, 3);
        foreach (long value in ModelTests.Values(3, 500))
            histogram.RecordValue(value % 100_000);
        IEnumerable<HistogramIterationValue> steps = histogram.LogarithmicBucketValues(1, 1.1);
        List<HistogramIterationValue> first = [.. steps];
        Assert.That(steps, Is.EqualTo(first));
    }
}
