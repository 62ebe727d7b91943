namespace OrderPlatform.Admin.Answers;

/// <summary>A column: its key in JSON, and its heading for people.</summary>
internal readonly record struct Column(string Key, string Heading)
{
    /// <summary>A column whose heading is its key, in words: <c>averagePrice</c> is "average price".</summary>
    public static implicit operator Column(string key) => new(key, string.Concat(key.Select(static c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())));
}

/// <summary>Rows under one key.</summary>
/// <param name="key">Its key in JSON: an array of objects.</param>
/// <param name="title">Its title for people; empty for none.</param>
/// <param name="columns">Its columns.</param>
internal sealed class AnswerTable(string key, string title, IReadOnlyList<Column> columns)
{
    private readonly List<Value[]> _rows = [];

    public string Key => key;

    public string Title => title;

    public IReadOnlyList<Column> Columns => columns;

    public IReadOnlyList<Value[]> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">It has not a value for each column.</exception>
    public AnswerTable Row(params Value[] values)
    {
        if (values.Length != columns.Count)
        {
            throw new ArgumentException($"{values.Length} values for the {columns.Count} columns of {key}", nameof(values));
        }

        _rows.Add(values);
        return this;
    }
}
