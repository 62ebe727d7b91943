using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>A part of a predicate that has a value for each state: a number, a text, a time, or yes and no.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Number">With a number; a time is nanoseconds since the epoch.</param>
/// <param name="Text">With a text.</param>
/// <param name="Flag">With yes and no.</param>
internal sealed record Term(
    TermKind Kind, Func<BusinessLogicProcessor, decimal>? Number = null, Func<BusinessLogicProcessor, string>? Text = null, Func<BusinessLogicProcessor, bool>? Flag = null)
{
    /// <summary>With a text that is written in the predicate.</summary>
    public string? Written { get; init; }

    public static Term Of(Func<BusinessLogicProcessor, decimal> number) => new(TermKind.Number, Number: number);

    public static Term Of(Func<BusinessLogicProcessor, string> text) => new(TermKind.Text, Text: text);

    public static Term Of(Func<BusinessLogicProcessor, bool> flag) => new(TermKind.Flag, Flag: flag);
}

/// <summary>Kinds of values.</summary>
internal enum TermKind
{
    Number,
    Time,
    Text,
    Flag,
}
