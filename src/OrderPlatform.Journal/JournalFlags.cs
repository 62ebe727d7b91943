namespace OrderPlatform.Journal;

/// <summary>The flags of a record that the journal itself understands; the bits between belong to the caller.</summary>
public static class JournalFlags
{
    /// <summary>No flag: an input.</summary>
    public const ushort None = 0;

    /// <summary>A control record: it carries the last input's sequence and does not advance it.</summary>
    public const ushort Control = 1;

    /// <summary>A mark that says what was durable when it was written. Reserved: appending with it is refused.</summary>
    public const ushort Durable = 0x4000;

    /// <summary>The mark that ends a segment. Reserved: appending with it is refused.</summary>
    public const ushort EndOfSegment = 0x8000;

    /// <summary>Marks of the journal itself, which readers pass over.</summary>
    internal const ushort Marks = Durable | EndOfSegment;
}
