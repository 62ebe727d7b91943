namespace OrderPlatform.Simulation.MarketData.Input;

/// <summary>
/// Times since the epoch whose unit shows by magnitude: from 1973 to 2199 the ranges of milliseconds, microseconds and nanoseconds do not
/// overlap, and a bar of up to a year ends before 64 bits do. A file has one unit; a second one is an error, not a jump in time.
/// </summary>
internal struct EpochTime(long nanosPerUnit)
{
    private long _nanosPerUnit = nanosPerUnit;

    /// <summary>Nanoseconds of one unit of the file's times; 0 before the first one, if the format leaves it open.</summary>
    public readonly long NanosPerUnit => _nanosPerUnit;

    /// <summary>Nanoseconds since the epoch of a time in the file's unit.</summary>
    /// <exception cref="MarketDataException">The time is outside every range or in another unit than the file's.</exception>
    public long ToNanos(long value, SourcePlace place)
    {
        long unit = NanosPerUnitOf(value);
        if (unit == 0)
        {
            throw place.Error($"the time {value} is not in milliseconds, microseconds or nanoseconds since 1970 (1973 to 2199)", "repair or remove the row");
        }

        if (_nanosPerUnit == 0)
        {
            _nanosPerUnit = unit;
        }

        return unit == _nanosPerUnit
            ? value * unit
            : throw place.Error(
                $"the time {value} is in {Name(unit)}, the times before or the format are in {Name(_nanosPerUnit)}", "split the file where the unit changes");
    }

    public static long NanosPerUnitOf(long value) => value switch
    {
        >= 100_000_000_000 and < 7_258_118_400_000 => 1_000_000,
        >= 100_000_000_000_000 and < 7_258_118_400_000_000 => 1_000,
        >= 100_000_000_000_000_000 and < 7_258_118_400_000_000_000 => 1,
        _ => 0,
    };

    private static string Name(long nanosPerUnit) => nanosPerUnit switch
    {
        1_000_000 => "milliseconds",
        1_000 => "microseconds",
        _ => "nanoseconds",
    };
}
