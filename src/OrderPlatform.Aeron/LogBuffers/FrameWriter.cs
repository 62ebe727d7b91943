using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>
/// Writes frames of one stream into claimed parts of a term. A frame's length is negative while it is written, so that readers pass by and the
/// driver's unblocker knows how much a dead writer had claimed; the positive length comes last and makes the frame visible.
/// </summary>
internal readonly unsafe struct FrameWriter
{
    private const int HeaderLength = DataHeader.LengthBytes;
    private const int FlagsShift = 40;
    private const int TypeShift = 48;

    private readonly long _versionBits;
    private readonly long _sessionIdBits;
    private readonly long _streamIdBits;

    /// <param name="metaData">Holds the default frame header: version, session and stream.</param>
    public FrameWriter(UnsafeBuffer metaData)
    {
        const int Offset = LogBufferDescriptor.DefaultFrameHeaderOffset;
        _versionBits = (long)metaData.GetByte(Offset + sizeof(int)) << 32;
        _sessionIdBits = (long)metaData.GetInt(Offset + DataHeader.SessionIdOffset) << 32;
        _streamIdBits = (uint)metaData.GetInt(Offset + DataHeader.StreamIdOffset);
    }

    /// <summary>Writes the header of a frame that is not visible yet. The reserved value is left as the driver's cleaning left it: zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(byte* frame, int frameLength, byte flags, FrameType type, int termOffset, int termId)
    {
        Volatile.Write(ref *(long*)frame, _versionBits | ((long)flags << FlagsShift) | ((long)type << TypeShift) | (uint)-frameLength);
        // The negative length must be there before anything else of the frame: it is what an unblocker goes by.
        Volatile.WriteBarrier();
        *(long*)(frame + DataHeader.TermOffsetOffset) = _sessionIdBits | (uint)termOffset;
        *(long*)(frame + DataHeader.StreamIdOffset) = _streamIdBits | ((long)termId << 32);
    }

    /// <summary>Makes a frame visible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Commit(byte* frame, int frameLength) => Volatile.Write(ref *(int*)frame, frameLength);

    /// <summary>Writes a message that fits one frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUnfragmented(byte* frame, ReadOnlySpan<byte> message, int termOffset, int termId)
    {
        int frameLength = message.Length + HeaderLength;
        Begin(frame, frameLength, FrameFlags.Unfragmented, FrameType.Data, termOffset, termId);
        Copy(message, frame + HeaderLength);
        Commit(frame, frameLength);
    }

    /// <summary>Writes a message of two parts as one or several frames.</summary>
    /// <param name="term">The first byte of the term.</param>
    /// <param name="message">The message.</param>
    /// <param name="maxPayloadLength">The most that a frame takes.</param>
    /// <param name="termOffset">Where the claim begins; it has room for all frames.</param>
    /// <param name="termId">The term's id.</param>
    /// <param name="supplier">Asked for each frame's reserved value; null leaves zero.</param>
    public void Write(byte* term, in MessageParts message, int maxPayloadLength, int termOffset, int termId, ReservedValueSupplier? supplier)
    {
        int length = message.Length;
        int written = 0;
        byte flags = FrameFlags.Begin;
        do
        {
            int payload = Math.Min(length - written, maxPayloadLength);
            if (written + payload == length)
                flags |= FrameFlags.End;
            int frameLength = payload + HeaderLength;
            byte* frame = term + termOffset;
            Begin(frame, frameLength, flags, FrameType.Data, termOffset, termId);
            message.CopyTo(written, new Span<byte>(frame + HeaderLength, payload));
            if (supplier != null)
                Supply(supplier, frame, frameLength, LogBufferDescriptor.FramedLength(length - written, maxPayloadLength));
            Commit(frame, frameLength);
            flags = 0;
            written += payload;
            termOffset += BitAlignment.Align(frameLength, LogBufferDescriptor.FrameAlignment);
        }
        while (written < length);
    }

    /// <summary>Writes padding: a header that says how much of the term holds no message.</summary>
    public void WritePadding(byte* frame, int length, int termOffset, int termId)
    {
        Begin(frame, length, FrameFlags.Unfragmented, FrameType.Pad, termOffset, termId);
        Commit(frame, length);
    }

    /// <summary>Messages of 16 to 64 bytes, which most are, go in two moves that may overlap, without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<byte> message, byte* to)
    {
        int length = message.Length;
        ref byte from = ref MemoryMarshal.GetReference(message);
        if (length is >= 16 and <= 32)
        {
            Vector128.LoadUnsafe(ref from).Store(to);
            Vector128.LoadUnsafe(ref from, (nuint)length - 16).Store(to + length - 16);
        }
        else if (length is > 32 and <= 64)
        {
            Vector256.LoadUnsafe(ref from).Store(to);
            Vector256.LoadUnsafe(ref from, (nuint)length - 32).Store(to + length - 32);
        }
        else
        {
            message.CopyTo(new Span<byte>(to, length));
        }
    }

    private static void Supply(ReservedValueSupplier supplier, byte* frame, int frameLength, int restOfClaim)
    {
        try
        {
            *(long*)(frame + DataHeader.ReservedValueOffset) = supplier(new ReadOnlySpan<byte>(frame, frameLength));
        }
        catch
        {
            // The claim cannot be given back: it becomes padding, or the stream would stand still until the driver unblocks it.
            *(short*)(frame + DataHeader.TypeOffset) = (short)FrameType.Pad;
            Commit(frame, restOfClaim);
            throw;
        }
    }
}
