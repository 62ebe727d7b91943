using System.Globalization;
using System.Numerics;
using System.Text;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>Messages as indented lines: one value a line, <c>null</c> for null, <c>-</c> for what the writer did not know.</summary>
public sealed class TextSink : IMessageSink
{
    private readonly StringBuilder _output;
    private int _depth;

    /// <summary>A sink that appends to some text.</summary>
    public TextSink(StringBuilder output) => _output = output;

    /// <inheritdoc/>
    public void BeginMessage(MessageLayout message, ActingHeader header)
    {
        _depth = 0;
        Line($"{message.Label.Name} (template {header.TemplateId}, schema {header.SchemaId}, version {header.Version}, block {header.BlockLength} bytes)");
        _depth = 1;
    }

    /// <inheritdoc/>
    public void EndMessage(MessageLayout message, int lengthBytes) => _depth = 0;

    /// <inheritdoc/>
    public void OnNumber(MemberLayout field, PrimitiveType primitive, WireValue value, bool isNull) =>
        Value(field.Label, isNull ? "null" : primitive.IsChar ? Quoted(((char)(int)value.Integer).ToString()) : WireText.Number(primitive, value));

    /// <inheritdoc/>
    public void OnArray(MemberLayout field, PrimitiveType primitive, ReadOnlySpan<WireValue> values)
    {
        var text = new StringBuilder("[");
        for (int index = 0; index < values.Length; index++)
        {
            text.Append(index == 0 ? "" : ", ").Append(WireText.Number(primitive, values[index]));
        }

        Value(field.Label, text.Append(']').ToString());
    }

    /// <inheritdoc/>
    public void OnText(MemberLayout field, ReadOnlySpan<byte> text, string? encoding) => Value(field.Label, TextOf(text, encoding));

    /// <inheritdoc/>
    public void OnEnum(MemberLayout field, WireValue value, string? name) =>
        Value(field.Label, $"{name ?? "undeclared"} ({value.Integer.ToString(CultureInfo.InvariantCulture)})");

    /// <inheritdoc/>
    public void OnSet(MemberLayout field, SetLayout choices, ulong bits)
    {
        var names = new List<string>();
        for (ulong rest = bits; rest != 0; rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            names.AddRange(choices.Choices.Where(choice => choice.Value.Integer == bit).Select(static choice => choice.Label.Name).DefaultIfEmpty(
                $"bit {bit}"));
        }

        Value(field.Label, $"{{{string.Join(", ", names)}}}");
    }

    /// <inheritdoc/>
    public void BeginComposite(MemberLayout field, CompositeLayout composite) => Open($"{field.Label.Name}:");

    /// <inheritdoc/>
    public void EndComposite(MemberLayout field) => _depth--;

    /// <inheritdoc/>
    public void OnAbsent(MemberLayout field) => Value(field.Label, Absent(field.SinceVersion));

    /// <inheritdoc/>
    public void BeginGroup(GroupLayout group, int count, bool isAbsent) =>
        Open(isAbsent ? $"{group.Label.Name} = {Absent(group.SinceVersion)}" : $"{group.Label.Name}: {count} {(count == 1 ? "entry" : "entries")}");

    /// <inheritdoc/>
    public void BeginEntry(GroupLayout group, int index) => Open($"[{index}]");

    /// <inheritdoc/>
    public void EndEntry(GroupLayout group) => _depth--;

    /// <inheritdoc/>
    public void EndGroup(GroupLayout group) => _depth--;

    /// <inheritdoc/>
    public void OnData(DataLayout data, ReadOnlySpan<byte> bytes, bool isAbsent) =>
        Value(data.Label, isAbsent ? Absent(data.SinceVersion) : data.Encoding is null ? Hex(bytes) : TextOf(bytes, data.Encoding));

    private static string TextOf(ReadOnlySpan<byte> bytes, string? encoding) => WireText.Decode(bytes, encoding) is { } text ? Quoted(text) : Hex(bytes);

    private static string Hex(ReadOnlySpan<byte> bytes) => $"{bytes.Length} bytes {Convert.ToHexStringLower(bytes)}".TrimEnd();

    private static string Absent(int sinceVersion) => $"- (since version {sinceVersion})";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        WireText.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    private void Open(string line)
    {
        Line(line);
        _depth++;
    }

    private void Value(Label label, string value) => Line($"{label.Name} = {value}");

    private void Line(string text) => _output.Append(' ', _depth * 2).Append(text).Append('\n');
}
