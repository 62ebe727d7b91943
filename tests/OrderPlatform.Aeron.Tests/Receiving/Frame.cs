using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Datagrams that a publisher sends.</summary>
internal static class Frame
{
    public const int SessionId = 77;
    public const int StreamId = 1001;

    public static byte[] Of<T>(in T frame, int lengthBytes = 0)
        where T : unmanaged
    {
        var bytes = new byte[Math.Max(lengthBytes, Unsafe.SizeOf<T>())];
        MemoryMarshal.Write(bytes, in frame);
        return bytes;
    }

    public static DataHeader Header(int termId, int termOffset, int frameLength, byte flags = FrameFlags.Unfragmented, FrameType type = FrameType.Data) => new()
    {
        Frame = new FrameHeader { FrameLength = frameLength, Flags = flags, Type = type },
        TermOffset = termOffset,
        SessionId = SessionId,
        StreamId = StreamId,
        TermId = termId,
    };

    /// <summary>One message; its payload is made of where it is.</summary>
    public static byte[] Data(int termId, int termOffset, int payloadLength, int sessionId = SessionId)
    {
        DataHeader header = Header(termId, termOffset, DataHeader.LengthBytes + payloadLength);
        header.SessionId = sessionId;
        byte[] bytes = Of(header, BitAlignment.Align(header.Frame.FrameLength, 32));
        for (int index = 0; index < payloadLength; index++)
        {
            bytes[DataHeader.LengthBytes + index] = PayloadByte(termId, termOffset, index);
        }

        return bytes;
    }

    public static byte PayloadByte(int termId, int termOffset, int index) => unchecked((byte)((termId * 17) + (termOffset / 32) + index + 1));

    /// <summary>Several messages in one datagram.</summary>
    public static byte[] Join(params byte[][] frames) => [.. frames.SelectMany(static frame => frame)];

    /// <summary>Padding: its header alone.</summary>
    public static byte[] Pad(int termId, int termOffset, int frameLength) => Of(Header(termId, termOffset, frameLength, type: FrameType.Pad));

    public static byte[] Heartbeat(int termId, int termOffset, byte moreFlags = 0, int sessionId = SessionId)
    {
        DataHeader header = Header(termId, termOffset, 0, (byte)(FrameFlags.Unfragmented | moreFlags));
        header.SessionId = sessionId;
        return Of(header);
    }

    public static byte[] Setup(
        int initialTermId = 7,
        int? activeTermId = null,
        int termOffset = 0,
        int termLength = 65536,
        int mtu = 1408,
        byte flags = 0,
        int sessionId = SessionId,
        int ttl = 0) => Of(new SetupFrame
        {
            Frame = new FrameHeader { FrameLength = SetupFrame.LengthBytes, Flags = flags, Type = FrameType.Setup },
            TermOffset = termOffset,
            SessionId = sessionId,
            StreamId = StreamId,
            InitialTermId = initialTermId,
            ActiveTermId = activeTermId ?? initialTermId,
            TermLength = termLength,
            Mtu = mtu,
            Ttl = ttl,
        });

    public static FrameType TypeOf(ReadOnlySpan<byte> datagram) => MemoryMarshal.Read<FrameHeader>(datagram).Type;

    public static T As<T>(ReadOnlySpan<byte> datagram)
        where T : unmanaged
    {
        // A status message without its group tag is shorter than the struct.
        var whole = new byte[Unsafe.SizeOf<T>()];
        datagram[..Math.Min(datagram.Length, whole.Length)].CopyTo(whole);
        return MemoryMarshal.Read<T>(whole);
    }
}
