using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Strategies;

namespace OrderPlatform.Runtime.Replay;

/// <summary>A place in a journal as a person names it: an input's sequence, or a time.</summary>
public readonly record struct ReplayPlace
{
    private ReplayPlace(bool isTime, long value)
    {
        IsTime = isTime;
        Value = value;
    }

    /// <summary>Whether it is a time.</summary>
    public bool IsTime { get; }

    /// <summary>The sequence, or nanoseconds since the epoch.</summary>
    public long Value { get; }

    /// <summary>An input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Sequences count from 1.</exception>
    public static ReplayPlace AtSequence(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        return new ReplayPlace(false, sequence);
    }

    /// <summary>A time, nanoseconds since the epoch.</summary>
    public static ReplayPlace AtTime(long timeNanos) => new(true, timeNanos);

    /// <summary>Reads digits as a sequence, from 1, and everything else as a time: ISO 8601, UTC unless it has an offset.</summary>
    public static bool TryParse(string text, out ReplayPlace place)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isNumber = text.Length > 0 && text.All(char.IsAsciiDigit);
        long value;
        bool isGood = isNumber
            ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1
            : Timestamps.TryParse(text, out value);
        place = isGood ? new ReplayPlace(!isNumber, value) : default;
        return isGood;
    }

    /// <summary>Whether an input lies at the place or behind it.</summary>
    public bool IsReachedBy(long sequence, long timestampNanos) => (IsTime ? timestampNanos : sequence) >= Value;

    /// <summary>Whether an input lies behind the place.</summary>
    public bool IsPassedBy(long sequence, long timestampNanos) => (IsTime ? timestampNanos : sequence) > Value;

    /// <inheritdoc />
    public override string ToString() => IsTime ? TimeText.Iso(Value) : Value.ToString(CultureInfo.InvariantCulture);
}
