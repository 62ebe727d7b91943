using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A world of a sweep, taken through the feed batch by batch; it looks for its first difference from the reference's.</summary>
/// <param name="lane">The world.</param>
/// <param name="reference">What it is compared with; null for the reference itself.</param>
internal sealed class SweepLane(Lane lane, SweepLane? reference = null)
{
    private readonly List<(InputPlace Place, List<WorldStep> Steps)> _ofBatch = [];
    private WorldComparison? _comparison = reference is null ? null : new WorldComparison(lane.Change.HasVenueChanges);
    private InputPlace _before;
    private StepDifference? _first;
    private int _at;

    /// <summary>Takes the items of a batch.</summary>
    public void Take(ReadOnlySpan<FeedItem> items)
    {
        _ofBatch.Clear();
        _at = 0;
        foreach (FeedItem item in items)
        {
            lane.Prepare(item);
            Look(_before);
            lane.Put(item);
            _before = new InputPlace(item.Sequence, item.TimeNanos);
            Look(_before);
        }
    }

    /// <summary>After the last batch.</summary>
    public void End(long untilNanos)
    {
        _ofBatch.Clear();
        _at = 0;
        lane.End(untilNanos);
        Look(_before);
    }

    /// <summary>The row of a value.</summary>
    public SweepRow RowOf(string value) => new(
        value, WorldTotals.Of(lane.Log, lane.Engine), _first?.Place, _first?.Changed ?? _first?.Baseline,
            _first?.Changed is null ? null : _first.Baseline ?? _first.Counterpart);

    private void Look(InputPlace place)
    {
        if (reference is null)
        {
            _ofBatch.Add((place, lane.Log.Steps.Count == 0 ? [] : [.. lane.Log.Steps]));
            return;
        }

        if (_comparison is not null)
        {
            _comparison.Compare(reference._ofBatch[_at++].Steps, lane.Log.Steps, place);
            if (_comparison.Steps.Count > 0)
            {
                _first = _comparison.Steps[0];
                _comparison = null;
            }
        }
    }
}
