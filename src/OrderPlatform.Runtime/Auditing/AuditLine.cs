using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>A line of an audit file, taken apart.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">header, trailer, or the name of a message.</param>
/// <param name="Previous">What it names as the hash of the line before.</param>
/// <param name="Hash">The hash that it has.</param>
/// <param name="Actual">The hash of its bytes.</param>
/// <param name="Text">The line without its hash.</param>
internal sealed record AuditLine(long Number, string Kind, string Previous, string Hash, string Actual, string Text)
{
    private const string HashName = ",\"hash\":\"";
    private const int TailLength = 9 + 64 + 2;

    /// <summary>Takes a line apart; it may be one that was changed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out AuditLine? read)
    {
        read = null;
        if (line.Length <= TailLength)
        {
            return false;
        }

        ReadOnlySpan<byte> tail = line[^TailLength..];
        string hash = Encoding.ASCII.GetString(tail.Slice(HashName.Length, 64));
        if (!tail.StartsWith(Encoding.ASCII.GetBytes(HashName)) || !tail.EndsWith("\"}"u8))
        {
            return false;
        }

        byte[] body = [.. line[..^TailLength], (byte)'}'];
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("n", out JsonElement number) || !number.TryGetInt64(out long n)
                || !root.TryGetProperty("kind", out JsonElement kind) || kind.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("previous", out JsonElement previous) || previous.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            read = new AuditLine(n, kind.GetString()!, previous.GetString()!, hash, AuditChain.HashOf(body), Encoding.UTF8.GetString(body));
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>What a header says; null where it is none.</summary>
    public AuditHeader? Header()
    {
        using var document = JsonDocument.Parse(Text);
        JsonElement root = document.RootElement;
        return Kind == "header" && TextOf(root, "format") == AuditExport.Format && uint.TryParse(TextOf(root, "clientId"), NumberStyles.None, CultureInfo.InvariantCulture, out uint client)
            && long.TryParse(TextOf(root, "firstSequence"), NumberStyles.None, CultureInfo.InvariantCulture, out long first) && first > 0
            && long.TryParse(TextOf(root, "lastSequence"), NumberStyles.None, CultureInfo.InvariantCulture, out long last) && last >= first
            ? new AuditHeader(client, TextOf(root, "client"), first, last)
            : null;
    }

    /// <summary>Count and head of a trailer.</summary>
    public (long Entries, string Head) Trailer()
    {
        using var document = JsonDocument.Parse(Text);
        JsonElement root = document.RootElement;
        bool isCount = root.TryGetProperty("entries", out JsonElement entries) && entries.ValueKind == JsonValueKind.Number;
        return (isCount && entries.TryGetInt64(out long count) ? count : -1, TextOf(root, "head"));
    }

    private static string TextOf(in JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
