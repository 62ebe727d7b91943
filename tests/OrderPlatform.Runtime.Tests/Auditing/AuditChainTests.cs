using System.Text;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Auditing;

namespace OrderPlatform.Runtime.Tests.Audits;

/// <summary>Whatever is removed, changed, moved, doubled, put in or cut off of an export is found, and its line is named (N12).</summary>
internal sealed class AuditChainTests
{
    private const int Seed = 12;
    private const int Trials = 150;

    private readonly AuditFile _files = new(1_500);
    private string[] _lines = [];
    private AuditSummary? _summary;
    private string _file = "";

    [OneTimeSetUp]
    public void Export()
    {
        (_file, _summary) = _files.Export(2);
        _lines = File.ReadAllLines(_file);
    }

    [OneTimeTearDown]
    public void Remove() => _files.Dispose();

    [Test]
    public void An_export_is_good_by_itself_and_by_its_head_and_by_the_journal()
    {
        AuditVerdict verdict = AuditVerification.Chain(_file, _summary!.Head);
        Assert.That(verdict.IsGood, Is.True, $"{verdict.Finding}");
        Assert.That((verdict.Lines, verdict.Head, verdict.Header!.Client), Is.EqualTo((_summary.Entries + 2, _summary.Head, 2u)));
        Assert.That(WithJournal(_file).IsGood, Is.True);
        Assert.That(_lines, Has.Length.GreaterThan(200));
    }

    [Test]
    public void A_line_that_is_removed_is_located([Values(0, 1, 2, 3)] int part)
    {
        var random = new Random(Seed + part);
        for (int trial = 0; trial < Trials; trial++)
        {
            int at = random.Next(_lines.Length);
            IsFound(_lines.Where((_, line) => line != at), at + 1, at == _lines.Length - 1 ? AuditFault.CutOff : AuditFault.Removed, $"seed {Seed + part}, {trial}");
        }
    }

    [Test]
    public void A_byte_that_is_changed_is_located()
    {
        var random = new Random(Seed);
        byte[] bytes = File.ReadAllBytes(_file);
        for (int trial = 0; trial < Trials; trial++)
        {
            int at = random.Next(bytes.Length);
            byte[] changed = [.. bytes];
            changed[at] = (byte)random.Next(32, 127);
            if (changed[at] == bytes[at])
            {
                continue;
            }

            string file = _files.PathOf("changed.jsonl");
            File.WriteAllBytes(file, changed);
            int line = bytes.AsSpan(0, at).Count((byte)'\n') + 1;
            AuditVerdict verdict = AuditVerification.Chain(file, null);
            Assert.That(verdict.Finding?.Line, Is.EqualTo(line), $"seed {Seed}, {trial}, byte {at}: {verdict.Finding}");
            Assert.That(verdict.Finding!.Entry, Is.EqualTo(line - 1));
        }
    }

    [Test]
    public void Lines_that_changed_places_are_located()
    {
        var random = new Random(Seed);
        for (int trial = 0; trial < Trials; trial++)
        {
            int first = random.Next(_lines.Length - 1);
            int second = random.Next(first + 1, _lines.Length);
            string[] moved = [.. _lines];
            (moved[first], moved[second]) = (moved[second], moved[first]);
            IsFound(moved, first + 1, AuditFault.Moved, $"seed {Seed}, {trial}, {first} and {second}");
        }
    }

    [Test]
    public void A_line_that_is_doubled_is_located()
    {
        var random = new Random(Seed);
        for (int trial = 0; trial < Trials; trial++)
        {
            int at = random.Next(_lines.Length - 1);
            int behind = random.Next(at, _lines.Length - 1);
            List<string> doubled = [.. _lines];
            doubled.Insert(behind + 1, _lines[at]);
            IsFound(doubled, behind + 2, AuditFault.Doubled, $"seed {Seed}, {trial}, {at} behind {behind}");
        }
    }

    [Test]
    public void A_line_that_is_put_in_is_located_whichever_number_it_has()
    {
        var random = new Random(Seed);
        for (int trial = 0; trial < Trials; trial++)
        {
            int at = random.Next(1, _lines.Length - 1);
            List<string> lines = [.. _lines];
            string before = HashOf(_lines[at - 1]);
            string forged = Sealed($"{{\"n\":{at},\"sequence\":\"1\",\"kind\":\"CashEvent\",\"fields\":{{}},\"previous\":\"{before}\"}}");
            lines.Insert(at, forged);

            // By itself the forged line goes on with the chain: it is the next one that stands there a second time with its number.
            IsFound(lines, at + 2, AuditFault.Inserted, $"seed {Seed}, {trial}, at {at}");
        }
    }

