namespace OrderPlatform.Journal;

/// <summary>A refusal of the journal: one line that says what is wrong, where, and what to do.</summary>
public sealed class JournalException : Exception
{
    internal JournalException(JournalFault kind, string message, string file = "", long offset = -1, long sequence = -1, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
        File = file;
        Offset = offset;
        Sequence = sequence;
    }

    /// <summary>What is wrong.</summary>
    public JournalFault Kind { get; }

    /// <summary>The file or directory concerned; empty if none.</summary>
    public string File { get; }

    /// <summary>Where in the file, in bytes; -1 if nowhere.</summary>
    public long Offset { get; }

    /// <summary>The last good sequence before the place, or the refused one; -1 if none.</summary>
    public long Sequence { get; }
}
