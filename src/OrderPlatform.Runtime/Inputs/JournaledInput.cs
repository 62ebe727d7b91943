using OrderPlatform.Journal;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>The two parts of an input's journal record: the message, and the origin behind it where a peer sent it.</summary>
public static class JournaledInput
{
    /// <summary>The flag of a record that has an origin.</summary>
    internal const ushort HasOrigin = 2;

    /// <summary>What the engine gets.</summary>
    public static ReadOnlySpan<byte> MessageOf(in JournalRecord record) =>
        (record.Flags & HasOrigin) == 0 || record.Payload.Length < Origin.LengthBytes ? record.Payload : record.Payload[..^Origin.LengthBytes];

    /// <summary>Which peer sent it; none where it was made in the process.</summary>
    public static Origin OriginOf(in JournalRecord record) =>
        (record.Flags & HasOrigin) == 0 || record.Payload.Length < Origin.LengthBytes ? default : Origin.Read(record.Payload[^Origin.LengthBytes..]);
}
