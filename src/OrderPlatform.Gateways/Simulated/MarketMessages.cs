using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Gateways.Simulated;

/// <summary>Encodes market events as inputs, into a caller's buffer; each returns the length with the header.</summary>
public static class MarketMessages
{
    /// <summary>A whole market event.</summary>
    public static int Encode(Span<byte> buffer, uint instrumentId, in MarketEvent marketEvent) => marketEvent.Kind switch
    {
        MarketEventKind.Bar => BarClosed(buffer, instrumentId, marketEvent),
        MarketEventKind.Trade => Trade(buffer, instrumentId, marketEvent),
        _ => TopOfBook(buffer, instrumentId, marketEvent),
    };

    /// <summary>The market event that was encoded; none in other messages.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> message, out uint instrumentId, out MarketEvent marketEvent)
    {
        instrumentId = 0;
        marketEvent = default;
        if (BarDecoder.TryWrap(message, out BarDecoder bar))
        {
            instrumentId = bar.InstrumentId;
            marketEvent = MarketEvent.Bar(
                bar.OpenTimeNanos, bar.CloseTimeNanos, new Price(bar.Open), new Price(bar.High), new Price(bar.Low), new Price(bar.Close),
                new Quantity(bar.Volume));
            return true;
        }

        if (MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder trade))
        {
            instrumentId = trade.InstrumentId;
            marketEvent = MarketEvent.Trade(
                trade.VenueTimeNanos, new Price(trade.Price), new Quantity(trade.Quantity), (Aggressor)trade.Aggressor, trade.TradeId);
            return true;
        }

        if (!TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder book))
        {
            return false;
        }

        instrumentId = book.InstrumentId;
        marketEvent = MarketEvent.TopOfBook(
            book.VenueTimeNanos, new Price(book.BidPrice), new Quantity(book.BidQuantity), new Price(book.AskPrice), new Quantity(book.AskQuantity));
        return true;
    }

    /// <summary>The first price of a bar.</summary>
    public static int BarOpened(Span<byte> buffer, uint instrumentId, in MarketEvent bar)
    {
        var e = BarEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = instrumentId;
        e.Phase = BarPhase.Opened;
        e.OpenTimeNanos = bar.OpenTimeNanos;
        e.CloseTimeNanos = bar.TimeNanos;
        e.Open = bar.Price.Raw;
        e.High = bar.Price.Raw;
        e.Low = bar.Price.Raw;
        e.Close = bar.Price.Raw;
        return BarEncoder.EncodedLength;
    }

    /// <summary>The whole bar.</summary>
    public static int BarClosed(Span<byte> buffer, uint instrumentId, in MarketEvent bar)
    {
        var e = BarEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = instrumentId;
        e.Phase = BarPhase.Closed;
        e.OpenTimeNanos = bar.OpenTimeNanos;
        e.CloseTimeNanos = bar.TimeNanos;
        e.Open = bar.Price.Raw;
        e.High = bar.UpperPrice.Raw;
        e.Low = bar.Low.Raw;
        e.Close = bar.Close.Raw;
        e.Volume = bar.Quantity.Raw;
        return BarEncoder.EncodedLength;
    }

    /// <summary>A public trade.</summary>
    public static int Trade(Span<byte> buffer, uint instrumentId, in MarketEvent trade)
    {
        var e = MarketTradeEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = instrumentId;
        e.Aggressor = (AggressorSide)trade.Aggressor;
        e.Price = trade.Price.Raw;
        e.Quantity = trade.Quantity.Raw;
        e.TradeId = trade.TradeId;
        e.VenueTimeNanos = trade.TimeNanos;
        return MarketTradeEncoder.EncodedLength;
    }

    /// <summary>Best bid and ask.</summary>
    public static int TopOfBook(Span<byte> buffer, uint instrumentId, in MarketEvent quote)
    {
        var e = TopOfBookEncoder.WrapForEncodeAndApplyHeader(buffer);
        e.InstrumentId = instrumentId;
        e.BidPrice = quote.Price.Raw;
        e.BidQuantity = quote.Quantity.Raw;
        e.AskPrice = quote.UpperPrice.Raw;
        e.AskQuantity = quote.UpperQuantity.Raw;
        e.VenueTimeNanos = quote.TimeNanos;
        return TopOfBookEncoder.EncodedLength;
    }
}
