using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Venues in snapshots.</summary>
internal static class VenueRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Venues.Count; row++)
        {
            ref Venue venue = ref state.Venues[row];
            var e = SnapshotVenueEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotVenueEncoder.EncodedLength));
            e.Row = (uint)row;
            e.VenueId = venue.Id;
            e.MakerFeeRate = venue.MakerFeeRate.Raw;
            e.TakerFeeRate = venue.TakerFeeRate.Raw;
            writer.Commit();
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotVenueDecoder.TemplateId))
        {
            SnapshotVenueDecoder record =
                SnapshotVenueDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotVenueDecoder.TemplateId, SnapshotVenueDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Venues.Count, state.Limits.Venues);
            reader.Require(record.VenueId is not (0 or ushort.MaxValue), "venueId", record.VenueId);
            reader.Require(!state.Venues.TryFind(record.VenueId, out _), "venueId", record.VenueId, "is there already");
            reader.Require(Bounds.IsRate(record.MakerFeeRate), "makerFeeRate", record.MakerFeeRate);
            reader.Require(Bounds.IsRate(record.TakerFeeRate), "takerFeeRate", record.TakerFeeRate);
            state.Venues.Add(record.VenueId, new Venue
            {
                Id = record.VenueId,
                MakerFeeRate = new Ratio(record.MakerFeeRate),
                TakerFeeRate = new Ratio(record.TakerFeeRate),
            });
        }
    }
}
