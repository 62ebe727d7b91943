using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>Two journals are compared input by input, and the first that differs is named.</summary>
[TestFixture]
internal sealed class JournalComparisonTests
{
    private static readonly List<(long TimeNanos, byte[] Message)> Inputs = Record();

    [Test]
    public void A_journal_agrees_with_another_recording_of_the_same_inputs_and_with_its_checkpoints()
    {
        using JournalFolder here = Journal(Inputs);
        using JournalFolder there = Journal(Inputs, checkpointEvery: 50);
        (ReplayComparison comparison, ReplayRunner runner) = Compare(here, there, ReplayRange.Whole);
        Assert.That((comparison.Agreed, comparison.Found, ((JournalComparison)comparison).CheckpointsVerified), Is.EqualTo((Inputs.Count, (Divergence?)null, Inputs.Count / 50)));
        Assert.That(runner.Engine.State.Sequence, Is.EqualTo(Inputs.Count));
        (comparison, _) = Compare(there, here, new ReplayRange(ReplayPlace.AtSequence(100), ReplayPlace.AtSequence(150)));
        Assert.That((comparison.Agreed, comparison.Found), Is.EqualTo((51, (Divergence?)null)));
    }

    [TestCase(1)]
    [TestCase(9)]
    [TestCase(300)]
    public void The_first_message_that_differs_is_named_with_both_descriptions(int sequence)
    {
        var tick = new byte[TickEncoder.EncodedLength];
        TickEncoder.WrapForEncodeAndApplyHeader(tick);
        Divergence found = Parts(inputs => inputs[sequence - 1] = (inputs[sequence - 1].TimeNanos, tick))!;
        Assert.That((found.First, found.Last, found.Input), Is.EqualTo(((long)sequence, (long)sequence, MessagesSchema.Describe(Inputs[sequence - 1].Message))));
        Assert.That(found.What, Does.Contain($"has as input {sequence} [Tick]"));
    }

    [Test]
    public void One_changed_byte_differs()
    {
        Divergence found = Parts(static inputs => inputs[99].Message[^1] ^= 1)!;
        Assert.That(found.First, Is.EqualTo(100));
    }

    [Test]
    public void The_same_message_at_another_time_differs()
    {
        Divergence found = Parts(static inputs => inputs[99] = (inputs[99].TimeNanos + 1, inputs[99].Message))!;
        Assert.That((found.First, found.What), Is.EqualTo((100L, found.What)));
        Assert.That(found.What, Does.StartWith("the same message is recorded at "));
    }

    [Test]
    public void An_input_too_many_is_named_where_it_stands()
    {
        Assert.That(Parts(static inputs => inputs.Insert(50, inputs[50]))!.First, Is.EqualTo(52), "the doubled one looks the same, and the next does not");
        Assert.That(Parts(static inputs => inputs.RemoveAt(50))!.First, Is.EqualTo(51));
    }

    [Test]
    public void A_journal_that_goes_on_where_the_other_ends_parts_there()
    {
        Divergence shorter = Parts(static inputs => inputs.RemoveRange(200, inputs.Count - 200))!;
        Assert.That((shorter.First, shorter.Input), Is.EqualTo((201L, "")));
        Assert.That(shorter.What, Does.Contain("ends with input 200"));
        Divergence longer = Parts(static inputs => inputs.Add(inputs[^1]))!;
        Assert.That((longer.First, longer.What), Is.EqualTo((Inputs.Count + 1L, longer.What)));
        Assert.That(longer.What, Does.Contain($"the replayed journal ends with input {Inputs.Count}, and "));
    }

    [Test]
    public void A_range_of_what_the_other_does_not_have_parts_at_its_begin()
    {
        using JournalFolder here = Journal(Inputs);
        using JournalFolder there = Journal(Inputs[..100]);
        Divergence found = Compare(here, there, new ReplayRange(ReplayPlace.AtSequence(200), null)).Comparison.Found!;
        Assert.That(found.First, Is.EqualTo(200));
    }

