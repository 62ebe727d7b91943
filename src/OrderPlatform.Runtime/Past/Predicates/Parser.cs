using System.Globalization;
using OrderPlatform.Engine;
using OrderPlatform.Strategies;

namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>Reads a predicate: or, and, not, comparisons, sums, products, calls, by falling precedence.</summary>
/// <param name="text">The predicate.</param>
/// <param name="functions">What can be called.</param>
internal sealed class Parser(string text, Functions functions)
{
    private const int DepthMax = 64;

    private readonly List<Token> _tokens = Lexer.Cut(text);
    private int _place;
    private int _depth;

    private Token Here => _tokens[_place];

    /// <summary>Reads all of it.</summary>
    public Term Whole()
    {
        if (Here.Kind == TokenKind.End)
        {
            throw Wrong(Here, $"there is nothing in it; as position('ikenna', 'BTCUSDT') < 0; it can ask for {Functions.Signatures}");
        }

        Term term = Or();
        if (Here.Kind != TokenKind.End)
        {
            throw Wrong(Here, $"'{Here.Text}' is one word too many");
        }

        return term.Kind == TermKind.Flag ? term : throw Wrong(_tokens[0], "it is not yes or no: compare it with something, as > 0");
    }

    private Term Or()
    {
        Term left = And();
        while (Take("||") || TakeWord("or"))
        {
            Func<BusinessLogicProcessor, bool> one = Flag(left);
            Func<BusinessLogicProcessor, bool> other = Flag(And());
            left = Term.Of(engine => one(engine) || other(engine));
        }

        return left;
    }

    private Term And()
    {
        Term left = Not();
        while (Take("&&") || TakeWord("and"))
        {
            Func<BusinessLogicProcessor, bool> one = Flag(left);
            Func<BusinessLogicProcessor, bool> other = Flag(Not());
            left = Term.Of(engine => one(engine) && other(engine));
        }

        return left;
    }

    private Term Not()
    {
        if (!Take("!") && !TakeWord("not"))
        {
            return Comparison();
        }

        Deeper();
        Func<BusinessLogicProcessor, bool> one = Flag(Not());
        _depth--;
        return Term.Of(engine => !one(engine));
    }

    private Term Comparison()
    {
        Term left = Sum();
        Token symbol = Here;
        if (!(Take("<=") || Take(">=") || Take("==") || Take("!=") || Take("<") || Take(">") || Take("=")))
        {
            return left;
        }

        Term right = Sum();
        (left, right) = (AsTime(left, right), AsTime(right, left));
        return left.Kind != right.Kind ? throw Wrong(symbol, $"a {Said(left)} cannot be compared with a {Said(right)}")
            : left.Kind is TermKind.Number or TermKind.Time ? Compare(symbol, left.Number!, right.Number!)
            : left.Kind == TermKind.Text ? CompareTexts(symbol, left.Text!, right.Text!)
            : throw Wrong(symbol, "yes and no need no comparison: write it alone, or behind not");
    }

    private static Term Compare(Token symbol, Func<BusinessLogicProcessor, decimal> left, Func<BusinessLogicProcessor, decimal> right) => symbol.Text switch
    {
        "<" => Term.Of(engine => left(engine) < right(engine)),
        ">" => Term.Of(engine => left(engine) > right(engine)),
        "<=" => Term.Of(engine => left(engine) <= right(engine)),
        ">=" => Term.Of(engine => left(engine) >= right(engine)),
        "!=" => Term.Of(engine => left(engine) != right(engine)),
        _ => Term.Of(engine => left(engine) == right(engine)),
    };

    private Term CompareTexts(Token symbol, Func<BusinessLogicProcessor, string> left, Func<BusinessLogicProcessor, string> right) => symbol.Text switch
    {
        "!=" => Term.Of(engine => !string.Equals(left(engine), right(engine), StringComparison.OrdinalIgnoreCase)),
        "==" or "=" => Term.Of(engine => string.Equals(left(engine), right(engine), StringComparison.OrdinalIgnoreCase)),
        _ => throw Wrong(symbol, "texts are equal or not: use == or !="),
    };

