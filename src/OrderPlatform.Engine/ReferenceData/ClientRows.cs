using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Clients in snapshots, each followed by its limits.</summary>
internal static class ClientRows
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (int row = 0; row < state.Clients.Count; row++)
        {
            ref Client client = ref state.Clients[row];
            var e = SnapshotClientEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotClientEncoder.EncodedLength));
            e.Row = (uint)row;
            e.ClientId = client.Id;
            e.Halted = YesNoValue.Of(client.Halted);
            e.DayOpeningResult = client.DayOpeningResult.Raw;
            writer.Commit();
            LimitRecord.Write(ref writer, Scope.Client, client.Id, client.Limits);
        }
    }

    public static void Read(EngineState state, ref SnapshotReader reader)
    {
        while (reader.NextIs(SnapshotClientDecoder.TemplateId))
        {
            SnapshotClientDecoder record =
                SnapshotClientDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotClientDecoder.TemplateId, SnapshotClientDecoder.BlockLength));
            reader.RequireNextRow(record.Row, state.Clients.Count, state.Limits.Clients);
            reader.Require(record.ClientId != 0, "clientId", record.ClientId);
            reader.Require(!state.Clients.TryFind(record.ClientId, out _), "clientId", record.ClientId, "is there already");
            state.Clients.Add(record.ClientId, new Client
            {
                Id = record.ClientId,
                Halted = YesNoValue.Read(reader, record.Halted, "halted"),
                DayOpeningResult = new Money(record.DayOpeningResult),
                Limits = LimitRecord.Read(ref reader, Scope.Client, record.ClientId),
            });
        }
    }
}
