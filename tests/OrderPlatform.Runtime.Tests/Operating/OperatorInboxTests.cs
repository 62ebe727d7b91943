using OrderPlatform.Messages;
using OrderPlatform.Runtime.Operating;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests.Operating;

/// <summary>Commands of a person to a running engine through its journal's folder.</summary>
internal sealed class OperatorInboxTests
{
    [Test]
    [Description("N10, law 2: what a person does is an input with its name and reason, and a replay does it again")]
    public void A_command_becomes_an_input_with_name_reason_and_request_and_replays()
    {
        using var rig = new OperatedRig();
        OperatorAnswer answer = rig.Answer(rig.Send(OperatedRig.Halt()));
        (ulong request, JournaledCommand command) = rig.Commands().Single();
        Assert.Multiple(() =>
        {
            Assert.That((answer.Outcome, answer.Sequence, answer.Request), Is.EqualTo((OperatorOutcome.Journaled, command.Sequence, new RequestId(request).ToString())));
            Assert.That(command.Message, Is.EqualTo(OperatedRig.Halt()));
            Assert.That(Directory.GetFiles(rig.Folder.Root, "*", SearchOption.AllDirectories), Is.EqualTo(new[] { rig.Folder.RunningFile }), "nothing is left");
        });
        rig.StepUntil(() => rig.Pipeline.Engine.State.Clients[0].State == TradingState.Halted);
        rig.StepToEnd();
        rig.Pipeline.End();
        using var reader = Journal.JournalReader.Open(rig.Path);
        var replay = new ReplayRunner(reader, null);
        replay.Run(null, CancellationToken.None);
        Assert.That(replay.Engine.DigestText(), Is.EqualTo(rig.Pipeline.Engine.DigestText()));
    }

    [Test]
    public void Commands_of_every_kind_are_taken_in_one_order_and_each_has_its_own_answer()
    {
        using var rig = new OperatedRig(200);
        byte[][] messages =
        [
            OperatedRig.Halt(), OperatorMessages.Limit(Scope.Client, 1, LimitKind.MaximumDailyLoss, 5, OperatedRig.Word), OperatorMessages.Cancel(77, OperatedRig.Word),
            OperatorMessages.Resolve(78, VenueOrderState.NotKnown, null, null, OperatedRig.Word),
            OperatorMessages.Command(OperatorAction.Resume, Scope.Shard, 0, OperatedRig.Word),
        ];
        Task<OperatorAnswer>[] sent = [.. messages.Select(message => rig.Send(message))];
        rig.StepUntil(() => sent.All(static one => one.IsCompleted));
        Dictionary<ulong, JournaledCommand> commands = rig.Commands();
        Assert.That(sent.Select(static one => one.Result.Outcome), Is.All.EqualTo(OperatorOutcome.Journaled));
        for (int i = 0; i < sent.Length; i++)
        {
            RequestId.TryParse(sent[i].Result.Request, out RequestId request);
            Assert.That((commands[request.Number].Sequence, commands[request.Number].Message), Is.EqualTo((sent[i].Result.Sequence, messages[i])));
        }
    }

    private static IEnumerable<TestCaseData> Refusals()
    {
        var noReason = new OperatorWord("ada", "");
        yield return new TestCaseData(OperatedRig.Halt(9), "Client 9 is not known").SetName("{m}(unknown client)");
        yield return new TestCaseData(OperatorMessages.Command(OperatorAction.Halt, Scope.Client, 1, noReason), "a reason is missing").SetName("{m}(no reason)");
        yield return new TestCaseData(OperatorMessages.Limit(Scope.Client, 1, LimitKind.MaximumLeverage, 1, noReason), "a reason is missing").SetName("{m}(limit without a reason)");
        yield return new TestCaseData(OperatorMessages.Cancel(1, new OperatorWord("", "why")), "operator's name").SetName("{m}(no name)");
        yield return new TestCaseData(OperatorMessages.Command(OperatorAction.Halt, Scope.Venue, 1, OperatedRig.Word), "has no meaning").SetName("{m}(halt of a venue)");
        yield return new TestCaseData(OperatorMessages.Limit(Scope.Venue, 1, LimitKind.MaximumLeverage, 1, OperatedRig.Word), "a limit is a client's").SetName("{m}(limit of a venue)");
        yield return new TestCaseData(new byte[] { 1, 2, 3 }, "malformed").SetName("{m}(garbage)");
        yield return new TestCaseData(Tick(), "no operator's command").SetName("{m}(a tick)");
        yield return new TestCaseData(OperatedRig.Halt()[..^30], "malformed").SetName("{m}(cut short)");
    }

