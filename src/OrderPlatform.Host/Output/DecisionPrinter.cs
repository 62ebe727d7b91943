using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Host.Output;

/// <summary>Prints the decisions of a replay that became no order: which filter or check stopped the signal, and with which numbers (R129).</summary>
/// <param name="writer">Where to.</param>
/// <param name="signal">Only this signal, held or not; null for each that was held.</param>
/// <param name="hasAll">Also those that passed.</param>
internal sealed class DecisionPrinter(TextWriter writer, ulong? signal, bool hasAll) : IReplayObserver
{
    private readonly SortedDictionary<string, long> _stopped = new(StringComparer.Ordinal);
    private long _signals;
    private long _passed;

    public void OnBegin(BusinessLogicProcessor engine, JournalReader journal)
    {
    }

    public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
    {
        OutputBatch outputs = engine.Outputs;
        bool isShown = false;
        for (int i = 0; i < outputs.Count; i++)
        {
            if (DecisionEventDecoder.TryWrap(outputs[i], out DecisionEventDecoder decision))
            {
                isShown = Print(decision, engine.State.Sequence, IsRefused(outputs, i, decision.SignalId));
            }
            else if (RiskEventDecoder.TryWrap(outputs[i], out RiskEventDecoder refusal) && isShown)
            {
                string compared = $"{Number(refusal.Value)} against {Number(refusal.Limit)}";
                writer.Write($"    refused by {refusal.Check} ({refusal.Reason}): {compared}, asked for {refusal.Side} {Number(refusal.Quantity)}\n");
            }
            else if (SizingEventDecoder.TryWrap(outputs[i], out SizingEventDecoder sizing) && isShown)
            {
                string value = $"notional {Number(sizing.Notional)} at {Number(sizing.Price)}";
                writer.Write($"    size {Number(sizing.Quantity)} by {sizing.Mode}, bound {sizing.Bound}, {value}\n");
            }
        }

        return true;
    }

    /// <summary>Prints how many signals there were, and what stopped how many.</summary>
    public void WriteSummary()
    {
        writer.Write($"signals {Text(_signals)}, passed {Text(_passed)}, stopped {Text(_signals - _passed)}\n");
        foreach ((string what, long count) in _stopped.OrderByDescending(static one => one.Value))
        {
            writer.Write($"  {Text(count),8} {what}\n");
        }
    }

    private static bool IsRefused(OutputBatch outputs, int from, ulong signalId)
    {
        for (int i = from + 1; i < outputs.Count; i++)
        {
            if (RiskEventDecoder.TryWrap(outputs[i], out RiskEventDecoder refusal) && refusal.RequestId == signalId)
            {
                return true;
            }
        }

        return false;
    }

    private bool Print(in DecisionEventDecoder decision, long sequence, bool isRefused)
    {
        bool isHeld = decision.Action == DecisionAction.Hold;
        string what = isHeld ? $"{FilterOf(decision)}: {decision.Reason}" : "refused by a check";
        _signals++;
        _passed += isHeld || isRefused ? 0 : 1;
        if (isHeld || isRefused)
        {
            _stopped[what] = _stopped.GetValueOrDefault(what) + 1;
        }

        bool isShown = signal is { } one ? decision.SignalId == one : hasAll || isHeld || isRefused;
        if (isShown)
        {
            string time = TimeText.Iso(decision.TimestampNanos);
            writer.Write($"{sequence} {time} signal {Text(decision.SignalId)} {decision.Direction}: {TextOf(decision, isHeld)}\n");
        }

        return isShown;
    }

    private static string TextOf(in DecisionEventDecoder decision, bool isHeld)
    {
        string verdict = isHeld
            ? $"held by {FilterOf(decision)} ({decision.Reason}){Compared(decision)}"
            : $"{decision.Action} to {Number(decision.Target)}{(decision.Reason == ReasonCode.None ? "" : $" ({decision.Reason})")}";
        return verdict
            + $"; position {Number(decision.Position)}"
            + (decision.TryGetMark(out long mark) ? $", mark {Number(mark)}" : ", no mark")
            + (decision.TryGetConfidence(out long confidence) ? $", confidence {Number(confidence)}" : "")
            + (decision.TryGetMomentum(out long momentum) ? $", momentum {Percent(momentum)} %/h" : "");
    }

    private static string FilterOf(in DecisionEventDecoder decision) => decision.Filter == FilterKind.None ? "a rule" : decision.Filter.ToString();

    // A filter of yes and no compares nothing.
    private static string Compared(in DecisionEventDecoder decision) => decision.Filter switch
    {
        FilterKind.Momentum => $": {Percent(decision.Value)} %/h against {Percent(decision.Limit)} %/h",
        _ when decision.Value != 0 || decision.Limit != 0 => $": {Number(decision.Value)} against {Number(decision.Limit)}",
        _ => "",
    };

    private static string Number(long raw) => FixedPointText.Format(raw);

    private static string Percent(long raw) => FixedPointText.Format(raw > long.MaxValue / 100 || raw < long.MinValue / 100 ? raw : raw * 100);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
