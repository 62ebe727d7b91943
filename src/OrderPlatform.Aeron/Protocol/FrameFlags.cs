namespace OrderPlatform.Aeron.Protocol;

/// <summary>The <c>flags</c> byte of each kind of frame. Source: aeron_udp_protocol.h of Aeron 1.52.</summary>
public static class FrameFlags
{
    /// <summary>DATA: first fragment of a message.</summary>
    public const byte Begin = 0x80;

    /// <summary>DATA: last fragment of a message.</summary>
    public const byte End = 0x40;

    /// <summary>DATA: a whole message.</summary>
    public const byte Unfragmented = Begin | End;

    /// <summary>Heartbeat: the stream ends here.</summary>
    public const byte EndOfStream = 0x20;

    /// <summary>Heartbeat: the publication was revoked.</summary>
    public const byte Revoked = 0x10;

    /// <summary>SETUP: the publisher wants a response channel.</summary>
    public const byte SetupSendResponse = 0x80;

    /// <summary>SETUP: there may be several receivers.</summary>
    public const byte SetupGroup = 0x40;

    /// <summary>SM: send a SETUP; position and window are zero.</summary>
    public const byte StatusSendSetup = 0x80;

    /// <summary>SM: the receiver is finished with the session.</summary>
    public const byte StatusEndOfStream = 0x40;

    /// <summary>RTTM: please answer.</summary>
    public const byte RttReply = 0x80;

    /// <summary>ERR: the group tag is valid.</summary>
    public const byte ErrorHasGroupTag = 0x08;
}
