using System.Runtime.InteropServices;

namespace OrderPlatform.Aeron.Protocol;

// Each struct is the bytes of a frame, little-endian and packed to 4 (the 64-bit fields are not all aligned to 8).
// Source: aeron_udp_protocol.h of Aeron 1.52; sizes and offsets are pinned by FrameLayoutTests.

/// <summary>The eight bytes that every frame begins with.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct FrameHeader
{
    public const int LengthBytes = 8;

    /// <summary>The only version there is.</summary>
    public const byte CurrentVersion = 0;

    /// <summary>Header and payload, without the padding to 32.</summary>
    public int FrameLength;
    public byte Version;
    public byte Flags;
    public FrameType Type;
}

/// <summary>Header of DATA and PAD, 32 bytes, on the wire and in a term; the payload follows.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct DataHeader
{
    public const int LengthBytes = 32;
    public const int TypeOffset = 6;
    public const int FlagsOffset = 5;
    public const int TermOffsetOffset = 8;
    public const int SessionIdOffset = 12;
    public const int StreamIdOffset = 16;
    public const int TermIdOffset = 20;
    public const int ReservedValueOffset = 24;

    public FrameHeader Frame;
    public int TermOffset;
    public int SessionId;
    public int StreamId;
    public int TermId;

    /// <summary>The application's own, or a timestamp of the driver.</summary>
    public long ReservedValue;
}

/// <summary>SETUP, 40 bytes: active term and offset are the sender's position, where a receiver that joins begins.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct SetupFrame
{
    public const int LengthBytes = 40;

    public FrameHeader Frame;
    public int TermOffset;
    public int SessionId;
    public int StreamId;
    public int InitialTermId;
    public int ActiveTermId;
    public int TermLength;
    public int Mtu;

    /// <summary>Time to live of multicast; zero for unicast.</summary>
    public int Ttl;
}

/// <summary>SM, 36 bytes, or 44 with the group tag.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct StatusMessageFrame
{
    /// <summary>Without the group tag.</summary>
    public const int LengthBytes = 36;

    /// <summary>With the group tag.</summary>
    public const int LengthWithGroupTagBytes = 44;

    public FrameHeader Frame;
    public int SessionId;
    public int StreamId;
    public int ConsumptionTermId;
    public int ConsumptionTermOffset;
    public int ReceiverWindow;
    public long ReceiverId;

    /// <summary>Only there when the frame has 44 bytes.</summary>
    public long GroupTag;
}

/// <summary>NAK, 28 bytes: asks for the bytes from an offset of a term; never across its end.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct NakFrame
{
    public const int LengthBytes = 28;

    public FrameHeader Frame;
    public int SessionId;
    public int StreamId;
    public int TermId;
    public int TermOffset;
    public int Length;
}

/// <summary>RTTM, 40 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct RttMeasurementFrame
{
    public const int LengthBytes = 40;

    public FrameHeader Frame;
    public int SessionId;
    public int StreamId;
    public long EchoTimestampNs;
    public long ReceptionDeltaNs;
    public long ReceiverId;
}

/// <summary>ERR, 40 bytes and a text of at most 1023 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct ErrorFrame
{
    /// <summary>Without the text.</summary>
    public const int LengthBytes = 40;
    public const int TextMaxBytes = 1023;

    public FrameHeader Frame;
    public int SessionId;
    public int StreamId;
    public long ReceiverId;
    public long GroupTag;
    public int ErrorCode;
    public int ErrorLength;
}

/// <summary>RSP_SETUP, 20 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct ResponseSetupFrame
{
    public const int LengthBytes = 20;

    public FrameHeader Frame;
    public int SessionId;
    public int StreamId;
    public int ResponseSessionId;
}
