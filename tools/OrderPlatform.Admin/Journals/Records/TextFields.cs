using System.Buffers;
using System.Text;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Fields on one line: <c>name=value</c>, text in quotes, what is not there left out.</summary>
internal sealed class TextFields(StringBuilder output) : FieldSink
{
    private static readonly SearchValues<char> Marks = SearchValues.Create(" '=()[]\n\r\t");

    private bool _begins;

    /// <inheritdoc/>
    protected override void Value(string? name, string? text, bool isQuoted)
    {
        // What is null says nothing on a line for people.
        if (text is null)
        {
            return;
        }

        Begin(name);
        bool isBare = text.Length > 0 && !text.AsSpan().ContainsAny(Marks);
        if (isBare)
        {
            output.Append(text);
        }
        else
        {
            Quote(text);
        }
    }

    /// <inheritdoc/>
    protected override void BeginList(string name)
    {
        Begin(name);
        output.Append('[');
        _begins = true;
    }

    /// <inheritdoc/>
    protected override void EndList()
    {
        output.Append(']');
        _begins = false;
    }

    /// <inheritdoc/>
    protected override void BeginObject(string? name)
    {
        Begin(name);
        output.Append('(');
        _begins = true;
    }

    /// <inheritdoc/>
    protected override void EndObject()
    {
        output.Append(')');
        _begins = false;
    }

    private void Begin(string? name)
    {
        if (!_begins)
        {
            output.Append(' ');
        }

        _begins = false;
        if (name is not null)
        {
            output.Append(name).Append('=');
        }
    }

    private void Quote(string text)
    {
        output.Append('\'');
        foreach (char character in text)
        {
            _ = char.IsControl(character) || character is '\'' or '\\' ? output.Append("\\u").Append(((int)character).ToString("X4",
                System.Globalization.CultureInfo.InvariantCulture)) : output.Append(character);
        }

        output.Append('\'');
    }
}
