namespace OrderPlatform.Runtime.Explaining;

/// <summary>Why something happened or did not: the chain of its links in the order of the inputs (N4).</summary>
/// <param name="Subject">What is explained: <c>order 123</c>.</param>
/// <param name="Links">The links.</param>
/// <param name="Missing">Links that must be there and are not; none where the chain is complete.</param>
/// <param name="Notes">What else is to be known: an order that is open when the journal ends.</param>
public sealed record Explanation(string Subject, IReadOnlyList<Fact> Links, IReadOnlyList<MissingLink> Missing, IReadOnlyList<string> Notes)
{
    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => Missing.Count == 0;
}
