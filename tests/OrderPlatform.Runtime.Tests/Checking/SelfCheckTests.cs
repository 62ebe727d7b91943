using System.Buffers;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.Tests.Checking;

/// <summary>
/// The follower finds a difference at the very input where outputs differ, and at the next checkpoint where only the state does. The difference is made by
/// altering one field of the live engine, or of the snapshot that the follower starts from.
/// </summary>
[TestFixture]
internal sealed class SelfCheckTests
{
    private static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };

    [Test]
    public void A_million_inputs_raise_no_alarm()
    {
        using var folder = new JournalFolder();
        var problems = new List<string>();
        using JournalWriter journal = folder.Create();
        var check = new SelfCheck(spacing: CheckpointSpacing.Every(1_000));
        using InputFeed feed = new Scenario { Minutes = 495_000, SlowPeriod = 40, FastPeriod = 10 }.OpenFeed();
        using var pipeline = new LivePipeline(feed, new Scenario().OpenGateway(), journal, new Pace(false, null), null, check);
        using FollowerThread thread = FollowerThread.Start(JournalOf(folder), null, Options, problems.Add, check);
        pipeline.Run(null, CancellationToken.None);
        thread.Drain();
        Follower follower = thread.Follower;
        Assert.That(problems, Is.Empty);
        Assert.That(follower.Sequence, Is.EqualTo(pipeline.Engine.State.Sequence).And.GreaterThan(1_000_000));
        Assert.That(follower.InputsCompared + follower.InputsNotCompared, Is.EqualTo(follower.Sequence));
        Assert.That(follower.CheckpointsVerified, Is.GreaterThan(50));
        Assert.That((follower.Engine.DigestText(), check.Orders.IsThrown), Is.EqualTo((pipeline.Engine.DigestText(), false)));
        TestContext.Out.WriteLine($"{follower.InputsCompared} compared, {follower.InputsNotCompared} not, {follower.CheckpointsVerified} checkpoints");
    }

    [Test]
    public void A_live_engine_whose_outputs_differ_is_stopped_at_the_very_input([Values] bool lockstep)
    {
        (Follower follower, string problem, SelfCheck check, JournalFolder folder) = RunAltered(
            new Pace(lockstep, null), CheckpointSpacing.Default, AlterCash);
        using (folder)
        {
            FollowerDifference difference = follower.Difference!;
            Assert.That((difference.IsExact, check.Orders.IsThrown), Is.EqualTo((true, true)), problem);
            Assert.That(difference.Sequence, Is.EqualTo(FirstDifference(folder, AlterCash, out string input)), "two engines, fed the journal in step, say the same");
            Assert.That(problem, Does.Contain($"at input {difference.Sequence}, {input}").And.Contain("Account row 0, cash: live "));

            // At full speed both engines are some inputs further when their states are kept, and other fields may follow from the cash by then.
            Assert.That(follower.DifferingFields, Has.Some.Property("Table").EqualTo("Account").And.Some.Property("Field").EqualTo("cash"));
            if (lockstep)
            {
                Assert.That(follower.DifferingFields[0], Has.Property("Table").EqualTo("Account").And.Property("Field").EqualTo("cash"));
            }

            AssertKept(folder, problem);
        }
    }

    [Test]
    public void A_live_engine_whose_state_alone_differs_is_stopped_at_the_next_checkpoint()
    {
        (Follower follower, string problem, SelfCheck check, JournalFolder folder) = RunAltered(
            new Pace(true, null), CheckpointSpacing.Every(200), static engine => engine.State.Fills.Add(ref engine.State.Clients[0], 99));
        using (folder)
        {
            FollowerDifference difference = follower.Difference!;
            Assert.That((difference.After, difference.IsExact, check.Orders.IsThrown), Is.EqualTo((0L, false, true)), problem);
            Assert.That(difference.Sequence, Is.InRange(200, 230));
            Assert.That(follower.InputsCompared, Is.GreaterThan(180), "the outputs were the same");
            Assert.That(problem, Does.Contain($"since one of the inputs 1 to {difference.Sequence}: state digest").And.Contain("Fill row 0, "));
            AssertKept(folder, problem);
        }
    }

    [Test]
    public void A_follower_that_starts_late_from_an_altered_snapshot_finds_the_very_input()
    {
        using var folder = new JournalFolder();
        long sequence = RecordLive(folder, new SelfCheck(), out SelfCheck check, out BusinessLogicProcessor live) / 2;
        WriteSnapshot(folder, sequence, AlterCash);
        var problems = new List<string>();
        Follower follower = Follow(folder, check, problems, out int work);
        Assert.That((work, follower.Difference!.IsExact, follower.Difference.Sequence > sequence), Is.EqualTo((IAgent.Finished, true, true)));
        Assert.That(follower.Sequence, Is.EqualTo(live.State.Sequence), "it went to where the live engine's state was captured");
        Assert.That(problems.Single(), Does.Contain("Account row 0, cash").And.Contain("no halt is journaled: the pipeline had ended"));
        follower.OnClose();
    }

    [Test]
    public void A_follower_that_starts_late_from_a_sound_snapshot_compares_the_rest()
    {
        using var folder = new JournalFolder();
        long last = RecordLive(folder, new SelfCheck(), out SelfCheck check, out _);
        WriteSnapshot(folder, last / 2, static _ => { });
        var problems = new List<string>();
        Follower follower = Follow(folder, check, problems, out _);
        Assert.That((follower.Difference, follower.InputsCompared, follower.InputsNotCompared), Is.EqualTo(((FollowerDifference?)null, last - (last / 2), 0L)));
        Assert.That(problems, Is.Empty);
        follower.OnClose();
    }

    [Test]
    public void Overwritten_entries_are_counted_and_a_difference_among_them_is_a_range()
    {
        using var folder = new JournalFolder();
        long last = RecordLive(folder, new SelfCheck(trailLength: 64), out SelfCheck check, out _);
        WriteSnapshot(folder, last / 2, AlterCash);
        Follower follower = Follow(folder, check, [], out _);
        Assert.That((follower.Difference!.After, follower.Difference.Sequence, follower.Difference.IsExact), Is.EqualTo((last / 2, last - 62, false)));
        Assert.That(follower.InputsNotCompared, Is.EqualTo(last - 63 - (last / 2)));
        follower.OnClose();
    }

    [Test]
    public void Once_order_flow_is_stopped_cancels_leave_and_new_orders_do_not()
    {
        using var folder = new JournalFolder();
        using JournalWriter journal = folder.Create();
        using var rig = new StageRig(journal, new SelfCheck());
        foreach (byte[] message in SetupMessages.Encode(new Scenario { OrderType = OrderType.Limit, LimitOffset = new Ratio(FixedPoint.One / 5_000) }.Setup(), 1))
        {
            rig.Put(message);
        }

        rig.Put(Bar());
        rig.Put(Signal(1, Direction.Long));
        rig.Step();
        Assert.That(rig.Left, Is.EqualTo(new[] { NewOrderEncoder.TemplateId }));
        rig.Check.Orders.Throw();
        var halt = new HaltCommand(rig.Check.Inputs, 12, 1);
        Assert.That((halt.TryPut(), halt.TryPut(), halt.Outcome), Is.EqualTo((true, false, "a halt of the shard by 'self-check' is journaled")));
        rig.Step();
        Assert.That(rig.Left, Is.EqualTo(new[] { NewOrderEncoder.TemplateId, OrderCancelRequestEncoder.TemplateId }), "the halt cancels what would add exposure");
        Assert.That((rig.Engine.State.TradingState == TradingState.Halted, rig.Check.Orders.HeldBack), Is.EqualTo((true, 0L)));
    }

    [Test]
    public void An_order_that_is_decided_after_the_stop_is_held_back_and_counted()
    {
        using var folder = new JournalFolder();
        using JournalWriter journal = folder.Create();
        using var rig = new StageRig(journal, new SelfCheck());
        foreach (byte[] message in SetupMessages.Encode(new Scenario().Setup(), 1))
        {
            rig.Put(message);
        }

        rig.Put(Bar());
        rig.Check.Orders.Throw();
        rig.Put(Signal(1, Direction.Long));
        rig.Step();
        Assert.That((rig.Left.Count, rig.Check.Orders.HeldBack), Is.EqualTo((0, 1L)));
    }

    private static (Follower Follower, string Problem, SelfCheck Check, JournalFolder Folder) RunAltered(Pace pace, CheckpointSpacing spacing, Action<BusinessLogicProcessor> alter)
    {
        var folder = new JournalFolder();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var problems = new List<string>();
        using JournalWriter journal = folder.Create();
        var scenario = new Scenario { Minutes = 3_000_000 };
        using InputFeed feed = scenario.OpenFeed();
        var engine = new BusinessLogicProcessor();
        var input = new EngineInput(engine, journal);
        foreach (byte[] message in SetupMessages.Encode(scenario.Setup(), feed.FirstTimeNanos))
        {
            input.Put(feed.FirstTimeNanos, message);
        }

        // From here on the engine is not what its journal makes of one.
        alter(engine);
        var check = new SelfCheck(engine.State.Sequence, spacing);
        using var pipeline = new LivePipeline(feed, scenario.OpenGateway(), journal, pace, engine, check);
        using FollowerThread thread = FollowerThread.Start(
            JournalOf(folder),
            null,
            Options,
            problem =>
            {
                problems.Add(problem);
                stop.Cancel();
            },
            check);
        pipeline.Run(null, stop.Token);
        thread.Drain();
        Assert.That(thread.Follower.Difference, Is.Not.Null);
        Assert.That(pipeline.Engine.State.TradingState, Is.EqualTo(TradingState.Halted), problems.FirstOrDefault());
        return (thread.Follower, problems.Single(), check, folder);
    }

    private static void AssertKept(JournalFolder folder, string problem)
    {
        foreach (string whose in new[] { "live", "follower" })
        {
            string file = Directory.GetFiles(Path.Combine(StateKeeping.FolderOf(JournalOf(folder)), whose), "*.snapshot").Single();
            StoredSnapshot kept = SnapshotSearch.NewestFirst(Path.GetDirectoryName(file)!, Options, static skipped => Assert.Fail(skipped.Reason)).Single();
            Assert.That(BusinessLogicProcessor.Restore(kept.Content.Span).State.Sequence, Is.EqualTo(kept.Sequence));
            Assert.That(problem, Does.Contain(file));
        }

        using JournalReader reader = folder.Read();
        var halts = new List<string>();
        while (reader.TryRead(out JournalRecord record))
        {
            if (OperatorCommandDecoder.TryWrap(record.Payload, out _))
            {
                halts.Add(MessagesSchema.Describe(record.Payload));
            }
        }

        Assert.That(halts.Single(), Does.Contain("action=Halt scope=Shard").And.Contain("'self-check'").And.Contain("differ at sequence"));
    }

    private static long RecordLive(JournalFolder folder, SelfCheck check, out SelfCheck used, out BusinessLogicProcessor engine)
    {
        using JournalWriter journal = folder.Create();
        var scenario = new Scenario { Minutes = 400 };
        using InputFeed feed = scenario.OpenFeed();
        using var pipeline = new LivePipeline(feed, scenario.OpenGateway(), journal, new Pace(true, null), null, check);
        pipeline.Run(null, CancellationToken.None);
        used = check;
        engine = pipeline.Engine;
        return engine.State.Sequence;
    }

    private static void WriteSnapshot(JournalFolder folder, long sequence, Action<BusinessLogicProcessor> alter)
    {
        var engine = new BusinessLogicProcessor();
        using JournalReader reader = folder.Read();
        while (engine.State.Sequence < sequence && reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                engine.Process(record.Sequence, record.TimestampNanos, record.Payload);
            }
        }

        alter(engine);
        var sink = new ArrayBufferWriter<byte>();
        engine.Capture(sink);
        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(JournalOf(folder)), Options);
        store.Write(sequence, SnapshotTie.Of(reader), sink.WrittenSpan);
    }

    private static Follower Follow(JournalFolder folder, SelfCheck check, List<string> problems, out int work)
    {
        var follower = new Follower(EngineStart.Newest(JournalOf(folder), new JournalReaderOptions { IsFollowing = true }, Options), null, problems.Add, check);
        while ((work = follower.DoWork()) > 0)
        {
        }

        return follower;
    }

    private static long FirstDifference(JournalFolder folder, Action<BusinessLogicProcessor> alter, out string input)
    {
        var sound = new BusinessLogicProcessor();
        var altered = new BusinessLogicProcessor();
        input = "";
        int setup = SetupMessages.Encode(new Scenario().Setup(), 1).Count;
        using JournalReader reader = folder.Read();
        while (sound.Outputs.Digest == altered.Outputs.Digest && reader.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                continue;
            }

            sound.Process(record.Sequence, record.TimestampNanos, record.Payload);
            altered.Process(record.Sequence, record.TimestampNanos, record.Payload);
            input = MessagesSchema.Describe(record.Payload);
            if (record.Sequence == setup)
            {
                alter(altered);
            }
        }

        return sound.State.Sequence;
    }

    private static void AlterCash(BusinessLogicProcessor engine) => engine.State.Accounts[0].Cash += new Money(1);

    private static byte[] Bar()
    {
        var message = new byte[BarEncoder.EncodedLength];
        var e = BarEncoder.WrapForEncodeAndApplyHeader(message);
        e.InstrumentId = Scenario.Instrument;
        e.Phase = BarPhase.Closed;
        e.OpenTimeNanos = 1;
        e.CloseTimeNanos = 2;
        e.Open = e.High = e.Low = e.Close = 50_000 * FixedPoint.One;
        return message;
    }

    private static byte[] Signal(ulong id, Direction direction)
    {
        var message = new byte[SignalEncoder.EncodedLength];
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(message);
        e.ClientId = 1;
        e.StrategyId = 1;
        e.InstrumentId = Scenario.Instrument;
        e.Direction = direction;
        e.SignalId = id;
        return message;
    }

    private static string JournalOf(JournalFolder folder) => Path.Combine(folder.Path, "journal");
}
