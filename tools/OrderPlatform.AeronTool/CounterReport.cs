using System.Globalization;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.AeronTool;

/// <summary>A driver's counters as text. From the second time on each line also has what the counter gained a second since the last.</summary>
/// <param name="file">The driver's file; it stays mapped as long as this is used.</param>
/// <param name="filter">Only counters whose label contains this; null: all.</param>
public sealed class CounterReport(CncFile file, string? filter)
{
    private readonly CountersReader _reader = new(file.CountersMetaData, file.CountersValues);
    private readonly ManyToOneRingBuffer _toDriver = new(file.ToDriver);
    private readonly Dictionary<(int Id, long RegistrationId), long> _last = [];
    private long _lastMs;

    /// <summary>Writes what the counters are now.</summary>
    /// <param name="output">Gets the lines.</param>
    /// <param name="nowMs">Milliseconds since the epoch.</param>
    public void Write(TextWriter output, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(
            $"{DriverDirectory.Time(nowMs)} {file.Path}: pid {file.Pid}, since {DriverDirectory.Time(file.StartTimestampMs)}, {Heartbeat(nowMs)}");
        double seconds = (nowMs - _lastMs) / 1000.0;
        foreach (CounterRecord counter in _reader.Counters())
        {
            if (filter is not null && !counter.Label.Contains(filter, StringComparison.OrdinalIgnoreCase))
                continue;
            (int, long) key = (counter.Id, counter.RegistrationId);
            string rate = _last.TryGetValue(key, out long before) && seconds > 0
                ? ((counter.Value - (double)before) / seconds).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture) + "/s"
                : string.Empty;
            _last[key] = counter.Value;
            string gained = _lastMs == 0 ? string.Empty : $"{rate,18} ";
            string value = counter.Value.ToString("N0", CultureInfo.InvariantCulture);
            output.WriteLine($"{counter.Id,4}: {value,26} {gained}- {DriverDirectory.Printable(counter.Label)}");
        }

        _lastMs = nowMs;
    }

    private string Heartbeat(long nowMs) => _toDriver.ConsumerHeartbeatTime switch
    {
        0 => "never alive",
        -1 => "ended in good order",
        long heartbeat => $"alive {Math.Max(0, nowMs - heartbeat).ToString("N0", CultureInfo.InvariantCulture)} ms ago",
    };
}
