using OrderPlatform.Engine;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Host.Tests.Crashes;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Tests;

/// <summary>A run on the journal of an earlier one goes on where that ended; what does not fit is refused before anything is written.</summary>
public sealed class ContinueTests
{
    private static readonly string[] Run = ["run", "s.yaml", "--journal", "j"];

    [Test]
    public void A_run_that_had_ended_is_continued_and_has_nothing_more_to_do()
    {
        using var folder = new WorkFolder();
        HostResult first = Start(folder, StrategyText.Runs);
        HostResult second = HostProcess.Run(folder, Run).Succeeded();
        Assert.That(second.Error, Does.Contain($"continues j at sequence {first.FinalSequence} with digest {first.Digest}").And.Contain("epoch 2; orders in doubt: 0"));
        Assert.That(second.FinalSequence, Is.EqualTo(first.FinalSequence + 8), "epoch, six records of configuration, reconciliation");
        EngineTruth truth = EngineTruth.Of(folder.PathOf("j"), new HashSet<long>());
        Assert.That((truth.Engine.DigestText(), truth.Counts.Starts), Is.EqualTo((second.Digest, 2)));
    }

    [Test]
    public void A_journal_of_more_data_is_continued_with_the_rest_of_them()
    {
        using var folder = new WorkFolder();
        Start(folder, StrategyText.Runs.With("data", "{generator: {minutes: 400}}"));
        folder.Write("s.yaml", StrategyText.Runs.With("data", "{generator: {minutes: 900}}").ToString());
        HostResult longer = HostProcess.Run(folder, Run).Succeeded();
        HostResult whole = HostProcess.Run(folder, "run", "s.yaml", "--journal", "whole").Succeeded();
        Assert.That(Fills(folder, "j"), Is.EqualTo(Fills(folder, "whole")).And.Not.Empty);
        Assert.That(longer.FinalSequence, Is.EqualTo(whole.FinalSequence + 8));
    }

    [TestCase("data", "{generator: {minutes: 400, seed: 2}}", "where the data give", "begin a new journal")]
    [TestCase("data", "{generator: {minutes: 300}}", "the data end before input", "begin a new journal")]
    [TestCase("parameters", "{fast_period: 2, slow_period: 8, position_size: 0.1}", "where the data give", "signals and strategy")]
    [TestCase("venue", "{latency_ms: 51}", "the log of a venue with other options", "begin a new journal")]
    public void What_the_journal_was_not_begun_with_is_refused_and_the_journal_stays_as_it_is(string key, string value, params string[] expected)
    {
        using var folder = new WorkFolder();
        HostResult first = Start(folder, StrategyText.Runs);
        folder.Write("s.yaml", StrategyText.Runs.With(key, value).ToString());
        HostResult other = HostProcess.Run(folder, Run);
        Assert.That(other.ExitCode, Is.EqualTo(2), other.Error);
        Assert.That(other.Output, Is.Empty);
        foreach (string part in expected)
        {
            Assert.That(other.Error, Does.Contain(part).And.StartsWith("error: ").And.Not.Contain(" at OrderPlatform."));
        }

        Assert.That(EngineTruth.Of(folder.PathOf("j"), new HashSet<long>()).Engine.DigestText(), Is.EqualTo(first.Digest));
    }

