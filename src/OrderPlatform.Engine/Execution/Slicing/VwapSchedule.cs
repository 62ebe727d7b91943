using System;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// Volume-weighted execution (R78): parts at equal times, each as large as the share of the usual volume between its time and the next one's. When part i
/// is due, floor(total × volume up to part i + 1 / volume of the whole duration) to the lot should be committed, and all with the last. With equal
/// weights it is TWAP.
/// </summary>
/// <param name="Total">The parent's quantity.</param>
/// <param name="Step">The lot; zero for none.</param>
/// <param name="Times">When the parts are due.</param>
/// <param name="StartNanos">When it starts, since the epoch: which hours it covers.</param>
public readonly record struct VwapSchedule(Quantity Total, Quantity Step, SliceTimes Times, long StartNanos)
{
    /// <summary>Whether the plan can be carried out with these weights.</summary>
    public SlicingFault Fault(in HourWeights weights) =>
        !CumulativeShare.IsInLots(Total, Step) ? SlicingFault.QuantityNotInLots
        : Times.Fault != SlicingFault.None ? Times.Fault
        : StartNanos < 0 || StartNanos > long.MaxValue - Times.DurationNanos ? SlicingFault.DurationOutOfRange
        : !weights.IsValid || Whole(weights) == 0 ? SlicingFault.NoWeight
        : SlicingFault.None;

    /// <summary>What should be committed when part <paramref name="index"/> is due; for <see cref="SliceSize"/>.</summary>
    /// <param name="index">From <see cref="SliceTimes.IndexAt"/>; -1 is nothing yet.</param>
    /// <param name="weights">The weights that <see cref="Fault"/> approved.</param>
    public Quantity Target(int index, in HourWeights weights) =>
        index < 0 ? Quantity.Zero
        : index >= Times.Slices - 1 ? Total

        // At most 1e18 × 31 days in microseconds × 1e6: below 2^122.
        : CumulativeShare.Of(Total, Step, weights.Between(StartNanos, StartNanos + Times.DueNanos(index + 1)), Whole(weights));

    private Int128 Whole(in HourWeights weights) => weights.Between(StartNanos, StartNanos + Times.DurationNanos);
}
