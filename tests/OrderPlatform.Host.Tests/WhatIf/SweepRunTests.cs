using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Host.Tests.WhatIf;

/// <summary>A sweep is as many single runs (N9).</summary>
internal sealed class SweepRunTests
{
    private static readonly WhatIfWorld World = new();

    [OneTimeTearDown]
    public void Remove() => World.Dispose();

    [TestCase("strategies.test.risk.max_daily_loss=5..500", 100, true)]
    [TestCase("clients.ikenna.risk.max_position_fraction=0.05..0.15", 10, true)]
    [TestCase("venue.latency_ms=0..99", 5, false)]
    [TestCase("strategies.test.exits.stop_loss=0.001..0.02", 5, true)]
    public void A_sweep_equals_single_runs_field_by_field(string range, int count, bool hasNone)
    {
        SweepRange values = SweepRange.Parse(range, count);
        SweepAnswer sweep = new SweepRunner(World.Runner).Run(values, []);
        Assert.That(sweep.Rows, Has.Count.EqualTo(count));
        for (int i = 0; i < count; i++)
        {
            IReadOnlyList<SettingChange> reference = hasNone ? [new SettingChange(values.Path, SettingChange.None)] : [];
            WhatIfAnswer single = World.Runner.Compare(reference, [values.At(i)]);
            SweepRow row = sweep.Rows[i];
            Assert.Multiple(() =>
            {
                Assert.That(row.Value, Is.EqualTo(values.Values[i]));
                RequireAlike(row.Totals, single.Changed, values.At(i).ToString());
                RequireAlike(sweep.ReferenceTotals, single.Baseline, "reference");
                Assert.That(row.FirstBreach, Is.EqualTo(single.Steps.Count > 0 ? single.Steps[0].Place : null), values.At(i).ToString());
                Assert.That(row.Breach, Is.EqualTo(single.Steps.Count > 0 ? single.Steps[0].Any : null), values.At(i).ToString());
            });
        }
    }

    [Test]
    public void The_number_of_threads_changes_nothing()
    {
        SweepRange values = SweepRange.Parse("strategies.test.risk.max_daily_loss=50..500..50", null);
        SweepAnswer one = new SweepRunner(World.Runner) { Threads = 1 }.Run(values, []);
        SweepAnswer several = new SweepRunner(World.Runner) { Threads = 4 }.Run(values, []);
        for (int i = 0; i < values.Values.Count; i++)
        {
            RequireAlike(one.Rows[i].Totals, several.Rows[i].Totals, values.Values[i]);
            Assert.That(one.Rows[i].FirstBreach, Is.EqualTo(several.Rows[i].FirstBreach));
        }
    }

    [Test]
    public void More_values_than_one_reading_takes_are_taken_by_several()
    {
        const int Count = SweepRunner.WorldsMax + 3;
        SweepRange values = SweepRange.Parse("strategies.test.risk.max_daily_loss=100..500", Count);
        SweepAnswer sweep = new SweepRunner(World.Runner).Run(values, []);
        Assert.That(sweep.Rows, Has.Count.EqualTo(Count));
        WhatIfAnswer last = World.Runner.Compare([new SettingChange(values.Path, SettingChange.None)], [values.At(Count - 1)]);
        RequireAlike(sweep.Rows[^1].Totals, last.Changed, "last");
        Assert.That(sweep.Rows[^1].FirstBreach, Is.EqualTo(last.Steps[0].Place));
    }

    [Test]
    public void A_limit_that_is_looser_never_breaches_before_one_that_is_tighter()
    {
        SweepAnswer sweep = new SweepRunner(World.Runner).Run(SweepRange.Parse("strategies.test.risk.max_daily_loss=5..500", 100), []);
        long before = 0;
        foreach (SweepRow row in sweep.Rows)
        {
            long breach = row.FirstBreach?.Sequence ?? long.MaxValue;
            Assert.That(breach, Is.GreaterThanOrEqualTo(before), row.Value);
            before = breach;
        }
    }

    [Test]
    public void A_chart_is_one_file_that_needs_nothing_else()
    {
        SweepAnswer sweep = new SweepRunner(World.Runner).Run(SweepRange.Parse("strategies.test.risk.max_daily_loss=100..500..100", null), []);
        using var text = new StringWriter();
        SweepChart.Write(text, sweep);
        var svg = System.Xml.Linq.XDocument.Parse(text.ToString());
        Assert.That(svg.Root!.Name.LocalName, Is.EqualTo("svg"));
        Assert.That(svg.Descendants().Count(static one => one.Name.LocalName == "polyline"), Is.EqualTo(3));
        Assert.That(text.ToString().Replace("http://www.w3.org/2000/svg", ""), Does.Not.Contain("http").And.Not.Contain("NaN"));
    }

    private static void RequireAlike(WorldTotals row, WorldTotals single, string what)
    {
        Assert.That(row.OutputDigest, Is.EqualTo(single.OutputDigest), what);
        Assert.That(row.Orders, Is.EqualTo(single.Orders), what);
        Assert.That(row.Fills, Is.EqualTo(single.Fills), what);
        Assert.That(row.Refusals, Is.EqualTo(single.Refusals), what);
        Assert.That(row.RefusalsByReason, Is.EqualTo(single.RefusalsByReason), what);
        Assert.That(row.Rejected, Is.EqualTo(single.Rejected), what);
        Assert.That(row.Decisions, Is.EqualTo(single.Decisions), what);
        Assert.That(row.Drawdown, Is.EqualTo(single.Drawdown), what);
        Assert.That(row.Clients, Is.EqualTo(single.Clients), what);
        Assert.That(row.All, Is.EqualTo(single.All), what);
    }
}
