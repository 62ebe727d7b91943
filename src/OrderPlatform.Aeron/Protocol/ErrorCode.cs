namespace OrderPlatform.Aeron.Protocol;

/// <summary>Why a driver refused a command, or a receiver a stream. Source: aeron_control_protocol.h of Aeron 1.52.</summary>
public enum ErrorCode
{
    UnknownCodeValue = -1,
    Unused = 0,
    InvalidChannel = 1,
    UnknownSubscription = 2,
    UnknownPublication = 3,
    ChannelEndpointError = 4,
    UnknownCounter = 5,
    UnknownCommandTypeId = 6,
    MalformedCommand = 7,
    NotSupported = 8,
    UnknownHost = 9,

    /// <summary>Ask again later.</summary>
    ResourceTemporarilyUnavailable = 10,
    GenericError = 11,
    StorageSpace = 12,
    ImageRejected = 13,
    PublicationRevoked = 14,
}
