using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Accounts;

/// <summary>Accounts in snapshots.</summary>
internal static class AccountRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Accounts.Count; row++)
        {
            ref Account account = ref state.Accounts[row];
            var e = SnapshotAccountEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotAccountEncoder.EncodedLength));
            e.Row = (uint)row;
            e.AccountId = account.Id;
            e.ClientRow = (uint)account.Client;
            e.VenueRow = (uint)account.Venue;
            e.Cash = account.Cash.Raw;
            e.InitialCash = account.InitialCash.Raw;
            e.Reserved = account.Reserved.Raw;
            e.MaximumLeverage = account.MaximumLeverage.Raw;
            writer.Commit();
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotAccountDecoder.TemplateId))
        {
            SnapshotAccountDecoder record =
                SnapshotAccountDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotAccountDecoder.TemplateId, SnapshotAccountDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Accounts.Count, state.Limits.Accounts);
            reader.Require(record.AccountId != 0, "accountId", record.AccountId);
            reader.Require(!state.Accounts.TryFind(record.AccountId, out _), "accountId", record.AccountId, "is there already");
            reader.Require(Bounds.IsMoney(record.InitialCash), "initialCash", record.InitialCash);
            reader.Require(record.Reserved >= 0, "reserved", record.Reserved);
            reader.Require(Bounds.IsRatio(record.MaximumLeverage), "maximumLeverage", record.MaximumLeverage);
            state.Accounts.Add(record.AccountId, new Account
            {
                Id = record.AccountId,
                Client = reader.RequireRow(record.ClientRow, "clientRow", state.Clients.Count),
                Venue = reader.RequireRow(record.VenueRow, "venueRow", state.Venues.Count),
                Cash = new Money(record.Cash),
                InitialCash = new Money(record.InitialCash),
                Reserved = new Money(record.Reserved),
                MaximumLeverage = new Ratio(record.MaximumLeverage),
                FirstPosition = -1,
            });
        }
    }
}
