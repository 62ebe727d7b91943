using OrderPlatform.Journal;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>
/// Checks an audit file from its first line to its last, and names the first that is not as it was written. The chain alone shows every change but one that made all
/// hashes behind it anew; that one is shown by a head that was told by another way, or by the journal.
/// </summary>
public static class AuditVerification
{
    /// <summary>Checks the chain of a file.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="head">Hash of its last line as it was told by another way, or null.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AuditVerdict Chain(string file, string? head)
    {
        using FileStream input = File.OpenRead(file);
        var reader = new LineReader(input);
        var good = new Progress();
        bool isEnded = false;
        while (reader.TryRead(out byte[] bytes, out bool isWhole))
        {
            if (isEnded)
            {
                return good.Bad(AuditFault.Inserted, "the trailer was the line before: nothing may stand behind it");
            }

            if (Look(file, good, bytes, isWhole, out AuditLine? line) is { } finding)
            {
                return good.Bad(finding);
            }

            isEnded = line!.Kind == "trailer";
            good.Take(line);
        }

        if (!isEnded)
        {
            return good.Bad(AuditFault.CutOff, $"the trailer is missing: the file ends behind entry {good.Lines - 1}");
        }

        return head is not null && !string.Equals(head, good.Head, StringComparison.OrdinalIgnoreCase)
            ? good.Last(AuditFault.OtherHead, $"the head {head} was told, and the file ends with {good.Head}: it is another file, or all hashes were made anew")
            : good.Good();
    }

    /// <summary>Checks that each line of a file, whose chain is good, is what the journal says.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="verdict">What was found of its chain.</param>
    /// <param name="journal">Folder of the journal.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static AuditVerdict WithJournal(string file, AuditVerdict verdict, string journal, JournalReaderOptions reading, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict is not { IsGood: true, Header: { } header })
        {
            return verdict;
        }

        var range = new AuditRange(header.Client, ReplayPlace.AtSequence(header.First), ReplayPlace.AtSequence(header.Last));
        using FileStream input = File.OpenRead(file);
        using var comparison = new ComparingStream(input);
        try
        {
            AuditExport.Write(journal, reading, range, comparison, cancellation);
        }
        catch (AuditException none)
        {
            return verdict with { Finding = new AuditFinding(AuditFault.NotOfJournal, 1, 0, $"the header is not of this journal: {none.Message}") };
        }

        return comparison.FirstDifference is { } line
            ? verdict with
            {
                Finding = new AuditFinding(AuditFault.NotOfJournal, line, line - 1, $"the journal says {comparison.Expected}"),
                Lines = line - 1,
            }
            : verdict;
    }

    private static AuditFinding? Look(string file, Progress good, byte[] bytes, bool isWhole, out AuditLine? line)
    {
        long expected = good.Lines;
        if (!AuditLine.TryRead(bytes, out line))
        {
            return isWhole ? good.Find(AuditFault.Malformed, "the line has not the form of an entry: it was changed")
                : good.Find(AuditFault.CutOff, "the file ends within the line, or the line is too long");
        }

        if (line.Actual != line.Hash)
        {
            return good.Find(AuditFault.Changed, $"the line has the hash {line.Hash}, and its bytes have {line.Actual}: it was changed");
        }

        if (!isWhole)
        {
            return good.Find(AuditFault.CutOff, "the line feed behind the line is missing");
        }

        if (line.Number != expected)
        {
            return Place(file, good, line);
        }

        if (line.Previous != good.Head)
        {
            return good.Find(AuditFault.Inserted, $"the line names {line.Previous} as the one before it, and that is {good.Head}: one of both was put there");
        }

        return LookAtEnds(good, line);
    }

    private static AuditFinding? LookAtEnds(Progress good, AuditLine line)
    {
        if (good.Lines == 0)
        {
            good.Header = line.Header();
            return good.Header is null ? good.Find(AuditFault.Malformed, $"the file does not begin with a header of the format {AuditExport.Format}") : null;
        }

        if (line.Kind == "header")
        {
            return good.Find(AuditFault.Inserted, "a header stands within the file");
        }

        return line.Kind == "trailer" && line.Trailer() is var (entries, head) && (entries != good.Lines - 1 || head != good.Head)
            ? good.Find(AuditFault.OtherHead, $"the trailer tells of {entries} entries and the head {head}; there are {good.Lines - 1}, and the head is {good.Head}")
            : null;
    }

    // Another number than the next: what was expected is gone or elsewhere, or this one does not belong here.
    private static AuditFinding Place(string file, Progress good, AuditLine line)
    {
        long expected = good.Lines;
        if (line.Number < expected)
        {
            return line.Hash == HashAt(file, line.Number)
                ? good.Find(AuditFault.Doubled, $"entry {line.Number} stands there again")
                : good.Find(AuditFault.Inserted, $"another entry {line.Number} stands there: it was put in");
        }

        return IsLater(file, expected, good.Lines)
            ? good.Find(AuditFault.Moved, $"entry {line.Number} stands there, and entry {expected} further down: they were reordered")
            : good.Find(AuditFault.Removed, $"entry {line.Number} stands there: {(line.Number == expected + 1 ? $"entry {expected} was" : $"entries {expected} to {line.Number - 1} were")} removed");
    }

    private static string HashAt(string file, long number)
    {
        using FileStream input = File.OpenRead(file);
        var reader = new LineReader(input);
        for (long at = 0; reader.TryRead(out byte[] bytes, out _); at++)
        {
            if (at == number)
            {
                return AuditLine.TryRead(bytes, out AuditLine? line) ? line.Hash : "";
            }
        }

        return "";
    }

    private static bool IsLater(string file, long number, long behind)
    {
        using FileStream input = File.OpenRead(file);
        var reader = new LineReader(input);
        for (long at = 0; reader.TryRead(out byte[] bytes, out _); at++)
        {
            if (at > behind && AuditLine.TryRead(bytes, out AuditLine? line) && line.Number == number)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Progress
    {
        public long Lines { get; private set; }

        public string Head { get; private set; } = AuditChain.Origin;

        public AuditHeader? Header { get; set; }

        public void Take(AuditLine line)
        {
            Lines++;
            Head = line.Hash;
        }

        public AuditFinding Find(AuditFault fault, string what) => new(fault, Lines + 1, Lines, what);

        public AuditVerdict Bad(AuditFault fault, string what) => Bad(Find(fault, what));

        public AuditVerdict Bad(AuditFinding finding) => new(finding, Lines, Head, Header);

        public AuditVerdict Last(AuditFault fault, string what) => new(new AuditFinding(fault, Lines, Lines - 1, what), Lines, Head, Header);

        public AuditVerdict Good() => new(null, Lines, Head, Header);
    }
}
