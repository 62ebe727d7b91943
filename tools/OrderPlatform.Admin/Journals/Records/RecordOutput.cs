using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderPlatform.Analytics;
using OrderPlatform.Messages;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Records as lines of text or of JSON, one a record. A message that cannot be read is shown as its bytes, with the reason.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="isJson">One JSON object a line; else text.</param>
/// <param name="isPipe">Whether who reads may go before the end: no failure then.</param>
internal sealed class RecordOutput(Stream output, bool isJson, bool isPipe) : IDisposable
{
    private const int FlushBytes = 1 << 16;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DynamicDecoder _decoder = PlatformSchema.Decoder();
    private readonly MemoryStream _lines = new();
    private readonly StringBuilder _text = new();

    /// <summary>Records written.</summary>
    public long Count { get; private set; }

    /// <summary>Whether who reads the lines has gone.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Writes a record.</summary>
    public void Write(in ShownRecord record, ReadOnlySpan<byte> message)
    {
        Count++;
        if (isJson)
        {
            WriteJson(record, message);
        }
        else
        {
            WriteText(record, message);
        }

        _lines.WriteByte((byte)'\n');
        if (_lines.Length >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Lets all that was written be seen.</summary>
    public void Flush()
    {
        try
        {
            output.Write(_lines.GetBuffer(), 0, (int)_lines.Length);
            output.Flush();
        }
        catch (IOException) when (isPipe)
        {
            // As head does, who has seen enough goes.
            IsClosed = true;
        }

        _lines.SetLength(0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _lines.Dispose();
    }

    private void WriteText(in ShownRecord record, ReadOnlySpan<byte> message)
    {
        _text.Clear();
        string mark = record.Kind switch { RecordKind.Input => "", RecordKind.Control => "# ", _ => "  > " };
        _text.Append(mark).Append(record.Sequence).Append(' ').Append(TimeText.Iso(record.TimestampNanos)).Append(' ');
        MessageLine.Append(_text, _decoder, record.TemplateId, message);
        if (record.Source != 0)
        {
            _text.Append("  from ").Append(record.Source);
        }

        if (record.Sender is { } sender)
        {
            _text.Append(", ").Append(sender);
        }

        _lines.Write(Encoding.UTF8.GetBytes(_text.ToString()));
    }

    private void WriteJson(in ShownRecord record, ReadOnlySpan<byte> message)
    {
        long begin = _lines.Length;
        if (TryWriteJson(record, message, out string problem))
        {
            return;
        }

        _lines.SetLength(begin);
        using var json = new Utf8JsonWriter(_lines, Json);
        Begin(json, record);
        json.WriteString("malformed", problem);
        json.WriteString("bytes", Convert.ToHexStringLower(message));
        json.WriteEndObject();
    }

    private bool TryWriteJson(in ShownRecord record, ReadOnlySpan<byte> message, out string problem)
    {
        problem = "";
        var json = new Utf8JsonWriter(_lines, Json);
        try
        {
            Begin(json, record);
            json.WriteStartObject("fields");
            _decoder.Decode(message, new JsonFields(json));
            json.WriteEndObject();
            json.WriteEndObject();
            json.Dispose();
            return true;
        }
        catch (MessageFormatException malformed)
        {
            json.Reset(Stream.Null);
            json.Dispose();
            problem = malformed.Reason;
            return false;
        }
    }

    private static void Begin(Utf8JsonWriter json, in ShownRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", record.Sequence);
        json.WriteString("time", TimeText.Iso(record.TimestampNanos));
        json.WriteString("kind", record.Kind switch { RecordKind.Input => "input", RecordKind.Control => "control", _ => "output" });
        json.WriteString("template", MessagesSchema.TemplateName(record.TemplateId));
        if (record.Source != 0)
        {
            json.WriteString("source", record.Source.ToString());
        }

        if (!record.Origin.IsNone)
        {
            json.WriteStartObject("origin");
            json.WriteString("peer", record.Origin.IsGateway ? "gateway" : "publisher");
            json.WriteNumber("id", record.Origin.IsGateway ? record.Origin.Id & ushort.MaxValue : record.Origin.Id >> 8);
            json.WriteNumber("number", record.Origin.Number);
            json.WriteEndObject();
        }
    }
}
