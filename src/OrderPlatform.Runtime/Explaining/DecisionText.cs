using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>What a signal became, in one line: the filter that held it with both numbers, or what it wants (R129).</summary>
public static class DecisionText
{
    /// <summary>The line.</summary>
    public static string Of(ReadOnlySpan<byte> message)
    {
        DecisionEventDecoder.TryWrap(message, out DecisionEventDecoder decision);
        bool isHeld = decision.Action == DecisionAction.Hold;
        string verdict = isHeld
            ? $"held by {FilterOf(decision)} ({decision.Reason}){Compared(decision)}"
            : $"{decision.Action} to {Number(decision.Target)}{(decision.Reason == ReasonCode.None ? "" : $" ({decision.Reason})")}";
        return verdict
            + $"; position {Number(decision.Position)}"
            + (decision.TryGetMark(out long mark) ? $", mark {Number(mark)}" : ", no mark")
            + (decision.TryGetConfidence(out long confidence) ? $", confidence {Number(confidence)}" : "")
            + (decision.TryGetMomentum(out long momentum) ? $", momentum {Number(FilterFacts.Hundred(momentum))} %/h" : "");
    }

    /// <summary>The filter that decided, in words.</summary>
    public static string FilterOf(in DecisionEventDecoder decision) => decision.Filter == FilterKind.None ? "a rule" : decision.Filter.ToString();

    // A filter of yes and no compares nothing.
    private static string Compared(in DecisionEventDecoder decision)
    {
        string value = FilterFacts.Decided(decision, decision.Value);
        return value.Length == 0 || (decision.Value == 0 && decision.Limit == 0) ? "" : $": {value} against {FilterFacts.Decided(decision, decision.Limit)}";
    }

    private static string Number(long raw) => FixedPointText.Format(raw);
}
