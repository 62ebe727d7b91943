using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Explaining;

/// <summary>One check before an order.</summary>
/// <param name="Sequence">The input.</param>
/// <param name="Check">Which check.</param>
/// <param name="Scope">Whose limit.</param>
/// <param name="Value">What was compared, times 1e8.</param>
/// <param name="Limit">With what, times 1e8; the largest number is none.</param>
/// <param name="Passed">Its verdict.</param>
public readonly record struct CheckedLine(long Sequence, CheckKind Check, Scope Scope, long Value, long Limit, bool Passed)
{
    /// <summary>The checks of a record of them.</summary>
    public static IReadOnlyList<CheckedLine> Of(Fact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var lines = new List<CheckedLine>();
        if (CheckEventDecoder.TryWrap(fact.Message, out CheckEventDecoder e))
        {
            foreach (CheckEventDecoder.ChecksDecoder check in e.GetChecks())
            {
                lines.Add(new CheckedLine(fact.Sequence, check.Check, check.Scope, check.Value, check.Limit, check.Passed == YesNo.Yes));
            }
        }

        return lines;
    }
}
