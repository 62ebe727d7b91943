using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Host.Tests.WhatIf;

/// <summary>What-ifs of whole runs (N3): of the README's sample, and of a real month.</summary>
internal sealed class WhatIfRunTests
{
    private static string Sample => Path.Combine(AppContext.BaseDirectory, "samples", "btc-ma-cross.yaml");

    [Test]
    public void No_change_is_an_empty_what_if_and_the_baseline_is_the_recorded_run_to_the_last_byte()
    {
        using var folder = new WorkFolder();
        Record(folder.PathOf("journal"), null);
        System.Diagnostics.Stopwatch w = System.Diagnostics.Stopwatch.StartNew();
        WhatIfRunner runner = WhatIfRunner.Open(folder.PathOf("journal"), new JournalReaderOptions(), new VenueText());
        TestContext.Out.WriteLine($"open {w.Elapsed}");
        WhatIfAnswer answer = runner.Ask([]);
        TestContext.Out.WriteLine($"ask {w.Elapsed} {answer.Distance.RecordedDigest} {answer.Distance.BaselineDigest} orders {answer.Baseline.Orders} {answer.Distance.Orders.Count}");
        foreach (OrderDifference d in answer.Distance.Orders.Take(5))
        {
            TestContext.Out.WriteLine($"{d.Kind} {d.Place} {d.Any.Cause} {d.Any.Status} {d.Any.Reason}");
        }

        foreach (string c in (string[])["strategies.btc_ma_cross_v1.risk.max_position_size=0.05", "strategies.btc_ma_cross_v1.risk.max_daily_loss=200", "clients.ikenna.risk.max_position_fraction=0.05", "venue.latency_ms=100", "venue.maker_fee=0.0002", "venue.taker_fee=0.0004"])
        {
            WhatIfAnswer other = runner.Ask([SettingChange.Parse(c)]);
            TestContext.Out.WriteLine($"{w.Elapsed} {c}: orders {other.Baseline.Orders} -> {other.Changed.Orders}, refusals {other.Changed.Refusals}, net {other.Baseline.All.Net} -> {other.Changed.All.Net} dd {other.Changed.Drawdown}; steps {other.Steps.Count}, differences {other.Orders.Count}, first {other.First}");
            foreach (StepDifference d in other.Steps.Take(6))
            {
                TestContext.Out.WriteLine($"   {d}");
            }

            foreach (OrderDifference d in other.Orders.Take(3))
            {
                TestContext.Out.WriteLine($"   {d.Kind} {d.Place} direct {d.IsDirect} step {d.StepIndex}");
            }
        }

        w.Restart();
        SweepAnswer sweep = new SweepRunner(runner).Run(SweepRange.Parse("strategies.btc_ma_cross_v1.risk.max_daily_loss=10..1000..10", null), []);
        TestContext.Out.WriteLine($"sweep {sweep.Rows.Count} {w.Elapsed}, working set {Environment.WorkingSet >> 20} MiB, managed {GC.GetTotalMemory(true) >> 20} MiB; limits {runner.Setup.LanesLimits}");
        foreach (SweepRow row in sweep.Rows.Where((_, i) => i % 10 == 0))
        {
            TestContext.Out.WriteLine($"{row.Value} {row.Totals.Orders} {row.Totals.Fills} {row.Totals.Refusals} {row.FirstBreach} {row.Breach?.Reason} {row.Totals.All.Net} {row.Totals.Drawdown}");
        }

        Assert.That(answer.IsEmpty, Is.True);
        Assert.That(answer.Distance.BaselineDigest, Is.EqualTo(answer.Distance.RecordedDigest));
    }

    private static void Record(string journal, string? data)
    {
        using RunParts parts = RunParts.Create(Sample, data, null);
        using JournalWriter writer = JournalWriter.Create(journal, JournalPlaces.Options());
        parts.NewBacktest(writer, null).Run(null, CancellationToken.None);
    }
}
