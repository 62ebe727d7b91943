using OrderPlatform.Messages;

namespace OrderPlatform.Admin.Journals.Snapshots;

/// <summary>Cuts a snapshot into its records.</summary>
internal static class SnapshotRows
{
    private const string Prefix = "Snapshot";

    /// <summary>The tables that a snapshot may have, by name.</summary>
    public static IEnumerable<string> Tables => MessagesSchema.TemplateIds.ToArray().Select(MessagesSchema.TemplateName).Where(static name =>
        name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(static name => name[Prefix.Length..]);

    /// <summary>The records in order: table, row, bytes with the header.</summary>
    public static IEnumerable<(string Table, long Row, ReadOnlyMemory<byte> Bytes)> Of(ReadOnlyMemory<byte> snapshot)
    {
        var rows = new Dictionary<ushort, long>();
        while (MessageHeader.TryRead(snapshot.Span, out MessageHeader header) && MessageHeader.EncodedLength + header.BlockLength <= snapshot.Length)
        {
            long row = rows.GetValueOrDefault(header.TemplateId);
            rows[header.TemplateId] = row + 1;
            ReadOnlyMemory<byte> bytes = snapshot[..(MessageHeader.EncodedLength + header.BlockLength)];
            yield return (TableOf(header.TemplateId), row, bytes);
            snapshot = snapshot[bytes.Length..];
        }
    }

    private static string TableOf(ushort template)
    {
        string name = MessagesSchema.TemplateName(template);
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
