using System.Buffers.Binary;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Checking;

/// <summary>Compares two snapshots of engines record by record and field by field, for people.</summary>
public static class SnapshotComparison
{
    /// <summary>So many differing fields are named at most.</summary>
    public const int FieldsMax = 1_000;

    private const string Prefix = "Snapshot";

    /// <summary>What differs: the rows of the tables in their order, then the engine's own numbers. Digests, which follow from the rest, are named where
    /// nothing else differs.</summary>
    /// <param name="live">One snapshot: all bytes that the engine captured.</param>
    /// <param name="follower">Another one.</param>
    public static List<FieldDifference> Of(ReadOnlyMemory<byte> live, ReadOnlyMemory<byte> follower)
    {
        List<Record> left = Split(live);
        Dictionary<(ushort, long), Record> right = Split(follower).ToDictionary(static record => (record.Template, record.Row));
        var differences = new List<FieldDifference>();
        foreach (Record one in left.OrderBy(static record => record.IsFrame))
        {
            Compare(one, right.Remove((one.Template, one.Row), out Record other) ? other : null, differences);
        }

        differences.AddRange(right.Values.Select(static record => new FieldDifference(NameOf(record.Template), record.Row, "row", "absent", Text(record))));
        if (differences.Exists(static difference => !difference.IsDigest))
        {
            differences.RemoveAll(static difference => difference.IsDigest);
        }

        return differences.Count <= FieldsMax ? differences : differences[..FieldsMax];
    }

    private static void Compare(in Record live, Record? follower, List<FieldDifference> differences)
    {
        if (differences.Count > FieldsMax || (follower is { } same && live.Bytes.Span.SequenceEqual(same.Bytes.Span)))
        {
            return;
        }

        if (follower is not { } other)
        {
            differences.Add(new FieldDifference(NameOf(live.Template), live.Row, "row", Text(live), "absent"));
            return;
        }

        // Records of a snapshot have numbers and names of enums only: no blank is inside a value.
        string[] left = Text(live).Split(' ');
        string[] right = Text(other).Split(' ');
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                int sign = left[i].IndexOf('=', StringComparison.Ordinal);
                differences.Add(new FieldDifference(NameOf(live.Template), live.Row, left[i][..sign], left[i][(sign + 1)..], right[i][(sign + 1)..]));
            }
        }
    }

    private static string Text(in Record record) => MessagesSchema.Describe(record.Bytes.Span);

    private static string NameOf(ushort template)
    {
        string name = MessagesSchema.TemplateName(template);
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }

    private static List<Record> Split(ReadOnlyMemory<byte> snapshot)
    {
        var records = new List<Record>();
        var rows = new Dictionary<ushort, long>();
        while (MessageHeader.TryRead(snapshot.Span, out MessageHeader header) && MessageHeader.EncodedLength + header.BlockLength <= snapshot.Length)
        {
            ReadOnlyMemory<byte> bytes = snapshot[..(MessageHeader.EncodedLength + header.BlockLength)];
            long next = rows.GetValueOrDefault(header.TemplateId);
            rows[header.TemplateId] = next + 1;

            // Fills are told apart by their number: the oldest make room, so that two memories of one length may begin at others.
            long row = header.TemplateId == SnapshotFillDecoder.TemplateId ? BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[(MessageHeader.EncodedLength + sizeof(uint))..]) : next;
            records.Add(new Record(header.TemplateId, row, bytes));
            snapshot = snapshot[bytes.Length..];
        }

        return records;
    }

    private readonly record struct Record(ushort Template, long Row, ReadOnlyMemory<byte> Bytes)
    {
        public bool IsFrame => Template is SnapshotHeaderDecoder.TemplateId or SnapshotTrailerDecoder.TemplateId;
    }
}

/// <summary>A field of which two engines have other values.</summary>
/// <param name="Table">The table: the record's name in the schema without "Snapshot".</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Field">The field, as the schema calls it; "row" where one of them has no such row.</param>
/// <param name="Live">The live engine's value.</param>
/// <param name="Follower">The follower's value.</param>
public sealed record FieldDifference(string Table, long Row, string Field, string Live, string Follower)
{
    /// <summary>Whether the field is a digest over other fields, or over outputs.</summary>
    internal bool IsDigest => Field.EndsWith("igest", StringComparison.Ordinal) || Field is "outputAccumulator" or "outputWords";

    /// <inheritdoc/>
    public override string ToString() => $"{Table} row {Row}, {Field}: live {Live}, follower {Follower}";
}
