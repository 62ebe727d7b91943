namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>Cuts a predicate into words.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["<=", ">=", "==", "!=", "&&", "||", "<", ">", "=", "!", "+", "-", "*", "/", "(", ")", ","];

    public static List<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        int place = 0;
        while (place < text.Length)
        {
            if (char.IsWhiteSpace(text[place]))
            {
                place++;
                continue;
            }

            Token token = Next(text, place, out place);
            tokens.Add(token);
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(string text, int start, out int end)
    {
        char first = text[start];
        if (first is '\'' or '"')
        {
            int close = text.IndexOf(first, start + 1);
            if (close < 0)
            {
                throw new PredicateException(text, start, $"the text that begins here has no {first} at its end");
            }

            end = close + 1;
            return new Token(TokenKind.Text, text[(start + 1)..close], start);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
        {
            end = While(text, start, static c => char.IsAsciiDigit(c) || c is '.' or '_');
            return new Token(TokenKind.Number, text[start..end].Replace("_", "", StringComparison.Ordinal), start);
        }

        if (char.IsAsciiLetter(first))
        {
            end = While(text, start, static c => char.IsAsciiLetterOrDigit(c) || c == '_');
            return new Token(TokenKind.Name, text[start..end], start);
        }

        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(text, start, symbol, 0, symbol.Length) == 0)
            {
                end = start + symbol.Length;
                return new Token(TokenKind.Symbol, symbol, start);
            }
        }

        throw new PredicateException(text, start, $"'{first}' means nothing here");
    }

    private static int While(string text, int start, Func<char, bool> goesOn)
    {
        int end = start;
        while (end < text.Length && goesOn(text[end]))
        {
            end++;
        }

        return end;
    }
}
