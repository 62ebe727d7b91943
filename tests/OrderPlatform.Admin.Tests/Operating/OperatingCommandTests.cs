using System.Text.Json;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Tests.Operating;

/// <summary>A person operates a running engine through the real executables; the journal has who and why, and replays to the run's digest.</summary>
[Platform("Linux,MacOsX")]
internal sealed class OperatingCommandTests
{
    [Test]
    [Description("D16, T16, N10")]
    public void A_halt_stops_orders_and_is_in_the_journal_with_operator_and_reason()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder);
        JsonElement answer = engine.Admin("halt", "--client", "default", "--reason", "a test of the halt", "--operator", "ada", "--json").Succeeded().Json();
        long sequence = answer.GetProperty("sequence").GetInt64();
        Assert.Multiple(() =>
        {
            Assert.That(answer.GetProperty("command").GetString(), Is.EqualTo("halt"));
            Assert.That(answer.GetProperty("outcome").GetString(), Is.EqualTo("Journaled"));
            Assert.That(answer.GetProperty("what").GetString(), Is.EqualTo("halt of client default"));
            Assert.That(answer.GetProperty("operator").GetString(), Is.EqualTo("ada"));
            Assert.That(Reasons(answer), Does.Contain("OperatorHalt"));
        });
        engine.WaitUntil("it goes on", () => engine.JournalEnd > sequence + 200);
        string text = engine.Admin("reduce-only", "--strategy", "1", "--reason", "second thoughts").Succeeded().Output;
        Assert.That(text, Does.Contain("reduce-only of strategy").And.Contain("second thoughts").And.Contain(Environment.UserName).And.Contain("OperatorReduce"));
        engine.Admin("resume", "--client", "default", "--reason", "over").Succeeded();
        engine.Admin("resume", "--strategy", "1", "--reason", "over").Succeeded();
        engine.Admin("flatten", "--reason", "end of day", "--instrument", "BTC/USDT").Succeeded();
        engine.StopVerified();

        List<(long Sequence, OperatorAction Action, string Name, string Reason)> commands = Commands(engine.Journal);
        Assert.That(commands.Select(static one => one.Action), Is.EqualTo(new[]
        {
            OperatorAction.Halt, OperatorAction.Reduce, OperatorAction.Resume, OperatorAction.Resume, OperatorAction.Flatten,
        }));
        Assert.That(commands[0], Is.EqualTo((sequence, OperatorAction.Halt, "ada", "a test of the halt")));
        Assert.That(IsOpened(engine.Journal, sequence, commands[1].Sequence), Is.False, "nothing opens while it is halted");
    }

    [Test]
    public void A_limit_takes_effect_says_before_and_now_and_replays()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder);
        JsonElement answer = engine.Admin("limit set", "clients.default", "max_order_size", "0.00000001", "--reason", "no more", "--json").Succeeded().Json();
        Assert.That((answer.GetProperty("command").GetString(), answer.GetProperty("before").GetString(), answer.GetProperty("now").GetString()),
            Is.EqualTo(("limit set", "none", "0.00000001")));
        engine.WaitUntil("an order is refused for it", () => Refusals(engine.Journal).Contains(ReasonCode.QuantityAboveMaximum));
        Assert.That(engine.Admin("limits").Succeeded().Output, Does.Contain("max_order_size"));
        answer = engine.Admin("limit set", "clients.default", "max_order_size", "none", "--reason", "enough", "--json").Succeeded().Json();
        Assert.That((answer.GetProperty("before").GetString(), answer.GetProperty("now").GetString()), Is.EqualTo(("0.00000001", "none")));
        engine.Admin("limit set", "clients.default", "max_order_sice", "1", "--reason", "x").WasRefused(2, "there is no limit 'max_order_sice'", "max_order_size");
        engine.Admin("limit set", "clients.default", "max_order_size", "-1", "--reason", "x").WasRefused(2, "cannot be '-1'");
        engine.Admin("limit set", "clients.nobody", "max_order_size", "1", "--reason", "x").WasRefused(2, "no client 'nobody'");
        engine.Admin("limit set", "venues.x", "max_order_size", "1", "--reason", "x").WasRefused(1, "clients.<name> or strategies.<name>");
        engine.StopVerified();
    }

    [Test]
    public void An_order_is_cancelled_by_its_id_and_an_unknown_one_changes_nothing()
    {
        using var folder = new WorkFolder();
        StrategyText resting = StrategyText.Runs.With("orders", "{mode: long_short, default_order_type: limit, limit_offset_bps: 500, time_in_force: GTC}");
        using var engine = new RunningEngineProcess(folder, pace: "300x", strategy: resting);
        ulong order = 0;
        JsonElement answer = default;

        // The strategy may replace the order while a person reads its id.
        engine.WaitUntil("an order that rests is cancelled", () => (order = FirstOpenOrder(engine)) != 0 && TryCancel(engine, order, out answer));
        Assert.That(Reasons(answer), Does.Contain("OperatorCancel"));
        Assert.That(answer.GetProperty("requestsToVenues").GetInt64(), Is.EqualTo(1));
        engine.WaitUntil("it is cancelled", () => IsCancelled(engine.Journal, order));
        engine.Admin("cancel", order.ToString(), "--reason", "again").WasRefused(2, "changed nothing", "OrderNotOpen");
        engine.Admin("cancel", "77", "--reason", "x").WasRefused(2, "changed nothing", "UnknownOrder");
        engine.Admin("resolve", "77", "--not-there", "--reason", "x").WasRefused(2, "UnknownOrder");
        engine.Admin("resolve", order.ToString(), "--filled", "1", "--price", "100", "--reason", "x").WasRefused(2, "NotInDoubt");
        engine.Admin("cancel", "--client", "default", "--reason", "all of it").Succeeded();
        engine.Admin("cancel", "--all", "--reason", "all of it").Succeeded();
        engine.StopVerified();
    }

    [Test]
    [Description("T2: the gateway hangs, and a cancel that it never answers leaves the order in doubt until a person has looked")]
    public void An_order_in_doubt_is_resolved_by_a_persons_word()
    {
        using var folder = new WorkFolder();
        StrategyText resting = StrategyText.Runs.With(
            "orders", "{mode: long_short, default_order_type: limit, limit_offset_bps: 500, time_in_force: GTC, execution_timeout_ms: 1000}");
        folder.Write("d.yaml", $$"""
            deployment: linked
            strategies: [s.yaml]
            gateways: [{venue: simulated, orders: "{{Free()}}", reports: "{{Free()}}"}]
            """);
        using HostProcess gateway = RunningEngineProcess.StartGateway(folder, resting);
        using var engine = new RunningEngineProcess(folder, pace: "300x", strategy: resting, file: "d.yaml");
        ulong order = 0;
        engine.WaitUntil("an order rests", () => (order = FirstOpenOrder(engine)) != 0);
        gateway.Send("STOP");
        order = FirstOpenOrder(engine);
        engine.Admin("cancel", order.ToString(), "--reason", "not wanted").Succeeded();
        engine.WaitUntil("it is in doubt", () => IsInDoubt(engine, order));
        engine.Admin("resolve", order.ToString(), "--filled", "5", "--price", "90000", "--reason", "more than was ordered").WasRefused(2, "changed nothing", "InvalidValue");
        JsonElement answer = engine.Admin("resolve", order.ToString(), "--not-there", "--reason", "the venue's list", "--operator", "ada", "--json").Succeeded().Json();
        Assert.That(Reasons(answer), Does.Contain("OperatorResolve"));
        Assert.That(IsCancelled(engine.Journal, order), Is.True);
        engine.Admin("resolve", order.ToString(), "--not-there", "--reason", "again").WasRefused(2, "NotInDoubt");
        gateway.Send("CONT");
        engine.StopVerified();
    }

    // A timer may have fired with the same input, and said its own.
    private static IEnumerable<string?> Reasons(JsonElement answer) => answer.GetProperty("alerts").EnumerateArray().Select(static alert => alert.GetProperty("reason").GetString());

    private static string Free()
    {
        using var socket = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        return $"aeron:udp?endpoint={socket.Client.LocalEndPoint}";
    }

    private static bool IsInDoubt(RunningEngineProcess engine, ulong id) => engine.Admin("orders", "--json").Json().GetProperty("orders").EnumerateArray()
        .Any(one => one.GetProperty("orderId").GetString() == id.ToString() && one.GetProperty("inDoubt").GetBoolean());

    private static IEnumerable<TestCaseData> BadLines()
    {
        yield return new TestCaseData("halt", new[] { "--client", "default" }, "--reason");
        yield return new TestCaseData("halt", new[] { "--reason", " " }, "a reason is missing");
        yield return new TestCaseData("halt", new[] { "--reason", new string('x', 200) }, "at most 160 bytes");
        yield return new TestCaseData("halt", new[] { "--reason", "x", "--operator", "two words" }, "--operator");
        yield return new TestCaseData("halt", new[] { "--reason", "x", "--client", "a", "--strategy", "b" }, "exclude each other");
        yield return new TestCaseData("halt", new[] { "--reason", "x", "--venue", "a" }, "--venue");
        yield return new TestCaseData("resume", new[] { "--reason", "x", "--timeout", "0" }, "--timeout is '0'");
        yield return new TestCaseData("flatten", Array.Empty<string>(), "--reason");
        yield return new TestCaseData("cancel", new[] { "--reason", "x" }, "cancel needs one of");
        yield return new TestCaseData("cancel", new[] { "5", "--all", "--reason", "x" }, "cancel needs one of");
        yield return new TestCaseData("cancel", new[] { "five", "--reason", "x" }, "the order is 'five'");
        yield return new TestCaseData("limit set", new[] { "clients.a", "--reason", "x" }, "argument missing");
        yield return new TestCaseData("resolve", new[] { "5", "--reason", "x" }, "resolve needs one of");
        yield return new TestCaseData("resolve", new[] { "5", "--not-there", "--working", "--reason", "x" }, "resolve needs one of");
        yield return new TestCaseData("resolve", new[] { "5", "--working", "--price", "1", "--reason", "x" }, "--price is that of --filled");
        yield return new TestCaseData("resolve", new[] { "5", "--filled", "much", "--reason", "x" }, "--filled is 'much'");
    }

    [TestCaseSource(nameof(BadLines))]
    public void A_command_line_that_cannot_be_is_one_line_and_exit_code_1(string verb, string[] more, string expected) =>
        AdminProcess.Run([.. verb.Split(' '), SampleJournals.Small, .. more]).WasRefused(1, expected);

    [TestCase("halt")]
    [TestCase("flatten")]
    [TestCase("cancel --all")]
    [TestCase("resolve 5 --not-there")]
    [TestCase("limit set clients.1 max_daily_loss 5")]
    public void Without_a_running_engine_the_remedy_is_told(string line)
    {
        string[] words = line.Split(' ');
        int verb = words[0] == "limit" ? 2 : 1;
        AdminProcess.Run([.. words[..verb], SampleJournals.Small, .. words[verb..], "--reason", "x"]).WasRefused(2, "no engine runs on this journal", "run …");
    }

    [Test]
    public void What_was_sent_to_a_killed_engine_is_never_executed_by_its_next_start()
    {
        using var folder = new WorkFolder();
        string token;
        using (var engine = new RunningEngineProcess(folder))
        {
            // It hangs: nobody takes commands.
            engine.Send("STOP");
            engine.Admin("halt", "--reason", "too late", "--timeout", "0.3").WasRefused(2, "was not done", "did not take the command in time");
            token = RunningEngine.Read(engine.Operators)!.Token;
            var request = RequestId.New();
            File.WriteAllBytes(
                Path.Combine(engine.Operators.Inbox, $"{token}-{request}.command"),
                CommandFile.Encode(token, request, OperatorMessages.Command(OperatorAction.Kill, Scope.Shard, 0, new OperatorWord("ada", "left over"))));
            engine.Kill();
            engine.Admin("halt", "--reason", "x").WasRefused(2, "is gone", "continue the run");
        }

        using var again = new RunningEngineProcess(folder);
        Assert.That(RunningEngine.Read(again.Operators)!.Token, Is.Not.EqualTo(token));
        long from = again.JournalEnd;
        again.WaitUntil("it goes on", () => again.JournalEnd > from + 100);
        Assert.That(Directory.GetFiles(again.Operators.Inbox), Is.Empty);
        Assert.That(Directory.GetFiles(Path.Combine(again.Operators.Root, "refused"), "*.reason").Select(File.ReadAllText), Has.Some.Contains("left over"));
        again.Admin("resume", "--reason", "it takes commands").Succeeded();
        again.StopVerified();
        Assert.That(Commands(again.Journal).Select(static one => one.Action), Is.EqualTo(new[] { OperatorAction.Resume }));
    }

    [TestCase("lockstep")]
    [TestCase("max")]
    public void A_run_of_any_pace_takes_commands(string pace)
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder, pace);
        engine.Admin("halt", "--reason", "whatever the pace").Succeeded();
        engine.StopVerified();
        Assert.That(Commands(engine.Journal).Single().Action, Is.EqualTo(OperatorAction.Halt));
    }

    [Test]
    public void Without_a_follower_what_the_engine_did_is_not_known_and_said_so()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder, more: "--no-self-check");
        AdminResult result = engine.Admin("halt", "--reason", "no follower").Succeeded();
        Assert.That(result.Output, Does.Contain("Journaled").And.Contain("is not known here"));
    }

    private static List<(long Sequence, OperatorAction Action, string Name, string Reason)> Commands(string journal)
    {
        var commands = new List<(long, OperatorAction, string, string)>();
        using JournalReader reader = JournalReader.Open(journal);
        while (reader.TryRead(out JournalRecord record))
        {
            if (OperatorCommandDecoder.TryWrap(JournaledInput.MessageOf(record), out OperatorCommandDecoder command))
            {
                string name = System.Text.Encoding.ASCII.GetString(command.OperatorName.TrimEnd((byte)0));
                commands.Add((record.Sequence, command.Action, name, System.Text.Encoding.UTF8.GetString(command.GetReason())));
            }
        }

        return commands;
    }

    private static bool TryCancel(RunningEngineProcess engine, ulong order, out JsonElement answer)
    {
        AdminResult result = engine.Admin("cancel", order.ToString(), "--reason", "not wanted", "--json");
        answer = result.ExitCode == 0 ? result.Json() : default;
        return result.ExitCode == 0;
    }

    // A position may still be closed.
    private static bool IsOpened(string journal, long after, long before)
    {
        bool isOpened = false;
        long held = 0;
        OverOutputs(journal, (sequence, output) =>
        {
            if (PositionEventDecoder.TryWrap(output, out PositionEventDecoder position))
            {
                held = position.Quantity;
            }
            else if (sequence > after && sequence < before && NewOrderDecoder.TryWrap(output, out NewOrderDecoder order))
            {
                isOpened |= held == 0 || (held > 0) == (order.Side == Side.Buy) || order.Quantity > Math.Abs(held);
            }
        });
        return isOpened;
    }

    private static HashSet<ReasonCode> Refusals(string journal)
    {
        var reasons = new HashSet<ReasonCode>();
        OverOutputs(journal, (_, output) =>
        {
            if (RiskEventDecoder.TryWrap(output, out RiskEventDecoder refused))
            {
                reasons.Add(refused.Reason);
            }
        });
        return reasons;
    }

    private static bool IsCancelled(string journal, ulong id)
    {
        bool isCancelled = false;
        OverOutputs(journal, (_, output) => isCancelled |= OrderEventDecoder.TryWrap(output, out OrderEventDecoder order)
            && order.ClientOrderId == id && order.Status == OrderStatus.Cancelled);
        return isCancelled;
    }

    private static ulong FirstOpenOrder(RunningEngineProcess engine)
    {
        JsonElement orders = engine.Admin("orders", "--json").Json().GetProperty("orders");
        return orders.GetArrayLength() == 0 ? 0 : ulong.Parse(orders[0].GetProperty("orderId").GetString()!);
    }

    private delegate void OutputSeen(long sequence, ReadOnlySpan<byte> output);

    private static void OverOutputs(string journal, OutputSeen seen)
    {
        var engine = new Engine.BusinessLogicProcessor();
        using JournalReader reader = JournalReader.Open(journal, new JournalReaderOptions { IsFollowing = true });
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
                for (int i = 0; i < engine.Outputs.Count; i++)
                {
                    seen(record.Sequence, engine.Outputs[i]);
                }
            }
        }
    }
}
