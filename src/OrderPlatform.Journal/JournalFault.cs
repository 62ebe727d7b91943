namespace OrderPlatform.Journal;

/// <summary>What is wrong with a journal or with a request to it.</summary>
public enum JournalFault
{
    /// <summary>There is no journal where one was expected.</summary>
    Missing,

    /// <summary>A journal was to be created where there is one.</summary>
    NotEmpty,

    /// <summary>Another writer has the journal.</summary>
    Locked,

    /// <summary>The operating system refused to open, create or map a file.</summary>
    Unavailable,

    /// <summary>There is no room for another segment.</summary>
    DiskFull,

    /// <summary>A file is not a segment of a journal.</summary>
    WrongMagic,

    /// <summary>A segment has a format version that this build cannot read.</summary>
    WrongVersion,

    /// <summary>A segment belongs to another schema, or to a newer version of it.</summary>
    WrongSchema,

    /// <summary>A segment belongs to another shard.</summary>
    WrongShard,

    /// <summary>A segment's header or length is damaged.</summary>
    DamagedHeader,

    /// <summary>A segment between two others is gone, or the first that is needed.</summary>
    MissingSegment,

    /// <summary>A segment or record does not follow from the one before.</summary>
    BrokenChain,

    /// <summary>A record's bytes are damaged.</summary>
    DamagedRecord,

    /// <summary>A sequence is not the one that is due.</summary>
    SequenceGap,

    /// <summary>A payload is longer than the journal allows.</summary>
    PayloadTooLarge,

    /// <summary>A flag is used that belongs to the journal.</summary>
    ReservedFlag,

    /// <summary>A segment has no room left and holds no input, so that no other can be named after it.</summary>
    SegmentExhausted,

    /// <summary>Too much is appended and not yet durable; appending may go on when a sync has ended.</summary>
    Lagging,

    /// <summary>The operating system could not make data durable; nothing is appended after that.</summary>
    SyncFailed,
}
