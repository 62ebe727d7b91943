namespace OrderPlatform.Journal;

/// <summary>A record as it lies in the mapped segment; valid until the reader's next read or its disposal.</summary>
public readonly unsafe ref struct JournalRecord
{
    private readonly RecordHeader* _header;

    internal JournalRecord(RecordHeader* header) => _header = header;

    /// <summary>The input's sequence, or the last input's for a control record.</summary>
    public long Sequence => _header->Sequence;

    /// <summary>Nanoseconds since 1970, as the writer gave them.</summary>
    public long TimestampNanos => _header->TimestampNanos;

    /// <summary>What the payload is, in the journal's schema.</summary>
    public ushort TemplateId => _header->TemplateId;

    /// <summary>See <see cref="JournalFlags"/>.</summary>
    public ushort Flags => _header->Flags;

    /// <summary>True if this is no input.</summary>
    public bool IsControl => (Flags & JournalFlags.Control) != 0;

    /// <summary>The record's bytes.</summary>
    public ReadOnlySpan<byte> Payload => new((byte*)_header + RecordHeader.LengthBytes, _header->Length - RecordHeader.LengthBytes);
}
