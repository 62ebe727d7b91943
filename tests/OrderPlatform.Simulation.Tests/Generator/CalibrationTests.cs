using OrderPlatform.Simulation.Generator;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Tests.Generator;

/// <summary>Generated months lie among the real ones.</summary>
internal sealed class CalibrationTests
{
    /// <summary>How far outside the range of the real months a figure may lie, as a share of that range's ends.</summary>
    private const double Margin = 0.15;

    private static readonly (string Name, Func<MarketStatistics, double> Of)[] Figures =
    [
        ("deviation", s => s.Deviation),
        ("kurtosis", s => s.Kurtosis),
        ("memory at lag 1", s => s.Memory1),
        ("memory at lag 10", s => s.Memory10),
        ("memory at lag 60", s => s.Memory60),
        ("range ratio", s => s.RangeRatio),
        ("zero share", s => s.ZeroShare),
        ("jumps a day", s => s.JumpsPerDay),
        ("hour ratio", s => s.HourRatio),
        ("volume mean over median", s => s.VolumeSkew),
        ("volume correlation", s => s.VolumeCorrelation),
    ];

    [Test]
    public void Generated_months_lie_among_the_real_ones()
    {
        MarketStatistics[] real = [.. Directory.GetFiles(ReferenceFolder.PathOf("market"), "klines_1m_*").Order().Select(OfFile)];
        MarketStatistics[] generated =
        [
            OfMarket("generated Bitcoin, seed 1", MarketGeneratorOptions.ForBitcoin()),
            OfMarket("generated Ether, seed 2", MarketGeneratorOptions.ForEther()),
            OfMarket("generated Bitcoin, seed 11", MarketGeneratorOptions.ForBitcoin() with { Seed = 11 }),
            OfMarket("generated Bitcoin, seed 12", MarketGeneratorOptions.ForBitcoin() with { Seed = 12 }),
            OfMarket("generated Ether, seed 13", MarketGeneratorOptions.ForEther() with { Seed = 13 }),
        ];
        TestContext.Out.WriteLine(string.Join('\n', [MarketStatistics.Heading, .. real.Select(s => s.Row), .. generated.Select(s => s.Row)]));
        Assert.That(real, Has.Length.EqualTo(8));
        using (Assert.EnterMultipleScope())
        {
            foreach ((string name, Func<MarketStatistics, double> of) in Figures)
            {
                double low = real.Min(of) * (1 - Margin);
                double high = real.Max(of) * (1 + Margin);
                foreach (MarketStatistics month in generated)
                {
                    Assert.That(of(month), Is.InRange(low, high), $"{name} of {month.Name}");
                }
            }
        }
    }

    [Test]
    public void Deviation_and_volume_of_a_long_market_are_those_asked_for()
    {
        double[] deviations = new double[8];
        double[] volumes = new double[8];
        for (int i = 0; i < 8; i++)
        {
            MarketGeneratorOptions options = MarketGeneratorOptions.ForBitcoin() with { Seed = 100 + (ulong)i };
            MarketStatistics month = OfMarket("", options);
            deviations[i] = month.Deviation / 10_000 / options.MinuteVolatility;
            volumes[i] = month.VolumeMean * 1e8 / options.MeanVolume.Raw;
        }

        TestContext.Out.WriteLine($"mean square deviation over asked {Math.Sqrt(deviations.Average(d => d * d)):F3}, mean volume over asked {volumes.Average():F3}");
        Assert.That(Math.Sqrt(deviations.Average(d => d * d)), Is.InRange(0.85, 1.15));
        Assert.That(volumes.Average(), Is.InRange(0.85, 1.15));
    }

    private static MarketStatistics OfFile(string path)
    {
        using MarketDataFile file = MarketDataFiles.Open(path);
        return MarketStatistics.Of(Path.GetFileName(path)["klines_1m_binance_".Length..^".csv.gz".Length], file);
    }

    private static MarketStatistics OfMarket(string name, MarketGeneratorOptions options)
    {
        using IMarketDataSource bars = MarketGenerator.OpenBars(options);
        return MarketStatistics.Of(name, bars);
    }
}
