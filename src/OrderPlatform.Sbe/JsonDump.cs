using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace OrderPlatform.Sbe;

/// <summary>
/// One JSON object: <c>message</c>, <c>templateId</c>, <c>schemaId</c>, <c>version</c>, <c>blockLength</c>, <c>fields</c>, <c>lengthBytes</c>, the same
/// that the schema tool's decoder prints without generated code. 64-bit integers are plain numbers; null, and what the writer did not know, is null
/// (a group: empty); NaN, infinities and -0 are strings; sets are lists of names; raw data is an object with hex.
/// </summary>
public sealed class JsonDump : MessageDump, IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _output;

    /// <summary>Begins the dump of a message.</summary>
    public JsonDump(string messageName, decimal templateId, decimal schemaId, long version, long blockLength)
    {
        _output = new Utf8JsonWriter(_bytes);
        _output.WriteStartObject();
        _output.WriteString("message", messageName);
        _output.WriteNumber("templateId", templateId);
        _output.WriteNumber("schemaId", schemaId);
        _output.WriteNumber("version", version);
        _output.WriteNumber("blockLength", blockLength);
        _output.WriteStartObject("fields");
    }

    /// <summary>Gives back what the writer rents.</summary>
    public void Dispose() => _output.Dispose();

    /// <summary>Ends the message.</summary>
    /// <param name="lengthBytes">Bytes of the whole message, its header included if it was decoded.</param>
    /// <returns>The object's text.</returns>
    public string End(int lengthBytes)
    {
        _output.WriteEndObject();
        _output.WriteNumber("lengthBytes", lengthBytes);
        _output.WriteEndObject();
        _output.Flush();
        return Encoding.UTF8.GetString(_bytes.WrittenSpan);
    }

    /// <inheritdoc/>
    public override void OnNumber<T>(string name, T value)
    {
        _output.WritePropertyName(name);
        OnElement(value);
    }

    /// <inheritdoc/>
    public override void OnChar(string name, byte value) => _output.WriteString(name, ((char)value).ToString());

    /// <inheritdoc/>
    public override void OnEnum<T>(string name, T value, bool isPresent)
    {
        string text = value.ToString();
        _output.WritePropertyName(name);
        if (text[0] is '-' or (>= '0' and <= '9'))
            _output.WriteRawValue(text);
        else
            _output.WriteStringValue(text);
    }

    /// <inheritdoc/>
    public override void OnSet(string name, ulong bits, ReadOnlySpan<string?> names)
    {
        _output.WriteStartArray(name);
        for (ulong rest = bits; rest != 0; rest &= rest - 1)
        {
            int bit = BitOperations.TrailingZeroCount(rest);
            _output.WriteStringValue(bit < names.Length && names[bit] is { } choice ? choice : $"bit {bit}");
        }

        _output.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void OnText(string name, ReadOnlySpan<byte> value, TextEncoding encoding) => _output.WriteString(name, Decode(value, encoding));

    /// <inheritdoc/>
    public override void OnData(string name, ReadOnlySpan<byte> value, TextEncoding? encoding)
    {
        if (encoding is { } known)
        {
            OnText(name, value, known);
            return;
        }

        _output.WriteStartObject(name);
        _output.WriteString("hex", Convert.ToHexStringLower(value));
        _output.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void OnNull(string name) => _output.WriteNull(name);

    /// <inheritdoc/>
    public override void BeginArray(string name) => _output.WriteStartArray(name);

    /// <inheritdoc/>
    public override void OnElement<T>(T value)
    {
        double real = value switch { float single => single, double number => number, _ => 0 };
        if (!double.IsFinite(real))
            _output.WriteStringValue(double.IsNaN(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity");
        else if (real == 0 && double.IsNegative(real))
            _output.WriteStringValue("-0.0");
        else if (value is float or double)
            _output.WriteRawValue(value.ToString(null, CultureInfo.InvariantCulture));
        else
            _output.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override void EndArray() => _output.WriteEndArray();

    /// <inheritdoc/>
    public override void BeginComposite(string name) => _output.WriteStartObject(name);

    /// <inheritdoc/>
    public override void EndComposite() => _output.WriteEndObject();

    /// <inheritdoc/>
    public override void BeginGroup(string name) => _output.WriteStartArray(name);

    /// <inheritdoc/>
    public override void BeginEntry() => _output.WriteStartObject();

    /// <inheritdoc/>
    public override void EndEntry() => _output.WriteEndObject();

    /// <inheritdoc/>
    public override void EndGroup() => _output.WriteEndArray();
}
