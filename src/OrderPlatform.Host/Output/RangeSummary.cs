using System.Globalization;
using System.Runtime.InteropServices;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Output;

/// <summary>What happened in the range of a replay, in a few lines: a report needs the whole journal, counts do not.</summary>
internal sealed class RangeSummary : IReplayObserver
{
    private readonly Dictionary<ushort, long> _inputs = [];
    private readonly Dictionary<ushort, long> _outputs = [];
    private long _first;
    private long _last;
    private long _firstNanos;
    private long _lastNanos;

    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
        _first = journal.LastSequence;
        _firstNanos = journal.LastTimestampNanos;
    }

    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        _last = engine.State.Sequence;
        _lastNanos = journal.LastTimestampNanos;
        Count(_inputs, message);
        OutputBatch outputs = engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            Count(_outputs, outputs[i]);
        }

        return true;
    }

    /// <summary>Prints it.</summary>
    public void Write(TextWriter writer, TimeSpan elapsed)
    {
        if (_last == 0)
        {
            return;
        }

        long count = _last - _first + 1;
        string times = $"{TimeText.Iso(_firstNanos)} .. {TimeText.Iso(_lastNanos)}, {TimeText.Duration(_lastNanos - _firstNanos)}";
        Line(writer, "range", $"{Number(_first)} to {Number(_last)} ({times})");
        Line(writer, "inputs", TextOf(_inputs));
        Line(writer, "outputs", TextOf(_outputs));
        long rate = (long)(count / Math.Max(elapsed.TotalSeconds, 1e-9));
        Line(writer, "speed", $"{Number(rate)} inputs/s ({TimeText.Duration(elapsed.Ticks * 100)})");
    }

    private static void Count(Dictionary<ushort, long> counts, ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        CollectionsMarshal.GetValueRefOrAddDefault(counts, header.TemplateId, out _)++;
    }

    private static string TextOf(Dictionary<ushort, long> counts)
    {
        IEnumerable<string> each = counts.OrderBy(static one => one.Key).Select(static one => $"{MessagesSchema.TemplateName(one.Key)} {Number(one.Value)}");
        return counts.Count == 0 ? "none" : $"{Number(counts.Values.Sum())}: {string.Join(", ", each)}";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Line(TextWriter writer, string label, string text) => writer.Write($"{label,-16} {text}\n");
}
