using System.CommandLine;

namespace OrderPlatform.Admin.Journals;

/// <summary><c>journal</c>: what an operator can ask of a journal's records, and do to them.</summary>
internal static class JournalCommand
{
    public static Command Create() => new("journal", "The journals there are, their records, what they are worth; and to end one at a sequence.")
    {
        JournalList.Create(),
        JournalStat.Create(),
        JournalDump.Create(),
        JournalExport.Create(),
        JournalTailCommand.Create(),
        JournalVerify.Create(),
        JournalTruncate.Create(),
    };
}