    private Term Sum()
    {
        Term left = Product();
        while (Here.Is("+") || Here.Is("-"))
        {
            Token symbol = Here;
            _place++;
            (Func<BusinessLogicProcessor, decimal> one, Func<BusinessLogicProcessor, decimal> other) = (Number(left, symbol), Number(Product(), symbol));
            left = symbol.Text == "+" ? Term.Of(engine => one(engine) + other(engine)) : Term.Of(engine => one(engine) - other(engine));
        }

        return left;
    }

    private Term Product()
    {
        Term left = Signed();
        while (Here.Is("*") || Here.Is("/"))
        {
            Token symbol = Here;
            _place++;
            (Func<BusinessLogicProcessor, decimal> one, Func<BusinessLogicProcessor, decimal> other) = (Number(left, symbol), Number(Signed(), symbol));

            // A state in which the divisor is nothing has no such ratio: 0, so that a comparison can be made everywhere.
            left = symbol.Text == "*" ? Term.Of(engine => one(engine) * other(engine)) : Term.Of(engine => other(engine) is var by && by == 0 ? 0 : one(engine) / by);
        }

        return left;
    }

    private Term Signed()
    {
        Token symbol = Here;
        if (!Take("-"))
        {
            return Primary();
        }

        Deeper();
        Func<BusinessLogicProcessor, decimal> one = Number(Signed(), symbol);
        _depth--;
        return Term.Of(engine => -one(engine));
    }

    private Term Primary()
    {
        Token token = Here;
        _place++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                    ? Term.Of(_ => number)
                    : throw Wrong(token, $"'{token.Text}' is no number");
            case TokenKind.Text:
                return Term.Of(_ => token.Text) with { Written = token.Text };
            case TokenKind.Name:
                return functions.Call(token, Arguments(token), what => Wrong(token, what));
            case TokenKind.Symbol when token.Text == "(":
                Deeper();
                Term inner = Or();
                _depth--;
                Need(")");
                return inner;
            default:
                throw Wrong(token, token.Kind == TokenKind.End ? "it ends here, and something must follow" : $"'{token.Text}' cannot stand here");
        }
    }

    private List<Token> Arguments(Token name)
    {
        var arguments = new List<Token>();
        if (!Take("("))
        {
            return arguments;
        }

        while (!Take(")"))
        {
            if (arguments.Count > 0)
            {
                Need(",");
            }

            Token argument = Here;
            if (argument.Kind is not (TokenKind.Text or TokenKind.Number))
            {
                throw Wrong(argument, $"{name.Text} takes names in quotes, or numbers");
            }

            arguments.Add(argument);
            _place++;
        }

        return arguments;
    }

    private Term AsTime(Term term, Term other)
    {
        if (other.Kind != TermKind.Time || term.Written is not { } written)
        {
            return term;
        }

        return Timestamps.TryParse(written, out long nanos)
            ? new Term(TermKind.Time, Number: _ => nanos)
            : throw new PredicateException(text, 0, $"'{written}' is no time; as 2025-01-20T07:30:00Z");
    }

    private Func<BusinessLogicProcessor, bool> Flag(Term term) => term.Flag ?? throw Wrong(Here, $"and, or and not need comparisons at both sides, not a {Said(term)}");

    private Func<BusinessLogicProcessor, decimal> Number(Term term, Token symbol) =>
        term.Kind == TermKind.Number ? term.Number! : throw Wrong(symbol, $"{symbol.Text} needs numbers, not a {Said(term)}");

    private static string Said(Term term) => term.Kind switch { TermKind.Number => "number", TermKind.Time => "time", TermKind.Text => "text", _ => "comparison" };

    private bool Take(string symbol)
    {
        bool isIt = Here.Is(symbol);
        _place += isIt ? 1 : 0;
        return isIt;
    }

    private bool TakeWord(string word)
    {
        bool isIt = Here.IsWord(word);
        _place += isIt ? 1 : 0;
        return isIt;
    }

    private void Need(string symbol)
    {
        if (!Take(symbol))
        {
            throw Wrong(Here, $"a '{symbol}' is missing");
        }
    }

    private void Deeper()
    {
        if (++_depth > DepthMax)
        {
            throw Wrong(Here, $"it is nested deeper than {DepthMax}");
        }
    }

    private PredicateException Wrong(Token token, string what) => new(text, token.Place, what);
}
