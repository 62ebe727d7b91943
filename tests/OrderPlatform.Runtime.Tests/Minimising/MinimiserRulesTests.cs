using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Minimising;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests.Minimising;

/// <summary>What a search promises beside few inputs: how it ends, what it bounds, that it repeats itself, and that its result is a journal.</summary>
[TestFixture]
internal sealed class MinimiserRulesTests
{
    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };

    private readonly JournalFolder _folder = new();

    private string Journal => Path.Combine(_folder.Path, "journal");

    [OneTimeSetUp]
    public void Record()
    {
        using JournalWriter journal = _folder.Create();
        Runs.Backtest(new Scenario { Minutes = 3_000 }, journal);
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void The_same_journal_and_predicate_give_the_same_inputs()
    {
        MinimiserResult first = Run(IsShort);
        MinimiserResult second = Run(IsShort);
        Assert.That(first.Outcome, Is.EqualTo(MinimiserOutcome.Minimal));
        Assert.That((second.Outcome, second.HoldsAfter, second.Trials), Is.EqualTo((first.Outcome, first.HoldsAfter, first.Trials)));
        Assert.That(second.Inputs.Select(static input => input.OriginalSequence), Is.EqualTo(first.Inputs.Select(static input => input.OriginalSequence)));
        Assert.That(second.Inputs.SelectMany(static input => input.Message), Is.EqualTo(first.Inputs.SelectMany(static input => input.Message)));
    }

    [Test]
    public void A_state_that_never_comes_or_is_there_at_once_has_no_inputs()
    {
        Assert.That((Run(static _ => false).Outcome, Run(static _ => false).Inputs.Count), Is.EqualTo((MinimiserOutcome.NeverHolds, 0)));
        Assert.That((Run(static _ => true).Outcome, Run(static _ => true).Inputs.Count), Is.EqualTo((MinimiserOutcome.HoldsAtOnce, 0)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5)]
    [TestCase(20)]
    public void A_bound_of_trials_ends_with_the_best_so_far(int trials)
    {
        MinimiserResult result = Run(IsShort, new MinimiserOptions { TrialsMax = trials });
        Assert.That((result.Outcome, result.Trials), Is.EqualTo((MinimiserOutcome.Stopped, trials)));
        Assert.That(Holds(result.Inputs, IsShort), Is.True);
    }

    [Test]
    public void Who_stops_it_gets_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        var seen = new List<MinimiserProgress>();
        var options = new MinimiserOptions
        {
            OnProgress = progress =>
            {
                seen.Add(progress);
                if (progress.Trials == 7)
                {
                    source.Cancel();
                }
            },
        };
        MinimiserResult result = new JournalMinimiser(Journal, Reading, IsShort, options).Run(source.Token);
        Assert.That((result.Outcome, result.Trials), Is.EqualTo((MinimiserOutcome.Stopped, 7)));
        Assert.That(Holds(result.Inputs, IsShort), Is.True);
        Assert.That(seen.Select(static progress => progress.Inputs), Is.Ordered.Descending);
        Assert.That(seen[^1].Inputs, Is.EqualTo(result.Inputs.Count));
    }

    [Test]
    public void What_is_far_back_makes_room_where_memory_ends_and_the_result_is_the_same()
    {
        MinimiserResult whole = Run(Nth(60));
        MinimiserResult bounded = Run(Nth(60), new MinimiserOptions { InputsMax = 400 });
        Assert.That(whole.HoldsAfter, Is.GreaterThan(800));
        Assert.That((bounded.Outcome, bounded.HoldsAfter), Is.EqualTo((MinimiserOutcome.Minimal, whole.HoldsAfter)));
        Assert.That(bounded.Inputs.Select(static input => input.OriginalSequence), Is.EqualTo(whole.Inputs.Select(static input => input.OriginalSequence)));

        // The sum of many inputs cannot come from the newest alone.
        MinimiserException refusal = Assert.Throws<MinimiserException>(() => Run(static engine => engine.State.Sequence > 900,
            new MinimiserOptions { InputsMax = 400 }))!;
        Assert.That(refusal.Message, Does.Contain("needs more than the newest 200 inputs").And.Contain("minimise a shorter journal"));
    }

    [Test]
    public void A_state_of_all_inputs_together_keeps_them_all()
    {
        MinimiserResult result = Run(static engine => engine.State.Sequence == 40);
        Assert.That((result.Outcome, result.Inputs.Count), Is.EqualTo((MinimiserOutcome.Minimal, 40)));
    }

    [Test]
    public void The_result_is_a_journal_that_replays_to_the_state()
    {
        MinimiserResult result = Run(IsShort);
        string folder = Path.Combine(_folder.Path, "minimised");
        MinimisedJournal.Write(folder, result.Inputs, IsShort);
        Assert.That(JournalInspection.Inspect(folder).Verdict, Is.EqualTo(JournalVerdict.Good));
        using JournalReader reader = JournalReader.Open(folder, Reading);
        var replay = new ReplayRunner(reader, recorder: null);
        replay.Run(null, CancellationToken.None);
        Assert.That((replay.CheckpointsVerified, replay.IsCleanEnd, replay.Engine.State.Sequence, IsShort(replay.Engine)), Is.EqualTo((1L, true,
            (long)result.Inputs.Count, true)));
        Assert.That(() => MinimisedJournal.Write(folder, result.Inputs, IsShort), Throws.TypeOf<JournalException>());
        Assert.That(
            () => MinimisedJournal.Write(Path.Combine(_folder.Path, "other"), result.Inputs, static _ => false),
            Throws.TypeOf<MinimiserException>().With.Message.Contains("does not show the state when it is read back"));
    }

    [Test]
    public void A_damaged_journal_is_refused_where_the_damage_comes_before_the_state()
    {
        string copy = Path.Combine(_folder.Path, "damaged");
        Directory.CreateDirectory(copy);
        string segment = Directory.GetFiles(Journal, "*.journal").Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[100_000] ^= 1;
        File.WriteAllBytes(Path.Combine(copy, Path.GetFileName(segment)), bytes);
        Assert.That(() => new JournalMinimiser(copy, Reading, static _ => false).Run(CancellationToken.None), Throws.TypeOf<JournalException>());
        Assert.That(new JournalMinimiser(copy, Reading, static engine => engine.State.Accounts.Count > 0).Run(CancellationToken.None).Inputs,
            Has.Count.EqualTo(3), "damage behind it does not matter");
    }

    [Test]
    public void Each_message_that_names_an_order_is_read_and_written_and_no_other()
    {
        byte[] copy = new byte[512];
        foreach (ushort template in MessagesSchema.TemplateIds)
        {
            byte[] message = new byte[512];
            Random.Shared.NextBytes(message);
            MessageHeader.Write(message, 400, template, MessagesSchema.SchemaId, 0);
            if (template < 100)
            {
                Assert.That(OrderReference.TryRead(message, out _), Is.EqualTo(OrderReference.IsIn(template)), MessagesSchema.TemplateName(template));
            }

            if (OrderReference.TryRead(message, out ulong order))
            {
                OrderReference.Write(message, ~order, copy);
                Assert.That((OrderReference.TryRead(copy, out ulong other), other), Is.EqualTo((true, ~order)));
                OrderReference.Write(copy, order, message);
                OrderReference.Write(message, ~order, message = [.. copy]);
                Assert.That(message, Is.EqualTo(copy), "nothing else changes");
            }
        }
    }

    private static bool IsShort(BusinessLogicProcessor engine) => engine.State.Positions.Count > 0 && engine.State.Positions[0].Quantity.Raw < 0;

    // A state that one late order shows.
    private static Func<BusinessLogicProcessor, bool> Nth(int signal) => engine =>
    {
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            if (DecisionEventDecoder.TryWrap(engine.Outputs[i], out DecisionEventDecoder decision) && decision.SignalId == (ulong)signal)
            {
                return true;
            }
        }

        return false;
    };

    private static bool Holds(IReadOnlyList<MinimisedInput> inputs, Func<BusinessLogicProcessor, bool> predicate)
    {
        var engine = new BusinessLogicProcessor();
        long sequence = 0;
        foreach (MinimisedInput input in inputs)
        {
            engine.Process(++sequence, input.TimestampNanos, input.Message);
        }

        return predicate(engine);
    }

    private MinimiserResult Run(Func<BusinessLogicProcessor, bool> predicate, MinimiserOptions? options = null) =>
        new JournalMinimiser(Journal, Reading, predicate, options).Run(CancellationToken.None);
}
