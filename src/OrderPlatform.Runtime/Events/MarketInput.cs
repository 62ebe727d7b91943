using OrderPlatform.Engine;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Events;

/// <summary>Market data as subscribers get them: only what the engine took, so that nobody has to repeat its checks.</summary>
internal static class MarketInput
{
    /// <summary>Whether an input is market data, and the engine's market is as it says.</summary>
    /// <param name="state">The engine after it.</param>
    /// <param name="input">The message, which its decoder fits.</param>
    public static bool IsTaken(EngineState state, ReadOnlySpan<byte> input)
    {
        if (!MessageHeader.TryRead(input, out MessageHeader header))
        {
            return false;
        }

        switch (header.TemplateId)
        {
            case MarketTradeDecoder.TemplateId when MarketTradeDecoder.TryWrap(input, out MarketTradeDecoder trade):
                return TryFind(state, trade.InstrumentId, out Instrument traded) && traded.Mark.Raw == trade.Price;
            case TopOfBookDecoder.TemplateId when TopOfBookDecoder.TryWrap(input, out TopOfBookDecoder book):
                return TryFind(state, book.InstrumentId, out Instrument quoted) && quoted.Bid.Raw == book.BidPrice && quoted.Ask.Raw == book.AskPrice
                    && quoted.Mark.Raw == (book.BidPrice + book.AskPrice + 1) / 2;
            case BarDecoder.TemplateId when BarDecoder.TryWrap(input, out BarDecoder bar):
                return TryFind(state, bar.InstrumentId, out Instrument priced) && priced.Mark.Raw == bar.Close;
            case FundingRateDecoder.TemplateId when FundingRateDecoder.TryWrap(input, out FundingRateDecoder funding):
                return state.Instruments.TryFind(funding.InstrumentId, out _);
            default:
                return false;
        }
    }

    private static bool TryFind(EngineState state, uint instrumentId, out Instrument instrument)
    {
        bool found = state.Instruments.TryFind(instrumentId, out int row);
        instrument = found ? state.Instruments[row] : default;
        return found;
    }
}
