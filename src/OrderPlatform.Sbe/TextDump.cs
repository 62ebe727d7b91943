using System.Globalization;
using System.Text;

namespace OrderPlatform.Sbe;

/// <summary>One line: <c>[Name] a=1 text='x' composite=(b=2) group=[(c=3)(c=4)]</c>. Unprintable characters are dots; raw data is its size.</summary>
public sealed class TextDump : MessageDump
{
    private readonly StringBuilder _text;

    /// <summary>Begins the dump of a message.</summary>
    /// <param name="messageName">As the schema has it.</param>
    public TextDump(string messageName) => _text = new StringBuilder("[").Append(messageName).Append(']');

    /// <summary>The line so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>Ends the line with why the rest of the message cannot be read.</summary>
    public void Malformed(SbeException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        _text.Append(" malformed: ").Append(problem.Message);
    }

    /// <inheritdoc/>
    public override void OnNumber<T>(string name, T value) => Begin(name).Append(value.ToString(null, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void OnChar(string name, byte value) => Begin(name).Append(CultureInfo.InvariantCulture, $"{value}");

    /// <inheritdoc/>
    public override void OnEnum<T>(string name, T value, bool isPresent) => Begin(name).Append(isPresent ? value.ToString() : "null");

    /// <inheritdoc/>
    public override void OnSet(string name, ulong bits, ReadOnlySpan<string?> names)
    {
        Begin(name);
        if (bits == 0)
            _text.Append('0');
        for (ulong rest = bits; rest != 0; rest &= rest - 1)
        {
            int bit = System.Numerics.BitOperations.TrailingZeroCount(rest);
            _text.Append(rest == bits ? "" : ", ");
            _ = bit < names.Length && names[bit] is { } choice ? _text.Append(choice) : _text.Append(CultureInfo.InvariantCulture, $"bit {bit}");
        }
    }

    /// <inheritdoc/>
    public override void OnText(string name, ReadOnlySpan<byte> value, TextEncoding encoding)
    {
        Begin(name).Append('\'');
        foreach (char character in Decode(value, encoding))
            _text.Append(char.IsControl(character) ? '.' : character);
        _text.Append('\'');
    }

    /// <inheritdoc/>
    public override void OnData(string name, ReadOnlySpan<byte> value, TextEncoding? encoding)
    {
        if (encoding is { } known)
            OnText(name, value, known);
        else
            Begin(name).Append(CultureInfo.InvariantCulture, $"<{value.Length} bytes>");
    }

    /// <inheritdoc/>
    public override void OnNull(string name) => Begin(name).Append("null");

    /// <inheritdoc/>
    public override void BeginArray(string name) => Begin(name).Append('[');

    /// <inheritdoc/>
    public override void OnElement<T>(T value) => _text.Append(_text[^1] == '[' ? "" : ",").Append(value.ToString(null, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void EndArray() => _text.Append(']');

    /// <inheritdoc/>
    public override void BeginComposite(string name) => Begin(name).Append('(');

    /// <inheritdoc/>
    public override void EndComposite() => _text.Append(')');

    /// <inheritdoc/>
    public override void BeginGroup(string name) => Begin(name).Append('[');

    /// <inheritdoc/>
    public override void BeginEntry() => _text.Append('(');

    /// <inheritdoc/>
    public override void EndEntry() => _text.Append(')');

    /// <inheritdoc/>
    public override void EndGroup() => _text.Append(']');

    private StringBuilder Begin(string name) => (_text[^1] is '(' or '[' ? _text : _text.Append(' ')).Append(name).Append('=');
}
