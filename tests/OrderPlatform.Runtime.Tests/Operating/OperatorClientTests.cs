using System.Diagnostics;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Runtime.Tests.Operating;

/// <summary>What whoever sends a command is told when the engine is not there, or ends in the middle.</summary>
internal sealed class OperatorClientTests
{
    [Test]
    public void Without_an_engine_the_remedy_is_told()
    {
        using var folder = new JournalFolder();
        Assert.That(() => Send(folder.Path), Throws.TypeOf<OperatorException>().With.Message.Contains("no engine runs on this journal: start it with run"));
    }

    [Test]
    public void An_engine_that_was_killed_is_told()
    {
        using var folder = new JournalFolder();
        OperatorFolder operators = OperatorFolder.Of(folder.Path);
        operators.Prepare();
        RunningEngine engine = RunningEngine.OfThisProcess(1, 0, DateTimeOffset.UnixEpoch);
        (engine with { ProcessStart = engine.ProcessStart + 1 }).Write(operators);
        Assert.That(() => Send(folder.Path), Throws.TypeOf<OperatorException>().With.Message.Contains("is gone"), "another process has its id");
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("{\"token\":\"../../x\"}")]
    [TestCase("nonsense")]
    [TestCase(null)]
    public void A_damaged_file_of_the_running_engine_is_told_with_its_place(string? content)
    {
        using var folder = new JournalFolder();
        OperatorFolder operators = OperatorFolder.Of(folder.Path);
        operators.Prepare();
        File.WriteAllText(operators.RunningFile, content ?? new string('x', 1 << 20));
        Assert.That(() => Send(folder.Path), Throws.TypeOf<OperatorException>().With.Message.Contains($"{operators.RunningFile} is damaged"));
    }

    [Test]
    [Description("The engine is killed between taking a command and answering: its journal alone knows.")]
    public void An_engine_that_ends_between_command_and_answer_leaves_the_truth_in_its_journal([Values] bool wasJournaled)
    {
        using var folder = new JournalFolder();
        string journal = Path.Combine(folder.Path, "journal");
        using JournalWriter writer = folder.Create();
        OperatorFolder operators = OperatorFolder.Of(journal);
        operators.Prepare();
        RunningEngine engine = RunningEngine.OfThisProcess(1, 0, DateTimeOffset.UnixEpoch);
        engine.Write(operators);
        Task<OperatorAnswer> command = Task.Run(() => Send(journal));
        string[] files = [];
        Assert.That(SpinWait.SpinUntil(() => (files = Directory.GetFiles(operators.Inbox, "*.command")).Length == 1, TimeSpan.FromSeconds(30)), Is.True);
        RequestId.TryParse(Path.GetFileNameWithoutExtension(files[0].AsSpan())[^RequestId.TextLength..], out RequestId request);
        Assert.That(AtomicFile.TryMove(files[0], operators.TakenOf(engine.Token, request)), Is.True);
        if (wasJournaled)
        {
            var origin = Origin.OfOperator(request.Number);
            var record = new byte[OperatedRig.Halt().Length + Origin.LengthBytes];
            OperatedRig.Halt().CopyTo(record, 0);
            origin.Write(record.AsSpan(OperatedRig.Halt().Length));
            writer.Append(1, 1, Messages.OperatorCommandDecoder.TemplateId, InputSource.Operator.ToFlags(origin), record);
        }

        File.Delete(operators.RunningFile);
        OperatorAnswer answer = command.GetAwaiter().GetResult();
        Assert.That((answer.Outcome, answer.Sequence), Is.EqualTo(wasJournaled ? (OperatorOutcome.Journaled, 1L) : (OperatorOutcome.Lost, 0L)));
    }

    [Test]
    public void A_process_is_known_by_its_start_and_one_that_has_ended_is_gone()
    {
        using Process other = Process.Start(new ProcessStartInfo("sh", ["-c", "read line"]) { RedirectStandardInput = true })!;
        long? start = ProcessIdentity.StartOf(other.Id);
        Assert.That((start is > 0, ProcessIdentity.StartOf(other.Id)), Is.EqualTo((true, start)));
        other.Kill();
        other.WaitForExit();
        Assert.That(ProcessIdentity.StartOf(other.Id), Is.Null);
        Assert.That((ProcessIdentity.StartOf(0), ProcessIdentity.StartOf(-1)), Is.EqualTo(((long?)null, (long?)null)));
    }

    [TestCase("max_daily_loss", "500", 50_000_000_000)]
    [TestCase("max_daily_loss", "none", null)]
    [TestCase("max_open_orders", "7", 7)]
    [TestCase("message_window_ms", "250", 250_000_000)]
    [TestCase("reduce_on_breach", "true", 1)]
    [TestCase("max_slippage_bps", "50", 500_000)]
    [TestCase("max_leverage", "2.5", 250_000_000)]
    public void A_limit_is_read_in_the_unit_of_a_strategy_file(string key, string text, long? raw) => Assert.That(LimitKeys.Parse(key, text).Raw, Is.EqualTo(raw));

    [TestCase("max_daily_lost", "1", "there is no limit 'max_daily_lost'")]
    [TestCase("max_daily_loss", "-1", "cannot be '-1'")]
    [TestCase("max_daily_loss", "much", "a number from 0")]
    [TestCase("max_open_orders", "1.5", "a whole number")]
    [TestCase("reduce_on_breach", "1", "true or false")]
    [TestCase("message_window_ms", "0", "milliseconds above 0")]
    public void A_limit_that_cannot_be_is_refused_with_what_can(string key, string text, string why) =>
        Assert.That(() => LimitKeys.Parse(key, text), Throws.ArgumentException.With.Message.Contains(why));

    private static OperatorAnswer Send(string journal) => OperatorClient.Send(journal, OperatedRig.Halt(), TimeSpan.FromSeconds(30));
}
