namespace OrderPlatform.Sbe;

/// <summary>What is wrong with the bytes of a message, or <see cref="None"/>.</summary>
public enum MessageProblem
{
    /// <summary>Nothing: the message may be decoded.</summary>
    None,

    /// <summary>The buffer cannot hold the header, or what is to be encoded does not fit into the buffer.</summary>
    TooShort,

    /// <summary>The template id is not in the schema, or not the one of the codec that was asked.</summary>
    UnknownTemplate,

    /// <summary>The schema id differs from the one that the codec was made for.</summary>
    WrongSchema,

    /// <summary>The header's version is older than the message itself: no writer of that version can know the message.</summary>
    UnsupportedVersion,

    /// <summary>The stated block length is below the one of the version in which the message or group appeared.</summary>
    BlockTooShort,

    /// <summary>The stated block length reaches beyond the buffer.</summary>
    BlockOutsideBuffer,

    /// <summary>An enum field holds a value that the schema does not declare, or null where it must not.</summary>
    EnumOutOfRange,

    /// <summary>The number of entries of a group is outside the range that its dimension type declares.</summary>
    GroupCountOutOfRange,

    /// <summary>A group's dimensions or entries reach beyond the buffer.</summary>
    GroupOutsideBuffer,

    /// <summary>A length of variable data is above the maximum that its type declares.</summary>
    DataTooLong,

    /// <summary>The length field or the bytes of variable data reach beyond the buffer.</summary>
    DataOutsideBuffer,
}
