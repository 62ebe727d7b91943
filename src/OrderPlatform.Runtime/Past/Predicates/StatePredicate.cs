using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>
/// A question that a state answers with yes or no: <c>position('ikenna', 'BTCUSDT') &lt; 0 and drawdown('ikenna') &gt; 500</c>. Numbers compare by
/// <c>&lt; &gt; &lt;= &gt;= == !=</c>, add and multiply; <c>and</c>, <c>or</c>, <c>not</c> and brackets join. Names in quotes, in any case. <see cref="Functions"/> has what can be asked for.
/// </summary>
public sealed class StatePredicate
{
    private const int LengthMax = 4_096;

    private readonly Func<BusinessLogicProcessor, bool> _holds;

    private StatePredicate(string text, Func<BusinessLogicProcessor, bool> holds)
    {
        Text = text;
        _holds = holds;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a predicate.</summary>
    /// <param name="text">It.</param>
    /// <param name="names">What its names mean.</param>
    /// <exception cref="PredicateException">It cannot be understood; the text says where and why.</exception>
    public static StatePredicate Parse(string text, JournalNames names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        if (text.Length > LengthMax)
        {
            throw new PredicateException(text[..32] + "…", LengthMax, $"it has {text.Length} characters; at most {LengthMax} are read");
        }

        return new StatePredicate(text, new Parser(text, new Functions(names)).Whole().Flag!);
    }

    /// <summary>Whether it is so in the state of an engine, between two of its inputs.</summary>
    public bool Holds(BusinessLogicProcessor engine)
    {
        try
        {
            return _holds(engine);
        }
        catch (OverflowException)
        {
            // A product of numbers that has no decimal is no number that anything compares with.
            return false;
        }
    }
}
