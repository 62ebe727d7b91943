using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>A hole in a term.</summary>
internal readonly record struct LossGap(int TermId, int TermOffset, int LengthBytes);

/// <summary>
/// Finds the first hole of a stream and says when it is to be asked for: one hole at a time, first after a delay, then again and again. The
/// conductor's thread. Source: aeron_loss_detector.c of Aeron 1.52.
/// </summary>
internal sealed class LossDetector(IFeedbackDelay delay)
{
    private LossGap _active = new(0, -1, 0);
    private long _dueNs;

    /// <summary>Scans one term from the rebuild position on.</summary>
    /// <param name="term">The term that the position lies in.</param>
    /// <param name="rebuildPosition">Up to where everything is there.</param>
    /// <param name="highWaterMark">Up to where something is known to be.</param>
    /// <param name="initialTermId">Of the log.</param>
    /// <param name="nowNs">The time.</param>
    /// <param name="isNewLoss">The hole is another than at the last scan.</param>
    /// <param name="due">The hole to ask for now; of no length when there is none.</param>
    /// <returns>The new rebuild position, at most the end of the term.</returns>
    public long Scan(UnsafeBuffer term, long rebuildPosition, long highWaterMark, int initialTermId, long nowNs, out bool isNewLoss, out LossGap due)
    {
        isNewLoss = false;
        due = default;
        if (rebuildPosition >= highWaterMark)
            return rebuildPosition;
        int termLength = (int)term.CapacityBytes;
        int offset = LogPosition.TermOffset(rebuildPosition, termLength);
        long termBegin = rebuildPosition - offset;
        int limit = (int)Math.Min(termLength, highWaterMark - termBegin);
        int end = TermGapScanner.Scan(term, offset, limit, out int gapLength);
        if (gapLength > 0)
        {
            int termId = LogPosition.TermId(rebuildPosition, LogPosition.PositionBitsToShift(termLength), initialTermId);
            isNewLoss = Check(new LossGap(termId, end, gapLength), nowNs, out due);
        }

        return termBegin + end;
    }

    private bool Check(in LossGap gap, long nowNs, out LossGap due)
    {
        bool isNew = gap != _active;
        if (isNew)
        {
            _active = gap;
            _dueNs = nowNs + delay.NextDelayNs();
        }

        due = default;
        if (nowNs - _dueNs >= 0)
        {
            due = gap;
            _dueNs = nowNs + delay.NextRetryDelayNs();
        }

        return isNew;
    }
}
