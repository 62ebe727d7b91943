using System;
using System.Buffers.Binary;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Rows;

/// <summary>Rows in digests and snapshots, made from the one list of their fields. A record is the row's number and its fields in order.</summary>
internal static class RowRecords
{
    public static void AddTo<TRow>(ref DigestBuilder digest, Span<TRow> rows)
        where TRow : struct, IRow<TRow>
    {
        digest.Add(rows.Length);
        var fields = new DigestFields(ref digest);
        foreach (ref TRow row in rows)
        {
            TRow.Visit(ref row, ref fields);
        }
    }

    public static void Write<TRow>(ref SnapshotWriter writer, Span<TRow> rows)
        where TRow : struct, IRow<TRow>
    {
        for (int row = 0; row < rows.Length; row++)
        {
            Write(ref writer, row, ref rows[row]);
        }
    }

    public static void Write<TRow>(ref SnapshotWriter writer, int row, ref TRow value)
        where TRow : struct, IRow<TRow>
    {
        int blockLength = BlockLength<TRow>();
        Span<byte> record = writer.Claim(MessageHeader.EncodedLength + blockLength);
        MessageHeader.Write(record, (ushort)blockLength, TRow.TemplateId, MessagesSchema.SchemaId, MessagesSchema.Version);
        Span<byte> block = record[MessageHeader.EncodedLength..];
        BinaryPrimitives.WriteUInt32LittleEndian(block, (uint)row);
        var fields = new WriteFields(block[sizeof(uint)..]);
        TRow.Visit(ref value, ref fields);
        writer.Commit();
    }

    /// <summary>Reads the next row if the next record is one of this kind.</summary>
    /// <param name="reader">The snapshot.</param>
    /// <param name="count">Rows read so far: the number that the row must have.</param>
    /// <param name="capacity">Rows that the table takes.</param>
    /// <param name="row">The row; its derived fields are zero.</param>
    /// <exception cref="SnapshotException">It is not the next row, or too many.</exception>
    public static bool TryRead<TRow>(ref SnapshotReader reader, int count, int capacity, out TRow row)
        where TRow : struct, IRow<TRow>
    {
        row = default;
        if (!reader.NextIs(TRow.TemplateId))
        {
            return false;
        }

        ReadOnlySpan<byte> block = reader.Take(TRow.TemplateId, (ushort)BlockLength<TRow>())[MessageHeader.EncodedLength..];
        reader.RequireNextRow(BinaryPrimitives.ReadUInt32LittleEndian(block), count, capacity);
        var fields = new ReadFields(block[sizeof(uint)..]);
        TRow.Visit(ref row, ref fields);
        return true;
    }

    private static int BlockLength<TRow>()
        where TRow : struct, IRow<TRow>
    {
        TRow row = default;
        FieldLength length = default;
        TRow.Visit(ref row, ref length);
        return sizeof(uint) + length.Bytes;
    }
}
