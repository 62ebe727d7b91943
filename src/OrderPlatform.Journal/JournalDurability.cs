using System.Globalization;

namespace OrderPlatform.Journal;

/// <summary>
/// What a journal promises when it calls a sequence durable: <c>page-cache</c> (survives the process: durable when appended), <c>every-batch</c> (survives
/// the machine: synced, and again as soon as the last sync has ended) or <c>interval:&lt;time&gt;</c> (the same, but a sync begins that long after
/// the one before began).
/// </summary>
public readonly record struct JournalDurability
{
    private const string Allowed =
        "allowed are page-cache, every-batch, and interval:<time> with a whole number of us, ms or s from 100us to 60s, such as interval:1ms";

    private static readonly TimeSpan IntervalMin = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromSeconds(60);

    private JournalDurability(bool isSynced, TimeSpan interval)
    {
        IsSynced = isSynced;
        Interval = interval;
    }

    /// <summary>Survives the process: durable when appended.</summary>
    public static JournalDurability PageCache => default;

    /// <summary>Survives the machine: one sync for all that was appended during the last one.</summary>
    public static JournalDurability EveryBatch { get; } = new(true, TimeSpan.Zero);

    /// <summary>True if durable means synced.</summary>
    public bool IsSynced { get; }

    /// <summary>From the beginning of one sync to the next; zero for none between.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Survives the machine: a sync begins every interval, if something was appended.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 100 microseconds to 60 seconds.</exception>
    public static JournalDurability EveryInterval(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, IntervalMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, IntervalMax);
        return new JournalDurability(true, interval);
    }

    /// <summary>Reads a policy's name.</summary>
    /// <exception cref="FormatException">It is none; the text says what was read and what is allowed.</exception>
    public static JournalDurability Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "page-cache" => PageCache,
            "every-batch" => EveryBatch,
            _ when TryParseInterval(text, out TimeSpan interval) => new JournalDurability(true, interval),
            _ => throw new FormatException($"'{text}' is no durability; {Allowed}"),
        };
    }

    /// <summary>The policy's name, as <see cref="Parse"/> reads it.</summary>
    public override string ToString()
    {
        if (Interval == TimeSpan.Zero)
            return IsSynced ? "every-batch" : "page-cache";
        long micros = (long)Interval.TotalMicroseconds;
        string time = micros % 1_000_000 == 0 ? $"{micros / 1_000_000}s" : micros % 1_000 == 0 ? $"{micros / 1_000}ms" : $"{micros}us";
        return "interval:" + time;
    }

    private static bool TryParseInterval(string text, out TimeSpan interval)
    {
        interval = default;
        const string Prefix = "interval:";
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        string time = text[Prefix.Length..];
        (string unit, long micros) = time.EndsWith("us", StringComparison.Ordinal) ? ("us", 1L)
            : time.EndsWith("ms", StringComparison.Ordinal) ? ("ms", 1_000L)
            : ("s", 1_000_000L);
        if (!time.EndsWith(unit, StringComparison.Ordinal)
            || !uint.TryParse(time.AsSpan(0, time.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint count))
        {
            return false;
        }

        interval = TimeSpan.FromMicroseconds(count * micros);
        return interval >= IntervalMin && interval <= IntervalMax;
    }
}
