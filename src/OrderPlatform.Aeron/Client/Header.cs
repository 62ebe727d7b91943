using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Client;

/// <summary>The header of a fragment, or of a message that was put together from fragments. Only there during the call that it is given to.</summary>
public readonly unsafe ref struct Header
{
    private readonly byte* _frame;
    private readonly int _lengthInTerm;

    /// <param name="frame">The 32 bytes.</param>
    /// <param name="image">Where they come from.</param>
    /// <param name="lengthInTerm">What the fragments of a message take in their term; zero for a single frame.</param>
    internal Header(byte* frame, Image image, int lengthInTerm)
    {
        _frame = frame;
        _lengthInTerm = lengthInTerm;
        Image = image;
    }

    /// <summary>Where the message comes from.</summary>
    public Image Image { get; }

    /// <summary>The stream's first term.</summary>
    public int InitialTermId => Image.InitialTermId;

    /// <summary>Header and payload; of a message of fragments, as if it had come in one.</summary>
    public int FrameLength => *(int*)_frame;

    /// <summary>As <see cref="FrameFlags"/> names them.</summary>
    public byte Flags => _frame[DataHeader.FlagsOffset];

    /// <summary>DATA.</summary>
    public FrameType Type => *(FrameType*)(_frame + DataHeader.TypeOffset);

    /// <summary>Where the frame begins in its term; of a message of fragments, the first.</summary>
    public int TermOffset => *(int*)(_frame + DataHeader.TermOffsetOffset);

    public int SessionId => *(int*)(_frame + DataHeader.SessionIdOffset);

    public int StreamId => *(int*)(_frame + DataHeader.StreamIdOffset);

    public int TermId => *(int*)(_frame + DataHeader.TermIdOffset);

    /// <summary>The publisher's own, or a timestamp; of a message of fragments, the first fragment's.</summary>
    public long ReservedValue => *(long*)(_frame + DataHeader.ReservedValueOffset);

    /// <summary>The stream's position right behind the message.</summary>
    public long Position => LogPosition.Compute(TermId, TermOffset, Image.PositionBitsToShift, InitialTermId)
        + (_lengthInTerm != 0 ? _lengthInTerm : BitAlignment.Align(FrameLength, LogBufferDescriptor.FrameAlignment));

    internal bool IsBegin => (Flags & FrameFlags.Begin) != 0;

    internal bool IsEnd => (Flags & FrameFlags.End) != 0;

    internal bool IsUnfragmented => (Flags & FrameFlags.Unfragmented) == FrameFlags.Unfragmented;

    /// <summary>Where the next fragment of the message begins, if there is one.</summary>
    internal int NextTermOffset => TermOffset + BitAlignment.Align(FrameLength, LogBufferDescriptor.FrameAlignment);

    /// <summary>The 32 bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => new(_frame, DataHeader.LengthBytes);

    /// <summary>The header of a whole message: other bytes, same stream.</summary>
    internal Header OfMessage(byte* frame, int lengthInTerm) => new(frame, Image, lengthInTerm);
}
