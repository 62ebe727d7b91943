using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class LatencyTests
{
    private const int Draws = 4000;

    [Test]
    public void A_constant_latency_is_added_on_both_ways()
    {
        VenueRun run = new VenueRun(DefaultOptions with { OrderLatency = LatencyOptions.Constant(50) }).Give(Quote(0, 99, 10, 101, 20))
            .Submit(Market(1, OrderSide.Buy, 1), 10).Finish();
        Assert.That(run.Reports.Select(r => r.TimeNanos), Is.EqualTo(new long[] { 110, 110 }));
    }

    [Test]
    public void The_way_back_can_have_its_own_latency()
    {
        VenueRun run = new VenueRun(DefaultOptions with { OrderLatency = LatencyOptions.Constant(50), ReportLatency = LatencyOptions.Constant(3) })
            .Submit(Market(1, OrderSide.Buy, 1), 10).Finish();
        Assert.That(run.Last.TimeNanos, Is.EqualTo(63));
    }

    [Test]
    public void A_normal_latency_has_its_mean_and_deviation() => AssertMoments(LatencyOptions.Normal(1_000_000, 100_000));

    [Test]
    public void A_log_normal_latency_has_its_mean_and_deviation() => AssertMoments(LatencyOptions.LogNormal(1_000_000, 400_000));

    [Test]
    public void A_normal_latency_is_cut_at_zero_and_an_order_still_takes_a_nanosecond()
    {
        double[] latencies = Latencies(DefaultOptions with { OrderLatency = LatencyOptions.Normal(0, 1000) });
        Assert.That(latencies.Min(), Is.EqualTo(1));
        Assert.That(latencies.Count(l => l == 1), Is.InRange(Draws * 0.45, Draws * 0.55));
    }

    [Test]
    public void No_latency_exceeds_an_hour()
    {
        LatencyOptions slow = LatencyOptions.LogNormal(LatencyOptions.MaximumNanos, LatencyOptions.MaximumNanos);
        double[] latencies = Latencies(DefaultOptions with { OrderLatency = slow });
        Assert.That(latencies.Max(), Is.EqualTo(LatencyOptions.MaximumNanos));
    }

    [Test]
    public void Reports_never_overtake_each_other()
    {
        VenueRun run = new(DefaultOptions with { ReportLatency = LatencyOptions.LogNormal(1_000_000, 5_000_000) });
        for (int i = 0; i < 500; i++)
        {
            run.Submit(Market((ulong)i, OrderSide.Buy, 1), i * 1000).Cancel((ulong)i, (i * 1000) + 10);
        }

        run.Finish();
        Assert.That(run.Reports, Has.Count.EqualTo(1000));
        Assert.That(run.Reports.Select(r => r.TimeNanos), Is.Ordered);
        Assert.That(run.StoryText().Replace("Accepted Cancelled", "", StringComparison.Ordinal).Trim(), Is.Empty);
    }

    [Test]
    public void Other_randomness_does_not_change_the_latencies()
    {
        SimulatedVenueOptions options = DefaultOptions with { OrderLatency = LatencyOptions.Normal(1_000_000, 100_000) };
        double[] plain = Latencies(options);
        Assert.That(Latencies(options with { FillProbability = R(0.5m), Slippage = SlippageModel.FixedRate(R(0.01m)) }), Is.EqualTo(plain));
        Assert.That(Latencies(options with { Seed = options.Seed + 1 }), Is.Not.EqualTo(plain));
    }

    private static void AssertMoments(LatencyOptions latency)
    {
        double[] latencies = Latencies(DefaultOptions with { OrderLatency = latency });
        double mean = latencies.Average();
        double deviation = Math.Sqrt(latencies.Average(l => (l - mean) * (l - mean)));
        Assert.That(mean, Is.EqualTo(latency.MeanNanos).Within(3).Percent);
        Assert.That(deviation, Is.EqualTo(latency.DeviationNanos).Within(8).Percent);
    }

    // The way back takes nothing, so the report of an order's arrival tells the latency of its way there.
    private static double[] Latencies(SimulatedVenueOptions options)
    {
        VenueRun run = new(options with { ReportLatency = LatencyOptions.Constant(0) });
        run.Give(Quote(0, 99, 10, 101, Draws));
        long gap = 2 * LatencyOptions.MaximumNanos;
        for (int i = 1; i <= Draws; i++)
        {
            run.Submit(Market((ulong)i, OrderSide.Buy, 1, VenueTimeInForce.ImmediateOrCancel), i * gap);
        }

        return [.. run.Finish().Reports.Where(r => r.Kind == VenueReportKind.Accepted).Select(r => (double)(r.TimeNanos - ((long)r.ClientOrderId * gap)))];
    }
}
