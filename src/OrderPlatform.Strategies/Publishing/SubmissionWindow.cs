using OrderPlatform.Messages;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>The submissions that have no answer yet, encoded, so that they can be sent again as they were: a ring of 1,024.</summary>
internal sealed class SubmissionWindow
{
    private const int Capacity = DoorProtocol.WindowMax;

    /// <summary>Longest message in a submission (varMessage of the schema).</summary>
    public const int MessageLengthMax = 512;

    private const int SlotLength = SubmissionEncoder.MinEncodedLength + MessageLengthMax;

    private readonly byte[] _bytes = new byte[Capacity * SlotLength];
    private readonly int[] _lengths = new int[Capacity];
    private readonly long[] _sentTicks = new long[Capacity];

    /// <summary>The first number without an answer.</summary>
    public ulong First { get; private set; } = 1;

    /// <summary>The number of the next submission.</summary>
    public ulong Next { get; private set; } = 1;

    public int Count => (int)(Next - First);

    /// <summary>Begins at a number; nothing may wait.</summary>
    public void BeginAt(ulong number) => First = Next = number;

    /// <summary>Adds a submission.</summary>
    public void Add(uint publisherId, ReadOnlySpan<byte> message, long sentAtNanos, long nowTicks, PublisherToken? token)
    {
        int slot = Slot(Next);
        Span<byte> bytes = _bytes.AsSpan(slot * SlotLength, SlotLength);
        var e = SubmissionEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.PublisherId = publisherId;
        e.Number = Next;
        e.SentAtNanos = sentAtNanos;
        e.SetMessage(message);
        _lengths[slot] = e.EncodedLengthSoFar;
        token?.Write(bytes[.._lengths[slot]], PublisherToken.OffsetInSubmission);
        _sentTicks[slot] = nowTicks;
        Next++;
    }

    public ReadOnlySpan<byte> BytesOf(ulong number) => _bytes.AsSpan(Slot(number) * SlotLength, _lengths[Slot(number)]);

    public long SentTicksOf(ulong number) => _sentTicks[Slot(number)];

    /// <summary>The first one has its answer.</summary>
    public void RemoveFirst() => First++;

    private static int Slot(ulong number) => (int)(number % Capacity);
}
