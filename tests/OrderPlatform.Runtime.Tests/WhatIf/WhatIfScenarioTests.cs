using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Tests.Golden;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>What-ifs of runs that differ in everything that decides the order of inputs.</summary>
internal sealed class WhatIfScenarioTests
{
    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void Without_a_change_a_backtest_is_what_was_recorded(object scenario)
    {
        var run = (Scenario)scenario;
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Runs.Backtest(run, journal);
        }

        RequireRecorded(Ask(folder, run));
    }

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void Without_a_change_a_live_run_in_lockstep_is_what_was_recorded(object scenario)
    {
        var run = (Scenario)scenario with { Minutes = 300 };
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Runs.Live(run, new Pace(true, null), journal);
        }

        RequireRecorded(Ask(folder, run));
    }

    [TestCaseSource(typeof(GoldenRun), nameof(GoldenRun.All))]
    public void A_golden_journal_has_an_empty_what_if_and_says_how_far_the_simulation_is_from_it(object golden)
    {
        var run = (GoldenRun)golden;
        using var folder = new JournalFolder();
        run.Record(Path.Combine(folder.Path, "journal"));
        WhatIfAnswer answer = Ask(folder, run.Scenario);
        Assert.That(answer.LeftOut.Reports > 0, Is.EqualTo(answer.Baseline.Orders > 0));

        // Orders that a restart found lost never reached their venue; in another world they do, since nothing is lost there.
        bool isRestarted = answer.Setup.Starts > 1;
        Assert.That(answer.Distance.IsIdentical, Is.EqualTo(!isRestarted));
        Assert.That(answer.Distance.Orders.Any(static order => order.Baseline?.Reason == ReasonCode.NeverAtVenue), Is.EqualTo(isRestarted));
        Assert.That(answer.Unknowable.Any(static text => text.Contains("is not what was recorded")), Is.EqualTo(isRestarted));
        Assert.That(answer.IsEmpty, Is.True);
    }

    private static WhatIfAnswer Ask(JournalFolder folder, Scenario scenario, params string[] changes) =>
        WhatIfRunner.Open(
            Path.Combine(folder.Path, "journal"), new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId },
                new ScenarioVenues(scenario.Venue())).Ask([.. changes.Select(SettingChange.Parse)]);

    private static void RequireRecorded(WhatIfAnswer answer)
    {
        Assert.That(answer.Distance.BaselineDigest, Is.EqualTo(answer.Distance.RecordedDigest));
        Assert.That(answer.Distance.Orders, Is.Empty);
        Assert.That(answer.IsEmpty, Is.True);
        Assert.That(answer.Baseline.Orders, Is.GreaterThan(0));
    }
}
