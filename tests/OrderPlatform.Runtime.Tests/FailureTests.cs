using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Replay;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Tests;

/// <summary>What breaks midway ends the pipeline with its own error, and what was done before replays.</summary>
[TestFixture]
internal sealed class FailureTests
{
    private const long Minute = 60_000_000_000;

    [Test]
    public void Malformed_data_midway_end_a_run_with_their_error_and_a_journal_that_replays([Values] bool lockstep)
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            var scenario = new Scenario { Source = static () => new BreakingSource(500) };
            Assert.That(() => Runs.Live(scenario, new Pace(lockstep, null), journal), Throws.TypeOf<MarketDataException>().With.Message.EqualTo("line 500: broken"));
        }

        using JournalReader reader = folder.Read();
        Assert.That(Runs.Replay(reader).Sequence, Is.GreaterThan(lockstep ? 900 : 0));
    }

    [Test]
    public void A_journal_that_cannot_be_written_ends_a_run_with_its_error()
    {
        using var folder = new JournalFolder();
        JournalWriter journal = folder.Create();
        journal.Append(1, 1, TickEncoder.TemplateId, JournalFlags.None, new byte[TickEncoder.EncodedLength]);

        // The engine has not seen input 1, so the journal's next input does not follow for it: the pipeline must not begin.
        Assert.That(() => Runs.Live(new Scenario { Minutes = 50 }, new Pace(true, null), journal), Throws.ArgumentException.With.Message.Contains("replay the journal to its end first"));
        journal.Dispose();
    }

    [Test]
    public void A_checkpoint_that_differs_is_a_divergence_with_its_place_and_both_digests()
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            var message = new byte[CheckpointEncoder.EncodedLength];
            var checkpoint = CheckpointEncoder.WrapForEncodeAndApplyHeader(message);
            checkpoint.Sequence = 1;
            checkpoint.StateDigest = 0xBAD;
            var tick = new byte[TickEncoder.EncodedLength];
            TickEncoder.WrapForEncodeAndApplyHeader(tick);
            journal.Append(1, 1, TickEncoder.TemplateId, JournalFlags.None, tick);
            journal.Append(1, 1, CheckpointEncoder.TemplateId, JournalFlags.Control, message);
        }

        using JournalReader reader = folder.Read();
        Assert.That(() => Runs.Replay(reader), Throws.TypeOf<ReplayDivergenceException>().With.Message.Contains("after sequence 1").And.Message.Contains("recorded"));
    }

    [TestCase(EngineRules.Version + 1, "the journal was written by rules 4, this build has rules 3; replay it with the build that wrote it (some build)")]
    [TestCase(EngineRules.Version, "the journal was written by the same rules, 3 (some build)")]
    public void A_divergence_names_the_rule_set_of_the_journal_and_of_this_build(uint rules, string expected)
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            var message = new byte[64];
            var e = RuleSetEncoder.WrapForEncodeAndApplyHeader(message);
            e.Version = rules;
            e.SetBuild("some build");
            journal.Append(0, 1, RuleSetEncoder.TemplateId, JournalFlags.Control, message.AsSpan(0, e.EncodedLengthSoFar));
            var checkpoint = new byte[CheckpointEncoder.EncodedLength];
            CheckpointEncoder digests = CheckpointEncoder.WrapForEncodeAndApplyHeader(checkpoint);
            digests.StateDigest = 0xBAD;
            journal.Append(0, 1, CheckpointEncoder.TemplateId, JournalFlags.Control, checkpoint);
        }

        using JournalReader reader = folder.Read();
        Assert.That(() => Runs.Replay(reader), Throws.TypeOf<ReplayDivergenceException>().With.Message.Contains(expected));
    }

    [Test]
    public void An_engine_refuses_inputs_that_do_not_follow()
    {
        var engine = new BusinessLogicProcessor(new EngineLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        Assert.That(() => engine.Process(2, 1, []), Throws.ArgumentException.With.Message.Contains("lost or doubled"));
    }

    private sealed class BreakingSource(int rows) : IMarketDataSource
    {
        private int _row;

        public string Description => "a source that breaks";

        public long CountHint => -1;

        public bool TryRead(out MarketEvent marketEvent)
        {
            if (++_row == rows)
            {
                throw new MarketDataException($"line {rows}: broken");
            }

            var price = new Price((100 + (_row % 20)) * FixedPoint.One);
            marketEvent = MarketEvent.Bar(_row * Minute, (_row + 1) * Minute, price, price, price, price, new Quantity(FixedPoint.One));
            return true;
        }

        public void Dispose()
        {
        }
    }
}