    [Test]
    public void The_journal_of_a_backtest_is_not_continued()
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.ToString());
        HostProcess.Run(folder, "backtest", "s.yaml", "--journal", "j").Succeeded();
        HostProcess.Run(folder, Run).WasRefused(2, "does not say where it came from", "begin a new journal");
    }

    [Test]
    public void A_state_file_and_a_journal_to_continue_contradict_each_other()
    {
        using var folder = new WorkFolder();
        Start(folder, StrategyText.Runs.With("state_file", "state.json").With("save_state_on_stop", "true"));
        HostProcess.Run(folder, [.. Run, "--resume-state"]).WasRefused(2, "--resume-state begins a new journal");
    }

    [Test]
    public void Limits_that_were_changed_meanwhile_hold_from_then_on_and_are_in_the_journal()
    {
        using var folder = new WorkFolder();
        Start(folder, StrategyText.Runs.With("data", "{generator: {minutes: 400}}").With("orders", "{mode: long_short}"));
        folder.Write("s.yaml", StrategyText.Runs.With("data", "{generator: {minutes: 900}}").With("orders", "{mode: long_short}")
            .With("risk_limits", "{max_order_size: 0.01}").ToString());
        HostProcess.Run(folder, Run).Succeeded();
        EngineTruth truth = EngineTruth.Of(folder.PathOf("j"), new HashSet<long>());
        Assert.That(truth.Engine.State.Strategies[0].Limits.MaximumOrderQuantity.Raw, Is.EqualTo(1_000_000));
        Assert.That(truth.Orders.Keys.Count(id => (id >> 46 & 0xFFF) == 1), Is.GreaterThan(1));
        Assert.That(truth.Orders.Where(order => (order.Key >> 46 & 0xFFF) == 2).Select(order => NewOrderDecoder.WrapForDecodeAndApplyHeader(order.Value).Quantity),
            Is.All.EqualTo(10_000_000), "only what closes the old position");
    }

    [Test]
    [Description("What a configuration no longer says is set back when a journal is continued: a record replaces the rules of its kind, no record replaces nothing")]
    public void Rules_that_were_taken_out_meanwhile_do_not_hold_on()
    {
        using var folder = new WorkFolder();
        Start(folder, StrategyText.Runs
            .With("data", "{generator: {minutes: 100}}").With("orders", "{mode: long_short, retry_attempts: 2}").With("signals", "{max_age_ms: 60000}")
            .With("exits", "{stop_loss_sd: 3, max_hold_hours: 1}").With("client_limits", "{max_open_orders: 7}").With("breakers", "{venue: {max_rejects: 5}}"));
        Strategy before = EngineTruth.Of(folder.PathOf("j"), new HashSet<long>()).Engine.State.Strategies[0];
        Assert.That((before.Execution.RetryAttempts, before.Exits.StopMode, before.Exits.StopLoss.Raw), Is.EqualTo(((byte)2, ExitMode.StandardDeviation, 300_000_000)));

        folder.Write("s.yaml", StrategyText.Runs.With("data", "{generator: {minutes: 150}}").With("exits", "{stop_loss: 0.02}").ToString());
        HostProcess.Run(folder, Run).Succeeded();
        EngineState state = EngineTruth.Of(folder.PathOf("j"), new HashSet<long>()).Engine.State;
        Strategy after = state.Strategies[0];
        Assert.That((after.Execution.RetryAttempts, after.SignalRules.MaximumAgeNanos), Is.EqualTo(((byte)0, 0L)));
        Assert.That((after.Exits.StopMode, after.Exits.StopLoss.Raw, after.Exits.MaximumHoldNanos), Is.EqualTo((ExitMode.Fixed, 2_000_000, 0L)));
        Assert.That((state.Clients[0].Limits.MaximumOpenOrders, state.Venues[0].Breaker.IsSet), Is.EqualTo((uint.MaxValue, false)));
    }

    [Test]
    public void A_damaged_log_of_the_venue_is_refused_by_file_and_offset()
    {
        using var folder = new WorkFolder();
        Start(folder, StrategyText.Runs);
        string segment = Directory.GetFiles(folder.PathOf("j/venue"), "*.journal").Single();
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[4_000] ^= 1;
        File.WriteAllBytes(segment, bytes);
        HostResult refused = HostProcess.Run(folder, Run);
        Assert.That((refused.ExitCode, refused.Output), Is.EqualTo((3, "")), refused.Error);
        Assert.That(refused.Error, Does.StartWith("error: ").And.Contain("venue").And.Contain("offset"));
    }

    private static HostResult Start(WorkFolder folder, StrategyText strategy)
    {
        folder.Write("s.yaml", strategy.ToString());
        return HostProcess.Run(folder, Run).Succeeded();
    }

    private static List<FillTruth> Fills(WorkFolder folder, string journal) =>
        [.. EngineTruth.Of(folder.PathOf(journal), new HashSet<long>()).Fills.Select(static fill => fill with { Order = 0 })];
}
