using System.Text.Json;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>Fields as properties of the JSON object that is open.</summary>
internal sealed class JsonFields(Utf8JsonWriter json) : FieldSink
{
    /// <summary>Writes a value as it stands in JSON.</summary>
    public static void Write(Utf8JsonWriter json, string? name, string? text, bool isQuoted)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        if (text is null)
        {
            json.WriteNullValue();
        }
        else if (isQuoted)
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteRawValue(text);
        }
    }

    /// <inheritdoc/>
    protected override void Value(string? name, string? text, bool isQuoted) => Write(json, name, text, isQuoted);

    /// <inheritdoc/>
    protected override void BeginList(string name) => json.WriteStartArray(name);

    /// <inheritdoc/>
    protected override void EndList() => json.WriteEndArray();

    /// <inheritdoc/>
    protected override void BeginObject(string? name)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
    }

    /// <inheritdoc/>
    protected override void EndObject() => json.WriteEndObject();
}
