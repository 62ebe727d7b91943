using System.Text.Json;
using OrderPlatform.Engine;
using OrderPlatform.Runtime.Explaining;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>
/// The fields of an entry in their canonical form: the order of the schema, every number as text, what is absent left out. A value that is another client's, or that
/// may tell of one, is the word <c>withheld</c>: it is there, and it stays so in every export.
/// </summary>
/// <param name="owners">What is known of the clients' things.</param>
internal sealed class AuditFields(ClientOwnership owners)
{
    private const string Withheld = "withheld";

    /// <summary>Writes the fields of a message as an object.</summary>
    public void Write(Utf8JsonWriter json, EngineState state, ReadOnlySpan<byte> message, Belonging belonging)
    {
        using var document = JsonDocument.Parse(MessageText.Json(message) ?? throw new InvalidOperationException("a message that belongs to a client has a decoder"));
        string kind = document.RootElement.GetProperty("message").GetString()!;
        json.WriteStartObject();
        Write(json, state, kind, document.RootElement.GetProperty("fields"), belonging == Belonging.Shared);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, EngineState state, string kind, in JsonElement fields, bool isShared)
    {
        foreach (JsonProperty field in fields.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Null || (field.Value.ValueKind == JsonValueKind.String && field.Value.ValueEquals(MessageFields.Absent)))
            {
                continue;
            }

            json.WritePropertyName(field.Name);
            if (IsWithheld(state, kind, field.Name, field.Value, isShared))
            {
                json.WriteStringValue(Withheld);
            }
            else
            {
                WriteValue(json, state, kind, field.Name, field.Value, isShared);
            }
        }
    }

    private void WriteValue(Utf8JsonWriter json, EngineState state, string kind, string name, in JsonElement value, bool isShared)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement entry in value.EnumerateArray())
                {
                    WriteValue(json, state, kind, name, entry, isShared);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                Write(json, state, kind, value, isShared);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue(MessageFields.TextOf(kind, name, value));
                break;
        }
    }

    private bool IsWithheld(EngineState state, string kind, string name, in JsonElement value, bool isShared)
    {
        if (isShared && IsOfAll(kind, name))
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetUInt64(out ulong id))
        {
            return false;
        }

        return name switch
        {
            "clientId" => state.Clients.TryFind(id, out _) && owners.OfClient((uint)id) == Belonging.None,
            "strategyId" => owners.OfStrategy(state, (uint)id) == Belonging.None,
            "accountId" => owners.OfAccount(state, (uint)id) == Belonging.None,
            "clientOrderId" or "parentId" or "subjectId" => owners.IsForeignOrder(id),
            _ => false,
        };
    }

    // Counts over all clients, and what a person wrote for all of them.
    private static bool IsOfAll(string kind, string name) => (kind, name) switch
    {
        ("OperatorCommand", "reason") => true,
        ("BreakerEvent", "count") => true,
        ("VenueStatus", "budgetId" or "used") => true,
        ("AlertEvent", "subjectId" or "expected" or "actual") => true,
        _ => false,
    };
}
