using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>
/// The prices since a position was opened, in one segment between two fills. Within a segment the position does not change, so its lowest and highest price
/// and its longest fall and rise are all that excursions need of it.
/// </summary>
internal sealed class PricePath
{
    private readonly List<PriceSegment> _segments = [];

    /// <summary>Segments so far; a fill's new segment has the number <c>Count - 1</c>.</summary>
    internal int Count => _segments.Count;

    internal PriceSegment this[int segment] => _segments[segment];

    internal void Clear() => _segments.Clear();

    /// <summary>A price seen.</summary>
    internal void Add(Price price)
    {
        PriceSegment last = _segments[^1];
        _segments[^1] = new PriceSegment(
            Math.Min(last.Low, price.Raw),
            Math.Max(last.High, price.Raw),
            Math.Max(last.Fall, last.High - price.Raw),
            Math.Max(last.Rise, price.Raw - last.Low));
    }

    /// <summary>A fill's price: the last of one segment and the first of the next.</summary>
    internal void Cut(Price price)
    {
        if (_segments.Count > 0)
        {
            Add(price);
        }

        _segments.Add(new PriceSegment(price.Raw, price.Raw, 0, 0));
    }
}

/// <summary>Prices between two fills, times 1e8.</summary>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
/// <param name="Fall">The most that they fell from an earlier one to a later one.</param>
/// <param name="Rise">The most that they rose from an earlier one to a later one.</param>
internal readonly record struct PriceSegment(long Low, long High, long Fall, long Rise);
