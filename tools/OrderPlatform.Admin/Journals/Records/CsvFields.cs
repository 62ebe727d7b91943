using System.Text;
using System.Text.Json;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Fields as cells of one line of CSV (RFC 4180); a list, and a group with its entries, is one cell of JSON.</summary>
internal sealed class CsvFields : FieldSink, IDisposable
{
    private static readonly JsonWriterOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _output;
    private readonly MemoryStream _nestedBytes = new();
    private readonly Utf8JsonWriter _nested;
    private int _depth;

    public CsvFields(StringBuilder output)
    {
        _output = output;
        _nested = new Utf8JsonWriter(_nestedBytes, Json);
    }

    /// <summary>The columns of a message.</summary>
    public static IEnumerable<string> ColumnsOf(MessageLayout message) =>
        message.Block.Fields.Select(static field => field.Label.Name).Concat(message.Block.Groups.Select(static group => group.Label.Name))
            .Concat(message.Block.Data.Select(static data => data.Label.Name));

    /// <summary>Appends a cell.</summary>
    public void Cell(string? text)
    {
        _output.Append(',');
        Append(_output, text);
    }

    /// <summary>Appends a text as the content of a cell.</summary>
    public static void Append(StringBuilder output, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (text.AsSpan().ContainsAny("\",\n\r"))
        {
            output.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            output.Append(text);
        }
    }

    /// <summary>After a message that could not be read to its end.</summary>
    public void Reset()
    {
        _depth = 0;
        _nestedBytes.SetLength(0);
        _nested.Reset(_nestedBytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _nested.Reset(Stream.Null);
        _nested.Dispose();
        _nestedBytes.Dispose();
    }

    /// <inheritdoc/>
    protected override void Value(string? name, string? text, bool isQuoted)
    {
        if (_depth == 0)
        {
            Cell(text);
        }
        else
        {
            JsonFields.Write(_nested, name, text, isQuoted);
        }
    }

    /// <inheritdoc/>
    protected override void BeginList(string name)
    {
        if (_depth++ == 0)
        {
            _nested.WriteStartArray();
        }
        else
        {
            _nested.WriteStartArray(name);
        }
    }

    /// <inheritdoc/>
    protected override void EndList()
    {
        _nested.WriteEndArray();
        End();
    }

    /// <inheritdoc/>
    protected override void BeginObject(string? name)
    {
        if (_depth++ > 0 && name is not null)
        {
            _nested.WritePropertyName(name);
        }

        _nested.WriteStartObject();
    }

    /// <inheritdoc/>
    protected override void EndObject()
    {
        _nested.WriteEndObject();
        End();
    }

    private void End()
    {
        if (--_depth > 0)
        {
            return;
        }

        _nested.Flush();
        Cell(Encoding.UTF8.GetString(_nestedBytes.GetBuffer(), 0, (int)_nestedBytes.Length));
        _nestedBytes.SetLength(0);
        _nested.Reset(_nestedBytes);
    }
}
