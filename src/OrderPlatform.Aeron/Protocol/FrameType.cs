namespace OrderPlatform.Aeron.Protocol;

/// <summary>The <c>type</c> of a frame. Source: aeron_udp_protocol.h of Aeron 1.52.</summary>
public enum FrameType : short
{
    /// <summary>The rest of a term that holds no message.</summary>
    Pad = 0x00,

    /// <summary>A message or a part of one; with a frame length of zero a heartbeat.</summary>
    Data = 0x01,

    /// <summary>A receiver asks for bytes again.</summary>
    Nak = 0x02,

    /// <summary>A receiver says how far it is and how much more it takes.</summary>
    StatusMessage = 0x03,

    /// <summary>A receiver refuses a stream.</summary>
    Error = 0x04,

    /// <summary>A sender says where its stream is and how its terms are made.</summary>
    Setup = 0x05,

    /// <summary>Measures a round trip, in both directions.</summary>
    RttMeasurement = 0x06,

    /// <summary>Names and addresses that drivers tell each other.</summary>
    Resolution = 0x07,

    /// <summary>A receiver says which session answers it.</summary>
    ResponseSetup = 0x0B,
}
