using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Venue;

/// <summary>
/// What can be had of a bar's volume: its share by participation in four parts, one for each quarter of the span, in whole steps, the remainder in the
/// last. A part that is not taken in its quarter is gone: that volume has traded.
/// </summary>
internal struct BarLiquidity
{
    private const int Quarters = 4;

    private readonly long _openNanos;
    private readonly long _spanNanos;
    private long _part0, _part1, _part2, _part3;

    public BarLiquidity(in MarketEvent bar, Ratio participation, long stepRaw)
    {
        _openNanos = bar.OpenTimeNanos;
        _spanNanos = bar.TimeNanos - bar.OpenTimeNanos;
        long total = TakeableShare(bar.Quantity, participation, stepRaw);
        _part0 = _part1 = _part2 = FixedPoint.FloorToStep(total / Quarters, stepRaw);
        _part3 = total - (3 * _part0);
    }

    /// <summary>The share of a market volume that the venue's orders can have, in whole steps.</summary>
    public static long TakeableShare(Quantity volume, Ratio participation, long stepRaw) =>
        FixedPoint.FloorToStep((long)((Int128)volume.Raw * participation.Raw / FixedPoint.One), stepRaw);

    public readonly int QuarterAt(long timeNanos)
    {
        int quarter = 0;
        while (quarter < Quarters - 1 && timeNanos >= QuarterEndNanos(quarter))
        {
            quarter++;
        }

        return quarter;
    }

    public readonly long QuarterEndNanos(int quarter) => _openNanos + (long)((Int128)_spanNanos * (quarter + 1) / Quarters);

    public readonly long Remaining(int quarter) => quarter switch { 0 => _part0, 1 => _part1, 2 => _part2, _ => _part3 };

    public void Take(int quarter, long quantityRaw)
    {
        switch (quarter)
        {
            case 0:
                _part0 -= quantityRaw;
                break;
            case 1:
                _part1 -= quantityRaw;
                break;
            case 2:
                _part2 -= quantityRaw;
                break;
            default:
                _part3 -= quantityRaw;
                break;
        }
    }
}