    [TestCaseSource(nameof(Refusals))]
    public void What_may_not_enter_is_refused_with_the_reason_and_nothing_enters(byte[] message, string why)
    {
        using var rig = new OperatedRig();
        OperatorAnswer answer = rig.Answer(rig.Send(message));
        Assert.That((answer.Outcome, answer.Sequence), Is.EqualTo((OperatorOutcome.Refused, 0L)));
        Assert.That(answer.Why, Does.Contain(why));
        Assert.That(rig.Commands(), Is.Empty);
        Assert.That(Directory.GetFiles(System.IO.Path.Combine(rig.Folder.Root, "refused"), "*.reason").Select(File.ReadAllText).Single(), Does.Contain(why));
    }

    [Test]
    public void A_command_that_nobody_takes_is_taken_back_and_never_executed()
    {
        using var rig = new OperatedRig();
        OperatorAnswer answer = rig.Send(OperatedRig.Halt(), timeoutSeconds: 0.05).GetAwaiter().GetResult();
        Assert.That((answer.Outcome, answer.Why), Is.EqualTo((OperatorOutcome.Withdrawn, "the engine did not take the command in time")));
        rig.StepToEnd();
        Assert.That((rig.Commands().Count, Directory.GetFiles(rig.Folder.Inbox).Length), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_command_is_taken_back_when_its_sender_is_stopped()
    {
        using var rig = new OperatedRig();
        using var stop = new CancellationTokenSource();
        Task<OperatorAnswer> command = rig.Send(OperatedRig.Halt(), cancellation: stop.Token);
        Assert.That(SpinWait.SpinUntil(() => Directory.GetFiles(rig.Folder.Inbox, "*.command").Length == 1, TimeSpan.FromSeconds(30)), Is.True);
        stop.Cancel();
        Assert.That(command.GetAwaiter().GetResult().Outcome, Is.EqualTo(OperatorOutcome.Withdrawn));
    }

    [Test]
    public void What_an_earlier_start_left_is_never_executed_and_says_so()
    {
        using var rig = new OperatedRig();
        Task<OperatorAnswer> command = rig.Send(OperatedRig.Halt());
        Assert.That(SpinWait.SpinUntil(() => Directory.GetFiles(rig.Folder.Inbox, "*.command").Length == 1, TimeSpan.FromSeconds(30)), Is.True);
        File.WriteAllText(System.IO.Path.Combine(rig.Folder.Root, "taken", "0123456789abcdef-0123456789abcdef.command"), "x");
        rig.Restart();
        OperatorAnswer answer = rig.Answer(command);
        rig.StepToEnd();
        Assert.That(answer.Outcome, Is.AnyOf(OperatorOutcome.Lost, OperatorOutcome.Withdrawn));
        Assert.That(rig.Commands(), Is.Empty);
        string[] reasons = [.. Directory.GetFiles(System.IO.Path.Combine(rig.Folder.Root, "refused"), "*.reason").Select(File.ReadAllText)];
        Assert.That(reasons, Has.Some.Contains("taken by an earlier start"));
    }

    [Test]
    public void A_copy_of_a_command_for_an_earlier_start_is_refused()
    {
        using var rig = new OperatedRig();
        RunningEngine before = rig.Inbox.Engine;
        rig.Restart();
        var request = RequestId.New();
        File.WriteAllBytes(rig.Folder.CommandOf(before.Token, request), CommandFile.Encode(before.Token, request, OperatedRig.Halt()));
        File.WriteAllBytes(rig.Folder.CommandOf(rig.Inbox.Engine.Token, request), CommandFile.Encode(before.Token, request, OperatedRig.Halt()));
        rig.StepUntil(() => rig.Inbox.RefusedCount == 2);
        Assert.That(rig.Commands(), Is.Empty);
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void What_is_no_command_is_moved_aside_with_a_reason_and_holds_nothing_up()
    {
        using var rig = new OperatedRig();
        string token = rig.Inbox.Engine.Token;
        string At(RequestId id) => rig.Folder.CommandOf(token, id);
        File.WriteAllText(System.IO.Path.Combine(rig.Folder.Inbox, "hello.txt"), "hello");
        File.WriteAllText(System.IO.Path.Combine(rig.Folder.Inbox, $"{token}-zzzzzzzzzzzzzzzz.command"), "hello");
        File.WriteAllBytes(At(RequestId.New()), new byte[10 << 20]);
        File.WriteAllBytes(At(RequestId.New()), []);
        var damaged = RequestId.New();
        byte[] bytes = CommandFile.Encode(token, damaged, OperatedRig.Halt());
        bytes[^1] ^= 1;
        File.WriteAllBytes(At(damaged), bytes);
        var other = RequestId.New();
        File.WriteAllBytes(At(other), CommandFile.Encode(token, RequestId.New(), OperatedRig.Halt()));
        File.CreateSymbolicLink(At(RequestId.New()), "/dev/zero");
        Directory.CreateDirectory(At(RequestId.New()));
        var twice = RequestId.New();
        byte[] whole = CommandFile.Encode(token, twice, OperatedRig.Halt());
        File.WriteAllBytes(At(twice), whole);
        rig.StepUntil(() => rig.Inbox.Journaled == 1);
        File.WriteAllBytes(At(twice), whole);
        rig.StepUntil(() => rig.Inbox.RefusedCount == 9);
        string[] reasons = [.. Directory.GetFiles(System.IO.Path.Combine(rig.Folder.Root, "refused"), "*.reason").Select(File.ReadAllText)];
        foreach (string part in new[] { "its name", "48 to", "damaged", "another request id", "a link", "a folder", "taken before" })
        {
            Assert.That(reasons, Has.Some.Contains(part));
        }

        Assert.That(rig.Commands().Keys, Is.EqualTo(new[] { twice.Number }));
        Assert.That(Directory.GetFileSystemEntries(rig.Folder.Inbox), Is.Empty);
    }

    [Test]
    public void The_last_commands_of_a_run_are_answered_and_later_ones_are_refused()
    {
        using var rig = new OperatedRig();
        Task<OperatorAnswer> last = rig.Send(OperatedRig.Halt());
        rig.StepUntil(() => rig.Inbox.Journaled == 1);
        rig.Inbox.OnClose();
        Assert.That(last.GetAwaiter().GetResult().Outcome, Is.EqualTo(OperatorOutcome.Journaled));
        Assert.That(() => OperatorClient.Send(rig.Path, OperatedRig.Halt(), TimeSpan.FromSeconds(1)), Throws.TypeOf<OperatorException>().With.Message.Contains("no engine runs"));
    }

    [Test]
    public void Waiting_commands_answers_and_refusals_are_bounded()
    {
        using var rig = new OperatedRig();
        for (int i = 0; i < OperatorFolder.WaitingMax; i++)
        {
            File.WriteAllText(System.IO.Path.Combine(rig.Folder.Inbox, $"{i}.txt"), "x");
        }

        Assert.That(() => OperatorClient.Send(rig.Path, OperatedRig.Halt(), TimeSpan.FromSeconds(1)), Throws.TypeOf<OperatorException>().With.Message.Contains("256 commands wait"));
        rig.StepUntil(() => rig.Inbox.RefusedCount == OperatorFolder.WaitingMax);
        Assert.That(Directory.GetFiles(System.IO.Path.Combine(rig.Folder.Root, "refused")), Has.Length.AtMost(OperatorFolder.KeptMax));
        for (int i = 0; i < OperatorFolder.KeptMax + 20; i++)
        {
            var request = RequestId.New();
            File.WriteAllBytes(rig.Folder.CommandOf(rig.Inbox.Engine.Token, request), CommandFile.Encode(rig.Inbox.Engine.Token, request, OperatedRig.Halt(9)));
        }

        rig.StepUntil(() => Directory.GetFiles(rig.Folder.Inbox).Length == 0);
        Assert.That(Directory.GetFiles(System.IO.Path.Combine(rig.Folder.Root, "answers")), Has.Length.EqualTo(OperatorFolder.KeptMax));
    }

    [Test]
    [Description("Either it was taken or it was not: whatever the timing, the answer is what the journal has.")]
    public void Commands_that_race_with_their_withdrawal_are_in_the_journal_exactly_if_their_answer_says_so([Values(1, 2, 3)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using var rig = new OperatedRig(3_000);
        var random = new Random(seed);
        var answers = new List<OperatorAnswer>();
        for (int round = 0; round < 12; round++)
        {
            Task<OperatorAnswer>[] sent = [.. Enumerable.Range(0, 4).Select(_ => rig.Send(OperatedRig.Halt(), random.NextDouble() * 0.03))];
            int idle = random.Next(20_000);
            rig.StepUntil(() =>
            {
                Thread.SpinWait(idle);
                return sent.All(static one => one.IsCompleted);
            });
            answers.AddRange(sent.Select(static one => one.Result));
        }

        Dictionary<ulong, JournaledCommand> commands = rig.Commands();
        Assert.That(answers.Select(static one => one.Outcome), Is.All.AnyOf(OperatorOutcome.Journaled, OperatorOutcome.Withdrawn));
        Assert.That(answers.Count(static one => one.Outcome == OperatorOutcome.Journaled), Is.EqualTo(commands.Count));
        foreach (OperatorAnswer answer in answers)
        {
            RequestId.TryParse(answer.Request, out RequestId request);
            Assert.That(commands.ContainsKey(request.Number), Is.EqualTo(answer.Outcome == OperatorOutcome.Journaled));
        }
    }

    private static byte[] Tick()
    {
        var bytes = new byte[TickEncoder.EncodedLength];
        TickEncoder.WrapForEncodeAndApplyHeader(bytes);
        return bytes;
    }
}
