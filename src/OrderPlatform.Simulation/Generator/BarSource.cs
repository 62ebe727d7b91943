using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Generator;

/// <summary>The market as bars.</summary>
internal sealed class BarSource(MarketGeneratorOptions options) : IMarketDataSource
{
    private readonly MinuteModel _model = new(options);

    public string Description => $"generated bars, seed {options.Seed}";

    public long CountHint => options.OutagesPerMonth > 0 ? -1 : options.DurationMinutes;

    public bool TryRead(out MarketEvent marketEvent)
    {
        bool hasNext = _model.Next();
        marketEvent = hasNext ? _model.Bar() : default;
        return hasNext;
    }

    public void Dispose()
    {
    }
}
