namespace OrderPlatform.Aeron.Driver.Limits;

/// <summary>Why a datagram was not taken.</summary>
internal enum Refusal
{
    TooShort,
    WrongVersion,
    WrongFrameLength,
    FramesNotContiguous,
    OutsideTerm,
    NotAligned,
    TooLong,
    WrongTermLength,
    WrongMtu,
    WrongTermId,
    SourceNotAllowed,
    TooManyImages,
    TooManySessionsOfSource,
    TooManySessions,
    WrongPosition,
    WrongNak,
    TooManyReceivers,
    OtherInitialTerm,
}
