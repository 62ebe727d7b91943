namespace OrderPlatform.HdrHistogram;

public sealed partial class LongHistogram
{
    /// <summary>
    /// Records a value, and what a measurement at a steady pace would have recorded besides, had it not waited for this one: value - interval,
    /// value - 2 × interval, … while that is at least the interval.
    /// </summary>
    /// <param name="value">What was measured.</param>
    /// <param name="expectedIntervalBetweenValueSamples">The pace, in the unit of the values; nothing is added if it is 0 or less.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="RecordValue"/>.</exception>
    public void RecordValueWithExpectedInterval(long value, long expectedIntervalBetweenValueSamples) =>
        RecordWithOmitted(value, 1, expectedIntervalBetweenValueSamples);

    /// <summary>A new histogram with these values and those that they made a steady measurement leave out.</summary>
    /// <remarks>
    /// Use it on a histogram that was recorded without the correction, never on one with it. A value is taken as the highest of its cell, so the result may
    /// differ slightly from a correction at recording time.
    /// </remarks>
    /// <exception cref="OverflowException">See <see cref="RecordValueWithCount"/>.</exception>
    public LongHistogram CopyCorrectedForCoordinatedOmission(long expectedIntervalBetweenValueSamples)
    {
        var copy = new LongHistogram(_layout) { AutoResize = AutoResize, StartTimeStamp = StartTimeStamp, EndTimeStamp = EndTimeStamp, Tag = Tag };
        copy.AddWhileCorrectingForCoordinatedOmission(this, expectedIntervalBetweenValueSamples);
        return copy;
    }

    /// <summary>Adds the values of another histogram and those that they made a steady measurement leave out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of the other is out of range, and <see cref="AutoResize"/> is off; nothing is added.</exception>
    /// <exception cref="OverflowException">See <see cref="RecordValueWithCount"/>.</exception>
    public void AddWhileCorrectingForCoordinatedOmission(LongHistogram other, long expectedIntervalBetweenValueSamples)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(other, this))
            other = Copy();
        int last = other.MaxIndex();
        if (last >= 0)
            MakeRoomFor(other._layout.HighestAt(last));
        for (int index = last; index >= 0; index--)
        {
            if (other._counts[index] != 0)
                RecordWithOmitted(other._layout.HighestAt(index), other._counts[index], expectedIntervalBetweenValueSamples);
        }
    }

    private void RecordWithOmitted(long value, long count, long interval)
    {
        RecordValueWithCount(value, count);
        var omitted = new OmittedValues(_layout, value, interval);
        while (omitted.MoveNext())
            RecordValueWithCount(omitted.Value, checked(omitted.Repeats * count));
    }
}
