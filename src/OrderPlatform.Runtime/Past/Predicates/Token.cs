namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>A word of a predicate.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; of a quoted text what is between the quotes.</param>
/// <param name="Place">Where it begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Place)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Name && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Kinds of words.</summary>
internal enum TokenKind
{
    End,
    Name,
    Number,
    Text,
    Symbol,
}
