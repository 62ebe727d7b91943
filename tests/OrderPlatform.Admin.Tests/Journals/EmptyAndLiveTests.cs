using System.Text.Json;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Admin.Tests.Journals;

/// <summary>Each verb on a journal without an input, and beside an engine that writes.</summary>
internal sealed class EmptyAndLiveTests
{
    private WorkFolder _folder = null!;

    private string Journal => _folder.PathOf("j");

    [SetUp]
    public void Make() => _folder = new WorkFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void An_empty_journal_has_nothing_to_show_and_is_no_failure()
    {
        JournalWriter.Create(Journal, JournalPlaces.Options()).Dispose();
        foreach (string verb in new[] { "journal verify", "journal stat", "journal dump", "journal tail", "snapshot list", "snapshot verify", "snapshot show" })
        {
            Assert.That(AdminProcess.Run([.. verb.Split(' '), Journal]).Succeeded().Errors, Is.Empty, verb);
        }

        Assert.That(AdminProcess.Run("journal", "dump", Journal, "--outputs").Succeeded().Output, Is.Empty);
        JsonElement stat = AdminProcess.Run("journal", "stat", Journal, "--json").Succeeded().Json();
        Assert.That((stat.GetProperty("inputs").GetInt64(), stat.GetProperty("firstSequence").ValueKind), Is.EqualTo((0L, JsonValueKind.Null)));
        AdminProcess.Run("journal", "export", Journal, "--csv", _folder.PathOf("csv")).Succeeded();
        AdminProcess.Run("snapshot", "take", Journal).WasRefused(2, "no input comes before the place");
        AdminProcess.Run("minimise", Journal, "orders() > 0", "--out", _folder.PathOf("out")).Succeeded(4);
    }

    [Test]
    public void Beside_a_writer_each_verb_shows_what_is_written_and_calls_nothing_torn()
    {
        SampleJournals.Copy(SampleJournals.Small, _folder, "j");
        long last = RecordedRun.LastSequence(Journal);
        using JournalWriter writer = JournalWriter.Open(Journal, JournalPlaces.Options());
        byte[] tick = new byte[TickEncoder.EncodedLength];
        TickEncoder.WrapForEncodeAndApplyHeader(tick);
        writer.Append(last + 1, long.MaxValue / 2, TickEncoder.TemplateId, JournalFlags.None, tick);

        JsonElement listed = AdminProcess.Run("journal", "list", Journal, "--json").Succeeded().Json().GetProperty("journals")[0];
        Assert.That((listed.GetProperty("running").GetBoolean(), listed.GetProperty("lastSequence").GetInt64(), listed.GetProperty("cleanEnd").GetBoolean()),
            Is.EqualTo((true, last + 1, false)));
        AdminResult stat = AdminProcess.Run("journal", "stat", Journal).Succeeded();
        Assert.That(stat.Output, Does.Contain($"last sequence      {last + 1}\n").And.Not.Contain("torn"));
        AdminResult dump = AdminProcess.Run("journal", "dump", Journal, "--from", $"{last + 1}").Succeeded();
        Assert.That((dump.Errors, dump.Output), Is.EqualTo(("", dump.Output)));
        Assert.That(dump.Output, Does.StartWith($"{last + 1} ").And.Contain(" Tick "));
        AdminProcess.Run("journal", "export", Journal, "--jsonl", _folder.PathOf("x.jsonl")).Succeeded();
        AdminProcess.Run("snapshot", "take", Journal).Succeeded();
        Assert.That(AdminProcess.Run("snapshot", "verify", Journal, "--deep").Succeeded().Output, Does.Contain("verified  1"));
        AdminProcess.Run("snapshot", "diff", Journal, $"{last}", "end").Succeeded(4);
        AdminProcess.Run("minimise", Journal, "position('default', 'BTCUSDT') < 0", "--out", _folder.PathOf("out")).Succeeded();
    }
}
