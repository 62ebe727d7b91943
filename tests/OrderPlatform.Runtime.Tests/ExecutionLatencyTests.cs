using OrderPlatform.Analytics;
using OrderPlatform.HdrHistogram;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Tests;

/// <summary>The reports' execution latency (R93, R95), beside a naive recomputation from orders and fills.</summary>
[TestFixture]
internal sealed class ExecutionLatencyTests
{
    private const int Digits = 3;

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void The_time_to_the_first_fill_is_that_of_the_fills(Scenario scenario)
    {
        RunResult run = Runs.Backtest(scenario);
        Dictionary<ulong, long> decided = run.Orders.ToDictionary(static order => order.ClientOrderId, static order => order.DecidedAtNanos);
        var naive = new LongHistogram(86_400_000_000_000, Digits) { AutoResize = true };
        foreach (IGrouping<ulong, FillRecord> fills in run.Record.Fills.GroupBy(static fill => fill.ClientOrderId))
        {
            naive.RecordValue(fills.Min(static fill => fill.TimeNanos) - decided[fills.Key]);
        }

        Assert.That(naive.TotalCount, Is.Positive, "a scenario that fills nothing tests nothing");
        LongHistogram told = run.Record.FillLatencyNanos!;
        Assert.That(told.RecordedValues().Select(static one => (one.ValueIteratedTo, one.CountAtValueIteratedTo)),
            Is.EqualTo(naive.RecordedValues().Select(static one => (one.ValueIteratedTo, one.CountAtValueIteratedTo))).AsCollection);
    }

    [Test]
    public void A_venue_with_a_constant_latency_answers_all_orders_after_it()
    {
        const long LatencyNanos = 50_000_000;
        RunRecord run = Runs.Backtest(new Scenario { Latency = LatencyOptions.Constant(LatencyNanos) }).Record;
        LongHistogram answers = run.AnswerLatencyNanos!;
        Assert.That(answers.TotalCount, Is.EqualTo(run.OrdersSent));
        Assert.That(answers.GetValueAtPercentile(0), Is.EqualTo(answers.LowestEquivalentValue(2 * LatencyNanos)), "there and back");
        Assert.That(answers.GetMaxValue(), Is.EqualTo(answers.HighestEquivalentValue(2 * LatencyNanos)));
    }
}
