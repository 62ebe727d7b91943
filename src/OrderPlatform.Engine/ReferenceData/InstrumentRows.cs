using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Instruments in snapshots, with their marks.</summary>
internal static class InstrumentRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Instruments.Count; row++)
        {
            ref Instrument instrument = ref state.Instruments[row];
            var e = SnapshotInstrumentEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotInstrumentEncoder.EncodedLength));
            e.Row = (uint)row;
            e.InstrumentId = instrument.Id;
            e.VenueRow = (uint)instrument.Venue;
            e.PriceTick = instrument.PriceTick.Raw;
            e.QuantityStep = instrument.QuantityStep.Raw;
            e.MinimumQuantity = instrument.MinimumQuantity.Raw;
            e.MaximumQuantity = instrument.MaximumQuantity.Raw;
            e.MinimumNotional = instrument.MinimumNotional.Raw;
            e.Mark = instrument.Mark.Raw;
            e.MarkTimeNanos = instrument.MarkTimeNanos;
            e.Bid = instrument.Bid.Raw;
            e.Ask = instrument.Ask.Raw;
            writer.Commit();
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotInstrumentDecoder.TemplateId))
        {
            SnapshotInstrumentDecoder record =
                SnapshotInstrumentDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotInstrumentDecoder.TemplateId, SnapshotInstrumentDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Instruments.Count, state.Limits.Instruments);
            reader.Require(record.InstrumentId != 0, "instrumentId", record.InstrumentId);
            reader.Require(!state.Instruments.TryFind(record.InstrumentId, out _), "instrumentId", record.InstrumentId, "is there already");
            RequireRules(reader, record);
            RequireMarks(reader, record, state.NowNanos);
            state.Instruments.Add(record.InstrumentId, new Instrument
            {
                Id = record.InstrumentId,
                Venue = reader.RequireRow(record.VenueRow, "venueRow", state.Venues.Count),
                PriceTick = new Price(record.PriceTick),
                QuantityStep = new Quantity(record.QuantityStep),
                MinimumQuantity = new Quantity(record.MinimumQuantity),
                MaximumQuantity = new Quantity(record.MaximumQuantity),
                MinimumNotional = new Money(record.MinimumNotional),
                Mark = new Price(record.Mark),
                MarkTimeNanos = record.MarkTimeNanos,
                Bid = new Price(record.Bid),
                Ask = new Price(record.Ask),
                FirstPosition = -1,
            });
        }
    }

    private static void RequireRules(in SnapshotReader reader, in SnapshotInstrumentDecoder record)
    {
        reader.Require(Bounds.IsPrice(record.PriceTick), "priceTick", record.PriceTick);
        reader.Require(Bounds.IsQuantity(record.QuantityStep), "quantityStep", record.QuantityStep);
        reader.Require(Bounds.IsQuantityOrZero(record.MinimumQuantity), "minimumQuantity", record.MinimumQuantity);
        reader.Require(
            Bounds.IsQuantity(record.MaximumQuantity) && record.MaximumQuantity >= record.MinimumQuantity, "maximumQuantity", record.MaximumQuantity);
        reader.Require(Bounds.IsMoney(record.MinimumNotional) && record.MinimumNotional >= 0, "minimumNotional", record.MinimumNotional);
    }

    private static void RequireMarks(in SnapshotReader reader, in SnapshotInstrumentDecoder record, long nowNanos)
    {
        reader.Require(Bounds.IsPriceOrZero(record.Mark), "mark", record.Mark);
        reader.Require(record.MarkTimeNanos >= 0 && record.MarkTimeNanos <= nowNanos, "markTimeNanos", record.MarkTimeNanos);
        reader.Require(Bounds.IsPriceOrZero(record.Bid), "bid", record.Bid);
        reader.Require(Bounds.IsPriceOrZero(record.Ask) && record.Ask >= record.Bid, "ask", record.Ask);
    }
}
