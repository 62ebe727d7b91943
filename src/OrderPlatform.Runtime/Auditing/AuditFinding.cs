namespace OrderPlatform.Runtime.Auditing;

/// <summary>What kind of thing is wrong with an audit file.</summary>
public enum AuditFault
{
    /// <summary>A line has not the form of one.</summary>
    Malformed,

    /// <summary>A line is not the one that its hash was made of.</summary>
    Changed,

    /// <summary>An entry is not there.</summary>
    Removed,

    /// <summary>An entry stands in another place.</summary>
    Moved,

    /// <summary>An entry stands there twice.</summary>
    Doubled,

    /// <summary>A line stands there that is no part of the chain.</summary>
    Inserted,

    /// <summary>The file ends before its trailer.</summary>
    CutOff,

    /// <summary>Hash or count of the trailer, or the hash that was told by another way, is another.</summary>
    OtherHead,

    /// <summary>The journal says something else.</summary>
    NotOfJournal,
}

/// <summary>The first thing that is wrong with an audit file.</summary>
/// <param name="Fault">What kind.</param>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Entry">Number of the entry that is expected there: 0 is the header.</param>
/// <param name="What">What was expected and what is there.</param>
public sealed record AuditFinding(AuditFault Fault, long Line, long Entry, string What);

/// <summary>What a verification found.</summary>
/// <param name="Finding">The first thing that is wrong, or null.</param>
/// <param name="Lines">Lines that were good.</param>
/// <param name="Head">Hash of the last good line.</param>
/// <param name="Header">What the header says, or null where it is not good.</param>
public sealed record AuditVerdict(AuditFinding? Finding, long Lines, string Head, AuditHeader? Header)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Finding is null;
}

/// <summary>What a file says that it is.</summary>
/// <param name="Client">The client.</param>
/// <param name="Name">Its name.</param>
/// <param name="First">First input of the range.</param>
/// <param name="Last">Last input of the range.</param>
public sealed record AuditHeader(uint Client, string Name, long First, long Last);