    [Test]
    public void A_file_that_is_cut_off_anywhere_is_located()
    {
        var random = new Random(Seed);
        byte[] bytes = File.ReadAllBytes(_file);
        for (int trial = 0; trial < Trials; trial++)
        {
            int length = random.Next(bytes.Length);
            string file = _files.PathOf("changed.jsonl");
            File.WriteAllBytes(file, bytes[..length]);
            int line = bytes.AsSpan(0, length).Count((byte)'\n') + 1;
            AuditVerdict verdict = AuditVerification.Chain(file, null);
            Assert.That((verdict.Finding?.Line, verdict.Finding?.Fault), Is.EqualTo(((long?)line, (AuditFault?)AuditFault.CutOff)), $"seed {Seed}, {trial}, length {length}");
        }
    }

    [Test]
    public void What_stands_behind_the_trailer_is_located() => IsFound([.. _lines, _lines[^1]], _lines.Length + 1, AuditFault.Inserted, "");

    [Test]
    public void A_forger_who_makes_all_hashes_anew_is_found_by_the_journal_at_the_line_and_by_the_head()
    {
        var random = new Random(Seed);
        int[] able = [.. Enumerable.Range(1, _lines.Length - 2).Where(at => _lines[at].Contains("\"quantity\":\"0.2\"", StringComparison.Ordinal))];
        for (int trial = 0; trial < 10; trial++)
        {
            int at = able[random.Next(able.Length)];
            string[] changed = [.. _lines];
            changed[at] = changed[at].Replace("\"quantity\":\"0.2\"", "\"quantity\":\"0.3\"", StringComparison.Ordinal);
            List<string> forged = AuditFile.ChainAnew(changed);
            forged[^1] = Sealed(Regex("\"head\":\"[0-9a-f]{64}\"", forged[^1][..forged[^1].LastIndexOf(",\"hash\":", StringComparison.Ordinal)] + "}", $"\"head\":\"{HashOf(forged[^2])}\""));
            string file = _files.Write(forged);
            Assert.That(AuditVerification.Chain(file, null).IsGood, Is.True, "the chain alone cannot tell");
            Assert.That(AuditVerification.Chain(file, _summary!.Head).Finding?.Fault, Is.EqualTo(AuditFault.OtherHead));
            AuditFinding? finding = WithJournal(file).Finding;
            Assert.That((finding?.Line, finding?.Fault), Is.EqualTo(((long?)at + 1, (AuditFault?)AuditFault.NotOfJournal)), $"seed {Seed}, {trial}: {finding}");
        }
    }

    [Test]
    public void A_trailer_that_tells_of_another_count_is_found()
    {
        string body = _lines[^1][.._lines[^1].LastIndexOf(",\"hash\":", StringComparison.Ordinal)] + "}";
        string[] changed = [.. _lines[..^1], Sealed(body.Replace($"\"entries\":{_lines.Length - 2}", "\"entries\":3", StringComparison.Ordinal))];
        IsFound(changed, _lines.Length, AuditFault.OtherHead, "");
    }

    private static string Regex(string pattern, string text, string with) => System.Text.RegularExpressions.Regex.Replace(text, pattern, with);

    private static string HashOf(string line) => line[^66..^2];

    private static string Sealed(string body) => $"{body[..^1]},\"hash\":\"{AuditChain.HashOf(Encoding.UTF8.GetBytes(body))}\"}}";

    private AuditVerdict WithJournal(string file) =>
        AuditVerification.WithJournal(file, AuditVerification.Chain(file, null), _files.Journal, new JournalReaderOptions(), CancellationToken.None);

    private void IsFound(IEnumerable<string> lines, long line, AuditFault fault, string what)
    {
        AuditVerdict verdict = AuditVerification.Chain(_files.Write(lines), null);
        Assert.That((verdict.Finding?.Line, verdict.Finding?.Fault), Is.EqualTo(((long?)line, (AuditFault?)fault)), $"{what}: {verdict.Finding}");
        Assert.That(verdict.Finding!.Entry, Is.EqualTo(line - 1));
    }
}