    [Test]
    public void A_checkpoint_of_the_other_journal_that_differs_ends_the_comparison()
    {
        using JournalFolder here = Journal(Inputs);
        using JournalFolder there = Journal(Inputs, checkpointEvery: 200, limits: EngineLimits.Default with { ClientFills = 1 });
        (ReplayComparison comparison, _) = Compare(here, there, ReplayRange.Whole);
        Assert.That(comparison.Found!.What, Does.Contain("the inputs agree, and the checkpoint of").And.Contain("state digest"));
        Assert.That(comparison.Found.Last % 200, Is.Zero);
    }

    [Test]
    public void A_checkpoint_of_the_own_journal_that_differs_is_told_where_somebody_listens()
    {
        using JournalFolder folder = Journal(Inputs, checkpointEvery: 200, limits: EngineLimits.Default with { ClientFills = 1 });
        using JournalReader reader = folder.Read();
        var differences = new List<string>();
        var runner = new ReplayRunner(reader, null) { OnDifference = differences.Add };
        runner.Run(null, CancellationToken.None);
        Assert.That((runner.Engine.State.Sequence, differences.Count), Is.EqualTo((Inputs.Count, differences.Count)));
        Assert.That(differences, Is.Not.Empty.And.All.Contains("the checkpoint after sequence "));
        using JournalReader again = folder.Read();
        Assert.That(() => new ReplayRunner(again, null).Run(null, CancellationToken.None), Throws.TypeOf<ReplayDivergenceException>());
    }

    private static Divergence? Parts(Action<List<(long TimeNanos, byte[] Message)>> change)
    {
        List<(long TimeNanos, byte[] Message)> changed = [.. Inputs.Select(static one => (one.TimeNanos, one.Message.ToArray()))];
        change(changed);
        using JournalFolder here = Journal(Inputs);
        using JournalFolder there = Journal(changed);
        return Compare(here, there, ReplayRange.Whole).Comparison.Found;
    }

    private static (ReplayComparison Comparison, ReplayRunner Runner) Compare(JournalFolder here, JournalFolder there, ReplayRange range)
    {
        using JournalReader reader = here.Read();
        using var comparison = new JournalComparison(Path.Combine(there.Path, "journal"), new JournalReaderOptions());
        var runner = new ReplayRunner(reader, null) { Range = range, Observers = [comparison] };
        runner.Run(null, CancellationToken.None);
        comparison.OnEnd(runner.Engine, !runner.HasPassedRange);
        return (comparison, runner);
    }

    private static JournalFolder Journal(List<(long TimeNanos, byte[] Message)> inputs, int checkpointEvery = int.MaxValue, EngineLimits? limits = null)
    {
        var folder = new JournalFolder();
        using JournalWriter journal = folder.Create();
        var engine = new BusinessLogicProcessor(limits ?? EngineLimits.Default);
        for (int i = 0; i < inputs.Count; i++)
        {
            MessageHeader.TryRead(inputs[i].Message, out MessageHeader header);
            journal.Append(i + 1, inputs[i].TimeNanos, header.TemplateId, JournalFlags.None, inputs[i].Message);
            engine.Process(i + 1, inputs[i].TimeNanos, inputs[i].Message);
            if ((i + 1) % checkpointEvery == 0)
            {
                Checkpoint(journal, engine);
            }
        }

        return folder;
    }

    private static void Checkpoint(JournalWriter journal, BusinessLogicProcessor engine)
    {
        var message = new byte[CheckpointEncoder.EncodedLength];
        var checkpoint = CheckpointEncoder.WrapForEncodeAndApplyHeader(message);
        checkpoint.Sequence = (ulong)engine.State.Sequence;
        checkpoint.StateDigest = engine.StateDigest();
        checkpoint.OutputDigest = engine.Outputs.Digest;
        checkpoint.OutputCount = (ulong)engine.Outputs.TotalCount;
        journal.Append(engine.State.Sequence, engine.State.NowNanos, CheckpointEncoder.TemplateId, JournalFlags.Control, message);
    }

    private static List<(long TimeNanos, byte[] Message)> Record()
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Runs.Backtest(new Scenario { Minutes = 200 }, journal);
        }

        var inputs = new List<(long, byte[])>();
        using JournalReader reader = folder.Read();
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                inputs.Add((record.TimestampNanos, record.Payload.ToArray()));
            }
        }

        return inputs;
    }
}
