using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// When the parts of a timed order are due: part i of n at i × duration / n after the start, rounded down to the nanosecond, for i from 0 to n - 1 (R75). So
/// the first leaves at once and the last one interval before the end. (Of the two published conventions it is Nautilus's, n = duration / interval;
/// hummingbot sends one more at the end.)
/// </summary>
/// <param name="Slices">n.</param>
/// <param name="DurationNanos">The duration.</param>
public readonly record struct SliceTimes(int Slices, long DurationNanos)
{
    /// <summary>Most parts of one order.</summary>
    public const int SlicesMax = 10_000;

    /// <summary>Shortest time between parts: a millisecond.</summary>
    public const long IntervalNanosMin = 1_000_000;

    /// <summary>Longest duration: 31 days.</summary>
    public const long DurationNanosMax = 31L * 86_400 * 1_000_000_000;

    /// <summary>What is wrong with the numbers.</summary>
    public SlicingFault Fault =>
        Slices is < 1 or > SlicesMax ? SlicingFault.PartCountOutOfRange
        : DurationNanos > DurationNanosMax || DurationNanos / Slices < IntervalNanosMin ? SlicingFault.DurationOutOfRange
        : SlicingFault.None;

    /// <summary>When part <paramref name="index"/> is due, after the start; of n, the end.</summary>
    public long DueNanos(int index) => (long)((Int128)DurationNanos * index / Slices);

    /// <summary>The newest part that is due, or -1 before the start.</summary>
    /// <param name="elapsedNanos">Time since the start.</param>
    public int IndexAt(long elapsedNanos) =>

        // floor(i × D / n) <= e exactly where i × D < (e + 1) × n, and so up to one less than the quotient rounded up.
        elapsedNanos < 0 ? -1 : (int)Int128.Min(Slices - 1, FloorDivision.Up(((Int128)elapsedNanos + 1) * Slices, DurationNanos) - 1);
}
