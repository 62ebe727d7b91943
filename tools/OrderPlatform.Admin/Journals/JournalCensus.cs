using OrderPlatform.Admin.Journals.Records;
using OrderPlatform.Engine;
using OrderPlatform.Messages;

namespace OrderPlatform.Admin.Journals;

/// <summary>Counts what is in a journal, in one pass.</summary>
internal sealed class JournalCensus
{
    private const long HourNanos = 3_600_000_000_000;
    private const long DayNanos = 24 * HourNanos;
    private const long SecondNanos = 1_000_000_000;

    // Finer rows for more days would be a list that nobody reads.
    private const int HoursMax = 48;

    private readonly Mentions _mentions = new();
    private readonly SbeTool.Inspection.Decoding.DynamicDecoder _decoder = PlatformSchema.Decoder();
    private readonly SortedDictionary<long, long> _hours = [];
    private long _lastNanos;
    private long _second;
    private long _inSecond;

    /// <summary>Records and bytes of payload by kind and template.</summary>
    public SortedDictionary<(RecordKind Kind, ushort Template), (long Count, long Bytes)> Templates { get; } = [];

    /// <summary>Inputs that name a client, a strategy or an instrument.</summary>
    public SortedDictionary<uint, long> Clients { get; } = [];

    /// <inheritdoc cref="Clients"/>
    public SortedDictionary<uint, long> Strategies { get; } = [];

    /// <inheritdoc cref="Clients"/>
    public SortedDictionary<uint, long> Instruments { get; } = [];

    /// <summary>Starts: epoch, sequence and time of each.</summary>
    public List<(int Epoch, long Sequence, long TimeNanos)> Starts { get; } = [];

    public long Inputs { get; private set; }

    public long FirstSequence { get; private set; }

    public long LastSequence { get; private set; }

    public long FirstNanos { get; private set; }

    public long LastNanos => _lastNanos;

    /// <summary>The longest time between two inputs, and the later one.</summary>
    public (long Nanos, long Sequence) Gap { get; private set; }

    /// <summary>The most inputs within one second, and that second.</summary>
    public (long Count, long TimeNanos) Busiest { get; private set; }

    /// <summary>Whether the last record says that the run ended cleanly.</summary>
    public bool IsCleanEnd { get; private set; }

    /// <summary>Whether rates are by day, as there are more hours than a person reads.</summary>
    public bool IsByDay => LastNanos / HourNanos - FirstNanos / HourNanos >= HoursMax;

    /// <summary>Inputs by hour, or by day.</summary>
    public IEnumerable<(long TimeNanos, long Count)> Rates => _hours.GroupBy(hour => IsByDay ? hour.Key / DayNanos * DayNanos : hour.Key, static hour =>
        hour.Value)
        .Select(static group => (group.Key, group.Sum()));

    /// <summary>Counts a record.</summary>
    public bool Add(in ShownRecord record, ReadOnlySpan<byte> message, BusinessLogicProcessor? engine)
    {
        (long count, long bytes) = Templates.GetValueOrDefault((record.Kind, record.TemplateId));
        Templates[(record.Kind, record.TemplateId)] = (count + 1, bytes + message.Length);
        IsCleanEnd = record.TemplateId == CleanShutdownDecoder.TemplateId;
        if (record.Kind == RecordKind.Input)
        {
            AddInput(record, message);
        }

        return true;
    }

    private void AddInput(in ShownRecord record, ReadOnlySpan<byte> message)
    {
        if (Inputs++ == 0)
        {
            (FirstSequence, FirstNanos) = (record.Sequence, record.TimestampNanos);
        }
        else if (record.TimestampNanos - _lastNanos > Gap.Nanos)
        {
            Gap = (record.TimestampNanos - _lastNanos, record.Sequence);
        }

        (LastSequence, _lastNanos) = (record.Sequence, record.TimestampNanos);
        long hour = record.TimestampNanos / HourNanos * HourNanos;
        _hours[hour] = _hours.GetValueOrDefault(hour) + 1;
        long second = record.TimestampNanos / SecondNanos * SecondNanos;
        (_second, _inSecond) = (second, second == _second ? _inSecond + 1 : 1);
        Busiest = _inSecond > Busiest.Count ? (_inSecond, second) : Busiest;
        if (EpochStartDecoder.TryWrap(message, out EpochStartDecoder start))
        {
            Starts.Add((start.Epoch, record.Sequence, record.TimestampNanos));
        }

        _mentions.Read(_decoder, message);
        Count(Clients, _mentions.Client);
        Count(Strategies, _mentions.Strategy);
        Count(Instruments, _mentions.Instrument);
    }

    private static void Count(SortedDictionary<uint, long> counts, uint id)
    {
        if (id != 0)
        {
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }
    }
}
