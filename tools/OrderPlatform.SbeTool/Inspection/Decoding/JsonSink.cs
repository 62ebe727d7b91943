using System.Numerics;
using System.Text.Json;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>
/// Messages as JSON objects. 64-bit integers are plain numbers; null, and what the writer did not know, is null (a group: empty);
/// NaN, infinities and -0 are strings; sets are lists of names; raw data is an object with hex; an undeclared enum value is a number.
/// </summary>
public sealed class JsonSink : IMessageSink
{
    private readonly Utf8JsonWriter _output;

    /// <summary>A sink that writes one value for each message.</summary>
    public JsonSink(Utf8JsonWriter output) => _output = output;

    /// <inheritdoc/>
    public void BeginMessage(MessageLayout message, ActingHeader header)
    {
        _output.WriteStartObject();
        _output.WriteString("message", message.Label.Name);
        _output.WriteNumber("templateId", header.TemplateId);
        _output.WriteNumber("schemaId", header.SchemaId);
        _output.WriteNumber("version", header.Version);
        _output.WriteNumber("blockLength", header.BlockLength);
        _output.WriteStartObject("fields");
    }

    /// <inheritdoc/>
    public void EndMessage(MessageLayout message, int lengthBytes)
    {
        _output.WriteEndObject();
        _output.WriteNumber("lengthBytes", lengthBytes);
        _output.WriteEndObject();
    }

    /// <inheritdoc/>
    public void OnNumber(MemberLayout field, PrimitiveType primitive, WireValue value, bool isNull)
    {
        _output.WritePropertyName(field.Label.Name);
        if (isNull)
        {
            _output.WriteNullValue();
        }
        else if (primitive.IsChar)
        {
            _output.WriteStringValue(((char)(int)value.Integer).ToString());
        }
        else
        {
            Number(primitive, value);
        }
    }

    /// <inheritdoc/>
    public void OnArray(MemberLayout field, PrimitiveType primitive, ReadOnlySpan<WireValue> values)
    {
        _output.WriteStartArray(field.Label.Name);
        foreach (WireValue value in values)
        {
            Number(primitive, value);
        }

        _output.WriteEndArray();
    }

    /// <inheritdoc/>
    public void OnText(MemberLayout field, ReadOnlySpan<byte> text, string? encoding) => Text(field.Label, text, encoding);

    /// <inheritdoc/>
    public void OnEnum(MemberLayout field, WireValue value, string? name)
    {
        _output.WritePropertyName(field.Label.Name);
        if (name is null)
        {
            _output.WriteNumberValue(value.Integer);
        }
        else
        {
            _output.WriteStringValue(name);
        }
    }

    /// <inheritdoc/>
    public void OnSet(MemberLayout field, SetLayout choices, ulong bits)
    {
        _output.WriteStartArray(field.Label.Name);
        for (ulong rest = bits; rest != 0; rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            foreach (string name in choices.Choices.Where(choice => choice.Value.Integer == bit).Select(static choice => choice.Label.Name).DefaultIfEmpty(
                $"bit {bit}"))
            {
                _output.WriteStringValue(name);
            }
        }

        _output.WriteEndArray();
    }

    /// <inheritdoc/>
    public void BeginComposite(MemberLayout field, CompositeLayout composite) => _output.WriteStartObject(field.Label.Name);

    /// <inheritdoc/>
    public void EndComposite(MemberLayout field) => _output.WriteEndObject();

    /// <inheritdoc/>
    public void OnAbsent(MemberLayout field) => _output.WriteNull(field.Label.Name);

    /// <inheritdoc/>
    public void BeginGroup(GroupLayout group, int count, bool isAbsent) => _output.WriteStartArray(group.Label.Name);

    /// <inheritdoc/>
    public void BeginEntry(GroupLayout group, int index) => _output.WriteStartObject();

    /// <inheritdoc/>
    public void EndEntry(GroupLayout group) => _output.WriteEndObject();

    /// <inheritdoc/>
    public void EndGroup(GroupLayout group) => _output.WriteEndArray();

    /// <inheritdoc/>
    public void OnData(DataLayout data, ReadOnlySpan<byte> bytes, bool isAbsent)
    {
        if (isAbsent)
        {
            _output.WriteNull(data.Label.Name);
        }
        else if (data.Encoding is null)
        {
            Hex(data.Label, bytes);
        }
        else
        {
            Text(data.Label, bytes, data.Encoding);
        }
    }

    private void Text(Label label, ReadOnlySpan<byte> bytes, string? encoding)
    {
        if (WireText.Decode(bytes, encoding) is { } text)
        {
            _output.WriteString(label.Name, text);
        }
        else
        {
            Hex(label, bytes);
        }
    }

    private void Hex(Label label, ReadOnlySpan<byte> bytes)
    {
        _output.WriteStartObject(label.Name);
        _output.WriteString("hex", Convert.ToHexStringLower(bytes));
        _output.WriteEndObject();
    }

    private void Number(PrimitiveType primitive, WireValue value)
    {
        if (!value.IsReal)
        {
            _output.WriteNumberValue(value.Integer);
        }
        else if (!double.IsFinite(value.Real))
        {
            _output.WriteStringValue(double.IsNaN(value.Real) ? "NaN" : value.Real > 0 ? "Infinity" : "-Infinity");
        }
        else if (value.Real == 0 && double.IsNegative(value.Real))
        {
            _output.WriteStringValue("-0.0");
        }
        else if (primitive == PrimitiveType.Float)
        {
            _output.WriteNumberValue((float)value.Real);
        }
        else
        {
            _output.WriteNumberValue(value.Real);
        }
    }
}
