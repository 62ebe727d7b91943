namespace OrderPlatform.Runtime.Operating;

/// <summary>
/// The operator's way in to a running engine: folders below its journal. Whoever may write there may operate; the folder is made for its owner alone, and an
/// administrator opens it to a group (<c>chgrp</c>, <c>chmod 2770</c>).
/// <code>
///   running            which process takes commands here, and its token; gone when it ended in order
///   inbox/    a command, put there by a rename: TOKEN-REQUEST.command
///   taken/    moved there by the engine before it looks inside: from then on nobody withdraws it
///   answers/  REQUEST.answer, read and removed by whoever asked
///   refused/  what was no command, or not for this process, and beside it why
/// </code>
/// </summary>
public sealed class OperatorFolder
{
    /// <summary>Most commands that wait at a time.</summary>
    public const int WaitingMax = 256;

    /// <summary>Most answers, and most refused files, that are kept: the oldest go.</summary>
    public const int KeptMax = 256;

    internal const string CommandSuffix = ".command";
    internal const string AnswerSuffix = ".answer";
    internal const string ReasonSuffix = ".reason";
    internal const string TemporaryPrefix = ".tmp-";

    private OperatorFolder(string journal) => Root = Path.Combine(journal, "operator");

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The file that names the process.</summary>
    public string RunningFile => Path.Combine(Root, "running");

    /// <summary>Where commands wait.</summary>
    public string Inbox => Path.Combine(Root, "inbox");

    internal string Taken => Path.Combine(Root, "taken");

    internal string Answers => Path.Combine(Root, "answers");

    internal string Refused => Path.Combine(Root, "refused");

    /// <summary>The folder of a journal; it need not be there.</summary>
    public static OperatorFolder Of(string journal) => new(journal);

    /// <summary>Makes what is missing. What is there keeps its permissions.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public void Prepare()
    {
        MakeFor(Root);
        foreach (string folder in (ReadOnlySpan<string>)[Inbox, Taken, Answers, Refused])
        {
            MakeFor(folder);
        }
    }

    internal string CommandOf(string token, RequestId request) => Path.Combine(Inbox, NameOf(token, request));

    internal string TakenOf(string token, RequestId request) => Path.Combine(Taken, NameOf(token, request));

    internal string AnswerOf(RequestId request) => Path.Combine(Answers, request + AnswerSuffix);

    private static string NameOf(string token, RequestId request) => $"{token}-{request}{CommandSuffix}";

    // A folder within one that a group may use is that group's too.
    private static void MakeFor(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
