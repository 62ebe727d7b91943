using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.MarketData;

/// <summary>
/// Takes market data in: the mark is the price of the newest event (a trade's price, a bar's open or close, the middle of the top of book, half away
/// from zero). Then exits are tested and positions valued: at each closed bar, and otherwise at most once a minute.
/// </summary>
internal static class MarketDataProcessor
{
    private const long ValuationIntervalNanos = 60_000_000_000;

    public static void OnTrade(EngineState state, in MarketTradeDecoder trade)
    {
        if (Resolve(state, trade.InstrumentId, MarketTradeDecoder.TemplateId, out int row) && Check(state, MarketTradeDecoder.TemplateId, trade.InstrumentId, Bounds.IsPrice(trade.Price), trade.Price))
        {
            var price = new Price(trade.Price);
            Count(state, row, state.Histories[row].OnTrade(state.NowNanos, trade.Quantity));
            Mark(state, row, price);
            OnPrices(state, row, new PriceRange(price, price), PriceNews.Trade);
        }
    }

    public static void OnTopOfBook(EngineState state, in TopOfBookDecoder book)
    {
        bool sane = Bounds.IsPrice(book.BidPrice) && Bounds.IsPrice(book.AskPrice) && book.BidPrice <= book.AskPrice;
        if (!Resolve(state, book.InstrumentId, TopOfBookDecoder.TemplateId, out int row) || !Check(state, TopOfBookDecoder.TemplateId, book.InstrumentId, sane, book.AskPrice, book.BidPrice))
        {
            return;
        }

        ref Instrument instrument = ref state.Instruments[row];
        instrument.Bid = new Price(book.BidPrice);
        instrument.Ask = new Price(book.AskPrice);
        instrument.BidQuantity = new Quantity(book.BidQuantity);
        instrument.AskQuantity = new Quantity(book.AskQuantity);
        Mark(state, row, new Price((book.BidPrice + book.AskPrice + 1) / 2));

        OnPrices(state, row, new PriceRange(instrument.Bid, instrument.Ask), PriceNews.Quote);
    }

    public static void OnBar(EngineState state, in BarDecoder bar)
    {
        bool sane = bar.Phase is BarPhase.Opened or BarPhase.Closed && Bounds.IsPrice(bar.Low) && Bounds.IsPrice(bar.High)
            && bar.Low <= bar.Open && bar.Open <= bar.High && bar.Low <= bar.Close && bar.Close <= bar.High && bar.OpenTimeNanos < bar.CloseTimeNanos;
        if (!Resolve(state, bar.InstrumentId, BarDecoder.TemplateId, out int row) || !Check(state, BarDecoder.TemplateId, bar.InstrumentId, sane, bar.High, bar.Low))
        {
            return;
        }

        if (bar.Phase == BarPhase.Closed)
        {
            Count(state, row, state.Histories[row].OnBar(bar));
        }

        Mark(state, row, new Price(bar.Close));
        OnPrices(state, row, new PriceRange(new Price(bar.Low), new Price(bar.High)), bar.Phase == BarPhase.Closed ? PriceNews.BarClosed : PriceNews.BarOpened);
    }

    private static bool Resolve(EngineState state, uint instrumentId, ushort templateId, out int row)
    {
        if (state.Instruments.TryFind(instrumentId, out row))
        {
            return true;
        }

        Events.Alert(state, Severity.Warning, ReasonCode.UnknownInstrument, templateId, instrumentId);
        return false;
    }

    private static bool Check(EngineState state, ushort templateId, uint instrumentId, bool sane, long expected, long actual = 0)
    {
        if (!sane)
        {
            Events.Alert(state, Severity.Warning, ReasonCode.InvalidValue, templateId, instrumentId, expected, actual);
        }

        return sane;
    }

    // Held at the largest number: what compares volumes sees that nothing is added any more.
    private static void Count(EngineState state, int row, Quantity volume)
    {
        ref Instrument instrument = ref state.Instruments[row];
        instrument.Traded = volume.Raw > long.MaxValue - instrument.Traded.Raw ? new Quantity(long.MaxValue) : instrument.Traded + volume;
    }

    private static void Mark(EngineState state, int instrumentRow, Price price)
    {
        ref Instrument instrument = ref state.Instruments[instrumentRow];
        instrument.Mark = price;
        instrument.MarkTimeNanos = state.NowNanos;
        state.Histories[instrumentRow].Minutes.Add(state.NowNanos, price);
        bool isWatched = false;
        for (int row = instrument.FirstPosition; row >= 0; row = state.Positions[row].NextOfInstrument)
        {
            ref Position position = ref state.Positions[row];
            if (!position.Quantity.IsZero)
            {
                Valuation.OnMark(state, ref position);
                isWatched |= state.Strategies[position.Strategy].IsWatched;
            }
            else if (!position.PendingOpening.IsZero)
            {
                Valuation.Revalue(state, ref position);
            }
        }

        FundingProcessor.OnMark(state, ref instrument);

        // All positions have their new values before any limit is compared with a sum of them.
        for (int row = isWatched ? instrument.FirstPosition : -1; row >= 0; row = state.Positions[row].NextOfInstrument)
        {
            if (!state.Positions[row].Quantity.IsZero)
            {
                RiskMonitor.OnValued(state, row);
            }
        }
    }

    private static void OnPrices(EngineState state, int instrument, in PriceRange range, PriceNews news)
    {
        HeldOrders.OnPrices(state, instrument, range);
        for (int row = state.Instruments[instrument].FirstPosition; row >= 0; row = state.Positions[row].NextOfInstrument)
        {
            if (news == PriceNews.BarOpened)
            {
                IntentProcessor.OnBarOpened(state, row);
            }

            ref Position position = ref state.Positions[row];
            if (position.Quantity.IsZero)
            {
                continue;
            }

            if (news == PriceNews.BarClosed)
            {
                ProtectionDesk.OnBarClosed(state, row);
            }

            ProtectiveExits.Test(state, row, range, news == PriceNews.Quote);
            if (news == PriceNews.BarClosed || state.NowNanos - position.ValuedAtNanos >= ValuationIntervalNanos)
            {
                position.ValuedAtNanos = state.NowNanos;
                Events.Position(state, position);
            }
        }
    }

    private enum PriceNews
    {
        Trade,
        Quote,
        BarOpened,
        BarClosed,
    }
}
