using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

internal sealed class VenueOptionsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        SimulatedVenueOptions good = DefaultOptions;
        VenueInstrument instrument = DefaultInstrument;
        yield return Case(good with { Instruments = [] }, "Instruments is 0; allowed: at least one");
        yield return Case(good with { Instruments = [instrument, instrument] }, "Instruments is 7; allowed: distinct instrument ids");
        yield return Case(good with { Instruments = [instrument with { Tick = P(-1) }] }, "instrument 7: Tick is -1; it must be 0 (not applied) or above");
        yield return Case(
            good with { Instruments = [instrument with { MinimumQuantity = Q(3), MaximumQuantity = Q(2) }] },
            "instrument 7: MaximumQuantity is 2; it must be 0 (not applied) or at least MinimumQuantity (3)");
        yield return Case(good with { MakerFee = R(-1.01m) }, "MakerFee is -1.01; allowed: -1 to 1");
        yield return Case(good with { TakerFee = R(1.01m) }, "TakerFee is 1.01; allowed: -1 to 1");
        yield return Case(good with { FillRatio = R(0) }, "FillRatio is 0; allowed: above 0 to 1");
        yield return Case(good with { FillProbability = R(1.5m) }, "FillProbability is 1.5; allowed: 0 to 1");
        yield return Case(good with { Participation = R(0) }, "Participation is 0; allowed: above 0 to 1");
        yield return Case(good with { Slippage = null! }, "Slippage is null; allowed: a model");
        yield return Case(good with { OrderLatency = LatencyOptions.Constant(-1) }, "OrderLatency.MeanNanos is -1; allowed: 0 to 3600000000000");
        yield return Case(good with { OrderLatency = default }, "OrderLatency.Distribution is 0; allowed: Constant, Normal or LogNormal");
        yield return Case(good with { ReportLatency = LatencyOptions.LogNormal(0, 1) }, "ReportLatency.MeanNanos is 0; allowed: 1 to");
        yield return Case(good with { ReportLatency = LatencyOptions.Normal(5, -1) }, "ReportLatency.DeviationNanos is -1; allowed: 0 to");
        yield return Case(
            good with { ReportLatency = new LatencyOptions(LatencyDistribution.Constant, 5, 1) },
            "ReportLatency.DeviationNanos is 1; allowed: 0 to 0");
        yield return Case(good with { BarPath = (BarPathRule)9 }, "BarPath is 9; allowed: a defined rule");
        yield return Case(good with { MaxQuoteAgeNanos = -1 }, "MaxQuoteAgeNanos is -1; allowed: 0 or above");
        yield return Case(good with { MaxOpenOrders = 0 }, "MaxOpenOrders is 0; allowed: 1 to 1000000");
        yield return Case(good with { MaxCommandsInFlight = 0 }, "MaxCommandsInFlight is 0; allowed: 1 to 1000000");
        yield return Case(good with { MaxReportsInFlight = 0 }, "MaxReportsInFlight is 0; allowed: 1 to 10000000");
        yield return Case(good with { MaxClosedOrders = 0 }, "MaxClosedOrders is 0; allowed: 1 to 10000000");
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_option_is_refused_by_name_value_and_range(SimulatedVenueOptions options, string message) =>
        Assert.That(() => new SimulatedVenue(options), Throws.ArgumentException.With.Message.Contains(message));

    [Test]
    public void A_slippage_rate_outside_its_range_is_refused()
    {
        Assert.That(() => SlippageModel.FixedRate(R(1.01m)), Throws.ArgumentException.With.Message.Contains("rate is 1.01; allowed: 0 to 1"));
        Assert.That(() => SlippageModel.Volume(R(-0.01m)), Throws.ArgumentException.With.Message.Contains("rateAtWholeVolume is -0.01"));
        Assert.That(() => SlippageModel.HalfSpread(-1), Throws.ArgumentException.With.Message.Contains("ticks is -1; allowed: 0 to 1000000"));
    }

    private static TestCaseData Case(SimulatedVenueOptions options, string message) => new TestCaseData(options, message).SetArgDisplayNames(message);
}
