using System;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>Remembered fills in snapshots, oldest first.</summary>
internal static class FillRecords
{
    public static void Write(EngineState state, ref SnapshotWriter writer)
    {
        for (long number = state.Fills.Oldest; number < state.Fills.Added; number++)
        {
            var e = SnapshotFillEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotFillEncoder.EncodedLength));
            e.Number = (ulong)number;
            e.Key = state.Fills.KeyAt(number);
            writer.Commit();
        }
    }

    /// <summary>Reads the fills that a header promised.</summary>
    public static void Read(EngineState state, ref SnapshotReader reader, long added)
    {
        for (long number = Math.Max(0, added - state.Limits.RememberedFills); number < added; number++)
        {
            SnapshotFillDecoder record =
                SnapshotFillDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotFillDecoder.TemplateId, SnapshotFillDecoder.BlockLength));
            reader.Require(record.Number == (ulong)number, "number", unchecked((long)record.Number), "does not follow");
            reader.Require(state.Fills.TryRestore(number, record.Key), "key", unchecked((long)record.Key), "is there already");
        }
    }
}
