using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Execution.Slicing;

/// <summary>
/// Time-weighted execution (R75, R78): equal parts at equal times. When part i is due, floor(total × (i + 1) / n) to the lot should be committed, and
/// all with the last: never ahead of the schedule, behind by less than a lot.
/// </summary>
/// <param name="Total">The parent's quantity.</param>
/// <param name="Step">The lot; zero for none.</param>
/// <param name="Times">When the parts are due.</param>
public readonly record struct TwapSchedule(Quantity Total, Quantity Step, SliceTimes Times)
{
    /// <summary>Whether the plan can be carried out.</summary>
    public SlicingFault Fault => CumulativeShare.IsInLots(Total, Step) ? Times.Fault : SlicingFault.QuantityNotInLots;

    /// <summary>What should be committed when part <paramref name="index"/> is due; for <see cref="SliceSize"/>.</summary>
    /// <param name="index">From <see cref="SliceTimes.IndexAt"/>; -1 is nothing yet.</param>
    public Quantity Target(int index) =>
        index < 0 ? Quantity.Zero
        : index >= Times.Slices - 1 ? Total
        : CumulativeShare.Of(Total, Step, index + 1, Times.Slices);
}
