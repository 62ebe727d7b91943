using System.Text;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Auditing;
using OrderPlatform.Runtime.Tests.EventStreams;

namespace OrderPlatform.Runtime.Tests.Audits;

/// <summary>A journal of three clients who trade one between the other, and what is exported of it.</summary>
internal sealed class AuditFile : IDisposable
{
    public const int Seed = 21;

    private readonly JournalFolder _folder = new();

    public AuditFile(int steps)
    {
        using JournalWriter journal = _folder.Create();
        RichTrading.Record(Seed, journal, steps);
    }

    public string Journal => Path.Combine(_folder.Path, "journal");

    public string PathOf(string name) => Path.Combine(_folder.Path, name);

    public void Dispose() => _folder.Dispose();

    /// <summary>Exports a client.</summary>
    public (string File, AuditSummary Summary) Export(uint client, AuditRange? range = null)
    {
        string file = PathOf($"client-{client}.jsonl");
        using FileStream output = File.Create(file);
        return (file, AuditExport.Write(Journal, new JournalReaderOptions(), range ?? new AuditRange(client, null, null), output, CancellationToken.None));
    }

    /// <summary>Writes lines as a file.</summary>
    public string Write(IEnumerable<string> lines)
    {
        string file = PathOf("changed.jsonl");
        File.WriteAllText(file, string.Concat(lines.Select(static line => line + "\n")), new UTF8Encoding(false));
        return file;
    }

    /// <summary>Makes all hashes from a line on anew, as a forger does who knows how.</summary>
    public static List<string> ChainAnew(IEnumerable<string> lines)
    {
        var chained = new List<string>();
        string head = new('0', 64);
        foreach (string line in lines)
        {
            string body = line[..line.LastIndexOf(",\"previous\":", StringComparison.Ordinal)];
            body += $",\"previous\":\"{head}\"}}";
            head = AuditChain.HashOf(Encoding.UTF8.GetBytes(body));
            chained.Add($"{body[..^1]},\"hash\":\"{head}\"}}");
        }

        return chained;
    }
}
