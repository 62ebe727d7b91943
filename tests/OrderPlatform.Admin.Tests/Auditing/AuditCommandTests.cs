using System.Text.Json;
using OrderPlatform.Engine;

namespace OrderPlatform.Admin.Tests.Auditing;

/// <summary><c>audit export</c> and <c>audit verify</c> through the real executable (N12).</summary>
internal sealed class AuditCommandTests
{
    private readonly WorkFolder _folder = new();
    private string _journal = "";
    private string _file = "";
    private string _head = "";

    [OneTimeSetUp]
    public void Export()
    {
        _journal = SampleJournals.Record(_folder, "odum.yaml");
        _file = _folder.PathOf("odum.jsonl");
        JsonElement json = AdminProcess.Run("audit", "export", _journal, "--client", "odum", "--out", _file, "--json").Succeeded().Json();
        _head = json.GetProperty("head").GetString()!;
        Assert.That(json.GetProperty("client").GetString(), Is.EqualTo("odum"));
        Assert.That(json.GetProperty("entries").GetInt64(), Is.EqualTo(File.ReadAllLines(_file).Length - 2).And.GreaterThan(1_000));
        Assert.That(json.GetProperty("firstSequence").GetInt64(), Is.EqualTo(1));
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_file_that_nobody_touched_is_good()
    {
        JsonElement json = AdminProcess.Run("audit", "verify", _file, "--head", _head, "--journal", _journal, "--json").Succeeded().Json();
        Assert.That(json.GetProperty("good").GetBoolean(), Is.True);
        Assert.That(json.GetProperty("client").GetString(), Is.EqualTo("odum"));
        Assert.That(AdminProcess.Run("audit", "verify", _file).Succeeded().Output, Does.Contain("only by --head"));
    }

    [Test]
    public void A_record_that_was_changed_or_removed_is_located()
    {
        string[] lines = File.ReadAllLines(_file);
        int at = Array.FindIndex(lines, static line => line.Contains("\"kind\":\"OrderEvent\"", StringComparison.Ordinal));
        string changed = _folder.PathOf("changed.jsonl");
        File.WriteAllLines(changed, lines.Select((line, number) => number == at ? line.Replace("\"side\":\"Buy\"", "\"side\":\"Sell\"", StringComparison.Ordinal) : line));
        JsonElement json = AdminProcess.Run("audit", "verify", changed, "--json").Succeeded(4).Json();
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("good").GetBoolean(), Is.False);
            Assert.That(json.GetProperty("fault").GetString(), Is.EqualTo("Changed"));
            Assert.That(json.GetProperty("line").GetInt64(), Is.EqualTo(at + 1));
            Assert.That(json.GetProperty("entry").GetInt64(), Is.EqualTo(at));
        });
        File.WriteAllLines(changed, lines.Where((_, number) => number != at));
        Assert.That(AdminProcess.Run("audit", "verify", changed).Succeeded(4).Output, Does.Contain("Removed").And.Contain($"entry {at} was removed"));
        File.WriteAllLines(changed, lines[..at]);
        Assert.That(AdminProcess.Run("audit", "verify", changed).Succeeded(4).Output, Does.Contain("CutOff"));
        Assert.That(AdminProcess.Run("audit", "verify", _file, "--head", new string('a', 64)).Succeeded(4).Output, Does.Contain("OtherHead"));
    }

    [Test]
    public void A_file_of_another_journal_is_found()
    {
        JsonElement json = AdminProcess.Run("audit", "verify", _file, "--journal", SampleJournals.Small, "--json").Succeeded(4).Json();
        Assert.That(json.GetProperty("fault").GetString(), Is.EqualTo("NotOfJournal"));
        Assert.That(json.GetProperty("line").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public void A_range_is_exported_and_checked_alone()
    {
        string file = _folder.PathOf("range.jsonl");
        AdminProcess.Run("audit", "export", _journal, "--client", "1", "--out", file, "--from", "500", "--to", "900").Succeeded();
        AdminProcess.Run("audit", "verify", file, "--journal", _journal).Succeeded();
        Assert.That(File.ReadLines(file).First(), Does.Contain("\"firstSequence\":\"500\"").And.Contain("\"lastSequence\":\"900\"").And.Contain($"\"rules\":\"{EngineRules.Version}\""));
    }

    [Test]
    public void What_cannot_be_done_is_one_line()
    {
        string file = _folder.PathOf("no.jsonl");
        AdminProcess.Run("audit", "export", _journal, "--client", "nobody", "--out", file).WasRefused(2, "no client 'nobody'", "odum");
        AdminProcess.Run("audit", "export", _journal, "--client", "9", "--out", file).WasRefused(2, "no client 9");
        AdminProcess.Run("audit", "export", _journal, "--out", file).WasRefused(1, "--client");
        AdminProcess.Run("audit", "export", _journal, "--client", "odum", "--out", file, "--from", "999999").WasRefused(2, "no input");
        AdminProcess.Run("audit", "export", _folder.PathOf("none"), "--client", "odum", "--out", file).WasRefused(3, "none");
        AdminProcess.Run("audit", "verify", _folder.PathOf("none.jsonl")).WasRefused(2, "none.jsonl");
        AdminProcess.Run("audit", "verify", _file, "--head", "12").WasRefused(1, "--head is '12'");
        AdminProcess.Run("audit", "verify", _file, "--journal", _folder.PathOf("none")).WasRefused(3, "none");
        Assert.That(File.Exists(file), Is.False);
    }
}
