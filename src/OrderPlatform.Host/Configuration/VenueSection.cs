using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section venue: fees, slippage, latency and fills of the simulated venue (R38, R51, R138 to R142, D11, D12).</summary>
/// <param name="Options">The venue's options.</param>
/// <param name="Setup">What the engine knows of the venue.</param>
internal sealed record VenueSection(SimulatedVenueOptions Options, VenueSetup Setup)
{
    private const long HourMillis = 3_600_000;
    private const long NanosPerMilli = 1_000_000;

    public static VenueSection Read(YamlSection root, InstrumentSetup instrument, string name)
    {
        YamlSection section = root.Section("venue");
        LatencyOptions latency = ReadLatency(section, "latency_ms", "latency_sd_ms", 50 * FixedPoint.One);
        var options = new SimulatedVenueOptions
        {
            Seed = (ulong)section.Integer("seed", 1, 0, long.MaxValue),
            Instruments = [Rules(instrument)],
            MakerFee = new Ratio(section.Number("maker_fee", FixedPoint.One / 1_000, -FixedPoint.One / 10, FixedPoint.One / 10)),
            TakerFee = new Ratio(section.Number("taker_fee", FixedPoint.One / 1_000, -FixedPoint.One / 10, FixedPoint.One / 10)),
            Slippage = ReadSlippage(section),
            OrderLatency = latency,
            ReportLatency = ReadReportLatency(section),
            FillRatio = new Ratio(section.Number("fill_ratio", FixedPoint.One, 1, FixedPoint.One)),
            FillProbability = new Ratio(section.Number("fill_probability", FixedPoint.One, 0, FixedPoint.One)),
            Participation = new Ratio(section.Number("participation", FixedPoint.One, 1, FixedPoint.One)),
            BarPath = section.Choice("bar_path", BarPathRule.NearestExtremeFirst, ("nearest_extreme_first", BarPathRule.NearestExtremeFirst), ("adverse_extreme_first", BarPathRule.AdverseExtremeFirst)),
            TouchFills = section.Flag("touch_fills", false),
            MaxQuoteAgeNanos = section.Integer("max_quote_age_ms", 5_000, 1, HourMillis) * NanosPerMilli,
        };
        var fees = FeeSection.Read(section, instrument.Kind == InstrumentKind.Spot);
        bool isRates = fees.Model is null;
        VenueSetup setup = VenueRulesSection.Read(section, name, isRates ? options.MakerFee : fees.Maker, isRates ? options.TakerFee : fees.Taker);
        section.End();
        VenueFeatures features = setup.Features | (fees.Commission?.Asset is CommissionAsset.Base or CommissionAsset.Received ? VenueFeatures.FeeFromReceived : 0);
        options = options with { DayEndNanos = setup.DayEndNanos, Fees = fees.Model, Commission = fees.Commission };
        return new VenueSection(options, setup with { Features = features });
    }

    private static VenueInstrument Rules(InstrumentSetup instrument) => new()
    {
        InstrumentId = instrument.Id,
        Tick = instrument.PriceTick,
        Step = instrument.QuantityStep,
        MinimumQuantity = instrument.MinimumQuantity ?? Quantity.Zero,
        MaximumQuantity = instrument.MaximumQuantity ?? Quantity.Zero,
        MinimumNotional = instrument.MinimumNotional ?? Money.Zero,
        MaximumNotional = instrument.MaximumNotional ?? Money.Zero,
    };

    private static SlippageModel ReadSlippage(YamlSection section)
    {
        Ratio? rate = OrderSections.BasisPoints(section, "slippage_bps");
        string model = section.Choice("slippage_model", rate is null ? "none" : "fixed",
            ("none", "none"), ("fixed", "fixed"), ("volume", "volume"), ("spread", "spread"), ("hybrid", "hybrid"));
        int ticks = (int)section.Integer("slippage_ticks", 1, 0, 10_000);
        section.OnlyWith("slippage_bps", model is "fixed" or "volume" or "hybrid", "slippage_model fixed, volume or hybrid");
        section.OnlyWith("slippage_ticks", model is "spread" or "hybrid", "slippage_model spread or hybrid");
        return model switch
        {
            "fixed" => SlippageModel.FixedRate(rate ?? default),
            "volume" => SlippageModel.Volume(rate ?? default),
            "spread" => SlippageModel.HalfSpread(ticks),
            "hybrid" => SlippageModel.Hybrid(SlippageModel.Volume(rate ?? default), SlippageModel.HalfSpread(ticks)),
            _ => SlippageModel.None,
        };
    }

    private static LatencyOptions? ReadReportLatency(YamlSection section)
    {
        bool isGiven = section.Has("report_latency_ms");
        section.OnlyWith("report_latency_sd_ms", isGiven, "report_latency_ms");
        if (!isGiven)
        {
            section.Text("report_latency_ms");
        }

        return isGiven ? ReadLatency(section, "report_latency_ms", "report_latency_sd_ms", 0) : null;
    }

    private static LatencyOptions ReadLatency(YamlSection section, string mean, string deviation, long fallbackRaw)
    {
        long meanNanos = Nanos(section.Number(mean, fallbackRaw, 0, HourMillis * FixedPoint.One));
        long deviationNanos = Nanos(section.Number(deviation, 0, 0, HourMillis * FixedPoint.One));
        LatencyDistribution distribution = section.Choice("latency_distribution", LatencyDistribution.Constant,
            ("constant", LatencyDistribution.Constant), ("normal", LatencyDistribution.Normal), ("log_normal", LatencyDistribution.LogNormal));
        section.OnlyWith(deviation, distribution != LatencyDistribution.Constant, "latency_distribution normal or log_normal");
        if (distribution == LatencyDistribution.LogNormal && meanNanos == 0)
        {
            throw section.Wrong(mean, "is 0; with latency_distribution log_normal it must be above 0");
        }

        return new LatencyOptions(distribution, meanNanos, deviationNanos);
    }

    // Milliseconds times 1e8 are nanoseconds times 100.
    private static long Nanos(long millisRaw) => millisRaw / 100;
}
