using OrderPlatform.Journal;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Tests.EventStreams;
using OrderPlatform.Runtime.Tests.Golden;

namespace OrderPlatform.Runtime.Tests.Explanations;

/// <summary>Every order and every rejection has its whole chain (N4).</summary>
internal sealed class CompleteChainTests
{
    private const int MissingShown = 10;

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void Every_order_and_rejection_of_a_run_has_its_whole_chain(Scenario scenario)
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Runs.Backtest(scenario, journal);
        }

        IsComplete(Path.Combine(folder.Path, "journal"), scenario.Name);
    }

    [TestCaseSource(typeof(GoldenRun), nameof(GoldenRun.All))]
    public void Every_order_and_rejection_of_a_golden_journal_has_its_whole_chain(GoldenRun run) => IsComplete(Path.Combine(GoldenDigests.Folder, run.Name), run.Name);

    [Test]
    public void Every_order_and_rejection_of_random_trading_by_three_clients_has_its_whole_chain([Values(1, 2, 3, 4, 5)] int seed)
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            var trading = new RandomTrading(seed, journal);
            for (int step = 0; step < 5_000; step++)
            {
                trading.Step();
            }
        }

        IsComplete(Path.Combine(folder.Path, "journal"), $"seed {seed}");
    }

    [Test]
    public void Every_order_and_rejection_of_rich_trading_has_its_whole_chain([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            RichTrading.Record(seed, journal, 4_000);
        }

        IsComplete(Path.Combine(folder.Path, "journal"), $"seed {seed}");
    }

    private static void IsComplete(string journal, string what)
    {
        FactIndex index = FactCollector.Of(journal).Index();
        var check = ExplanationCheck.Of(index);
        TestContext.Out.WriteLine($"{what}: {check.Orders} orders, {check.Refusals} refusals, {check.Signals} signals, {check.Trades} rounds, {index.Count} facts");
        Assert.That(check.Orders + check.Refusals, Is.GreaterThan(0), what);
        Assert.That(check.Missing.Take(MissingShown), Is.Empty, what);
    }
}
