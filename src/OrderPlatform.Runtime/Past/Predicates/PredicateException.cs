namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>A predicate that cannot be read: one line with the column and what would be right.</summary>
/// <param name="text">The predicate.</param>
/// <param name="place">Where, from 0.</param>
/// <param name="what">What is wrong.</param>
public sealed class PredicateException(string text, int place, string what)
    : ArgumentException($"the predicate \"{text}\", column {place + 1}: {what}");
