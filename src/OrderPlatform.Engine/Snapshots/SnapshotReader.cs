using System;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Snapshots;

/// <summary>Walks the records of a snapshot, and says of what it refuses which record and field it is.</summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> snapshot)
{
    private ReadOnlySpan<byte> _rest = snapshot;
    private ushort _template;
    private DigestBuilder _digest;

    /// <summary>Records taken.</summary>
    public ulong Records { get; private set; }

    /// <summary>Digest of the records taken.</summary>
    public readonly ulong Digest => _digest.Value;

    /// <summary>The record taken last: its number from 1 and its name.</summary>
    public readonly string Record => $"record {Records} ({MessagesSchema.TemplateName(_template)})";

    private readonly string NextRecord => $"record {Records + 1}";

    /// <summary>Whether the next record is of a kind.</summary>
    public readonly bool NextIs(ushort template) => MessageHeader.TryRead(_rest, out MessageHeader header) && header.TemplateId == template;

    /// <summary>The next record, which must be of a kind, with its header.</summary>
    /// <exception cref="SnapshotException">It is another one, or no whole record of this schema.</exception>
    public ReadOnlySpan<byte> Take(ushort template, ushort blockLength)
    {
        if (!MessageHeader.TryRead(_rest, out MessageHeader header))
        {
            throw new SnapshotException(
                NextRecord, "", $"the snapshot ends where a {MessagesSchema.TemplateName(template)} is due; {_rest.Length} bytes are left");
        }

        RequireHeader(header.SchemaId == MessagesSchema.SchemaId, template, "schemaId", header.SchemaId, MessagesSchema.SchemaId);
        RequireHeader(header.TemplateId == template, template, "templateId", header.TemplateId, template);
        RequireHeader(header.Version <= MessagesSchema.Version, template, "version", header.Version, MessagesSchema.Version);
        RequireHeader(header.BlockLength == blockLength, template, "blockLength", header.BlockLength, blockLength);
        int length = MessageHeader.EncodedLength + header.BlockLength;
        if (length > _rest.Length)
        {
            throw new SnapshotException(
                NextRecord, "", $"the snapshot ends inside a {MessagesSchema.TemplateName(template)}; {_rest.Length} bytes of {length} are left");
        }

        ReadOnlySpan<byte> record = _rest[..length];
        _rest = _rest[length..];
        _template = template;
        _digest.Add(record);
        Records++;
        return record;
    }

    /// <summary>Ends the walk.</summary>
    /// <exception cref="SnapshotException">Something follows.</exception>
    public readonly void RequireEnd()
    {
        if (_rest.Length > 0)
        {
            throw new SnapshotException(NextRecord, "", $"{_rest.Length} bytes follow the trailer");
        }
    }

    /// <summary>Refuses the record taken last unless a field of it is sound.</summary>
    /// <exception cref="SnapshotException">It is not.</exception>
    public readonly void Require(bool isSound, string field, long value, string what = "is out of range")
    {
        if (!isSound)
        {
            throw new SnapshotException(Record, field, $"{value} {what}");
        }
    }

    /// <summary>Requires that the record taken last is its table's next row, and that there is room for it.</summary>
    /// <exception cref="SnapshotException">It is not, or there is none.</exception>
    public readonly void RequireNextRow(uint row, int count, int capacity)
    {
        if (row != count)
        {
            throw new SnapshotException(Record, "row", $"{row} where {count} is due");
        }

        Require(count < capacity, "row", row, $"does not fit into a table of {capacity}");
    }

    /// <summary>A row that must exist.</summary>
    /// <exception cref="SnapshotException">It does not.</exception>
    public readonly void RequireRow(int row, string field, int count) => Require(row >= 0 && row < count, field, row, $"is no row of a table of {count}");

    /// <summary>A row that must exist, or -1.</summary>
    /// <exception cref="SnapshotException">It does not.</exception>
    public readonly void RequireRowOrNone(int row, string field, int count) => Require(row >= -1 && row < count, field, row, $"is no row of a table of {count}");

    private readonly void RequireHeader(bool isSound, ushort due, string field, ushort value, ushort expected)
    {
        if (!isSound)
        {
            throw new SnapshotException($"{NextRecord} ({MessagesSchema.TemplateName(due)})", field, $"{value} where {expected} is due");
        }
    }
}
