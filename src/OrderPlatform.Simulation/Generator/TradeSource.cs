using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Simulation.Generator;

/// <summary>The market as trades.</summary>
internal sealed class TradeSource(MarketGeneratorOptions options) : IMarketDataSource
{
    private readonly MinuteModel _model = new(options);
    private readonly MinuteTape _tape = new(options);
    private int _next;
    private ulong _tradeId;

    public string Description => $"generated trades, seed {options.Seed}";

    public long CountHint => -1;

    public bool TryRead(out MarketEvent marketEvent)
    {
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

        ref readonly TapeTrade trade = ref _tape.Trades[_next++];
        marketEvent = MarketEvent.Trade(
            _model.OpenTimeNanos + trade.OffsetNanos,
            new Price(trade.PriceTicks * options.PriceTick.Raw),
            new Quantity(trade.Steps * options.QuantityStep.Raw),
            trade.IsBuy ? Aggressor.Buy : Aggressor.Sell,
            ++_tradeId);
        return true;
    }

    public void Dispose()
    {
    }
}
