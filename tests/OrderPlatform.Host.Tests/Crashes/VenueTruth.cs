using OrderPlatform.Engine.Numbers;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Tests.Crashes;

/// <summary>A fill, as the venue gave it or as the engine booked it.</summary>
internal sealed record FillTruth(ulong Order, ulong Trade, long Quantity, long Price, long Fee);

/// <summary>What really happened at the venue, from its log and by a decoder of its own.</summary>
internal sealed class VenueTruth
{
    private const int NotSent = 4;

    private readonly SimulatedVenue _venue;

    private VenueTruth(SimulatedVenueOptions options) => _venue = new SimulatedVenue(options);

    /// <summary>Requests for new orders that were sent, in order.</summary>
    public List<byte[]> Orders { get; } = [];

    /// <summary>Fills that were reported, in order.</summary>
    public List<FillTruth> Fills { get; } = [];

    public static VenueTruth Of(string folder, SimulatedVenueOptions options)
    {
        var truth = new VenueTruth(options);
        using JournalReader log = JournalReader.Open(folder, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        while (log.TryRead(out JournalRecord record))
        {
            // A cancel that was under way already is in the log, and did not go to the venue a second time.
            if ((record.Flags & NotSent) == 0)
            {
                truth.Take(record.Payload, record.TimestampNanos);
            }
        }

        return truth;
    }

    private void Take(ReadOnlySpan<byte> message, long timestampNanos)
    {
        if (TickDecoder.TryWrap(message, out TickDecoder tick))
        {
            Advance(tick.TimestampNanos);
        }
        else if (NewOrderDecoder.TryWrap(message, out NewOrderDecoder order))
        {
            Orders.Add(message.ToArray());
            _venue.Submit(new VenueOrder(order.ClientOrderId, order.InstrumentId, (OrderSide)order.Side, (VenueOrderType)order.OrderType,
                (VenueTimeInForce)order.TimeInForce, new Quantity(order.Quantity), new Price(order.TryGetPrice(out long price) ? price : 0)), timestampNanos);
        }
        else if (OrderCancelRequestDecoder.TryWrap(message, out OrderCancelRequestDecoder cancel))
        {
            _venue.Cancel(cancel.ClientOrderId, timestampNanos);
        }
        else if (BarDecoder.TryWrap(message, out BarDecoder bar))
        {
            _venue.OnMarketEvent(bar.InstrumentId, MarketEvent.Bar(bar.OpenTimeNanos, bar.CloseTimeNanos, new Price(bar.Open), new Price(bar.High),
                new Price(bar.Low), new Price(bar.Close), new Quantity(bar.Volume)));
        }
        else if (MarketTradeDecoder.TryWrap(message, out MarketTradeDecoder trade))
        {
            _venue.OnMarketEvent(trade.InstrumentId, MarketEvent.Trade(
                trade.VenueTimeNanos, new Price(trade.Price), new Quantity(trade.Quantity), (Aggressor)trade.Aggressor, trade.TradeId));
        }
        else if (TopOfBookDecoder.TryWrap(message, out TopOfBookDecoder book))
        {
            _venue.OnMarketEvent(book.InstrumentId, MarketEvent.TopOfBook(
                book.VenueTimeNanos, new Price(book.BidPrice), new Quantity(book.BidQuantity), new Price(book.AskPrice), new Quantity(book.AskQuantity)));
        }
    }

    private void Advance(long untilNanos)
    {
        if (_venue.TryAdvance(untilNanos, out VenueReport report) && report.Kind == VenueReportKind.Fill)
        {
            Fills.Add(new FillTruth(report.ClientOrderId, report.TradeId, report.LastQuantity.Raw, report.LastPrice.Raw, report.Fee.Raw));
        }
    }
}
