namespace OrderPlatform.Runtime.Explaining;

/// <summary>A link that a chain must have and does not.</summary>
/// <param name="Subject">Whose chain: <c>order 123</c>.</param>
/// <param name="Kind">Which link.</param>
/// <param name="Sequence">The input at which it should be, or the last one at which it could be.</param>
/// <param name="What">What is missing, in words.</param>
public sealed record MissingLink(string Subject, LinkKind Kind, long Sequence, string What);
