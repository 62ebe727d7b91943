using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Generator;

/// <summary>
/// The market as best bid and ask. Two quotes a trade: one at its time, against which it happened (its price and at least its quantity at
/// the side that it took), and one half way to the next trade, with what came instead.
/// </summary>
internal sealed class TopOfBookSource(MarketGeneratorOptions options) : IMarketDataSource
{
    private const double WiderChance = 0.2;
    private const double SizeDeviation = 1.2;

    private readonly MinuteModel _model = new(options);
    private readonly MinuteTape _tape = new(options);
    private readonly Prng _prng = Prng.ForPart(options.Seed, 3);
    private readonly double _typicalSteps = (double)options.MeanVolume.Raw / options.QuantityStep.Raw / 20;
    private int _next;
    private bool _isAfterTrade;

    public string Description => $"generated top of book, seed {options.Seed}";

    public long CountHint => -1;

    public bool TryRead(out MarketEvent marketEvent)
    {
        if (_isAfterTrade)
        {
            _isAfterTrade = false;
            marketEvent = Between(_tape.Trades[_next - 1]);
            return true;
        }

        while (_next == _tape.Trades.Length)
        {
            if (!_model.Next())
            {
                marketEvent = default;
                return false;
            }

            _tape.Fill(_model);
            _next = 0;
        }

        TapeTrade trade = _tape.Trades[_next++];
        _isAfterTrade = true;
        marketEvent = Quote(trade.OffsetNanos, trade.IsBuy, trade.PriceTicks, trade.Steps);
        return true;
    }

    public void Dispose()
    {
    }

    private MarketEvent Between(TapeTrade trade)
    {
        long nextOffset = _next < _tape.Trades.Length ? _tape.Trades[_next].OffsetNanos : MinuteModel.MinuteNanos;
        return Quote(trade.OffsetNanos + ((nextOffset - trade.OffsetNanos) / 2), trade.IsBuy, trade.PriceTicks, 0);
    }

    /// <summary>A quote whose ask (if the taker buys) or bid is the price, and whose other side is a spread away, but at least one tick above zero.</summary>
    private MarketEvent Quote(long offsetNanos, bool isBuy, long priceTicks, long stepsAtLeast)
    {
        long spread = 1;
        while (spread < 20 && _prng.NextDouble() < WiderChance)
        {
            spread++;
        }

        long bid = isBuy ? Math.Max(1, priceTicks - spread) : priceTicks;
        long ask = isBuy ? priceTicks : priceTicks + spread;
        long taken = stepsAtLeast + Size();
        long other = Size();
        long tick = options.PriceTick.Raw;
        long step = options.QuantityStep.Raw;
        return MarketEvent.TopOfBook(
            _model.OpenTimeNanos + offsetNanos,
            new Price(bid * tick), new Quantity((isBuy ? other : taken) * step),
            new Price(ask * tick), new Quantity((isBuy ? taken : other) * step));
    }

    private long Size() => 1 + (long)(_typicalSteps * PortableMath.Exp(SizeDeviation * _prng.NextNormal()));
}
