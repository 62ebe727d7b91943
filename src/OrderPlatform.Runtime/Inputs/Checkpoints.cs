using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>Checkpoints: control records of the journal that carry digests.</summary>
internal static class Checkpoints
{
    public static void Append(JournalWriter journal, BusinessLogicProcessor engine, long timestampNanos)
    {
        Span<byte> message = stackalloc byte[CheckpointEncoder.EncodedLength];
        var e = CheckpointEncoder.WrapForEncodeAndApplyHeader(message);
        e.Sequence = (ulong)engine.State.Sequence;
        e.StateDigest = engine.StateDigest();
        e.OutputDigest = engine.Outputs.Digest;
        e.OutputCount = (ulong)engine.Outputs.TotalCount;
        journal.Append(engine.State.Sequence, timestampNanos, CheckpointEncoder.TemplateId, JournalFlags.Control, message);
    }

    /// <summary>Compares a checkpoint with an engine at the same sequence.</summary>
    /// <returns><c>null</c> if they agree, else what differs.</returns>
    public static string? Compare(ReadOnlySpan<byte> message, BusinessLogicProcessor engine)
    {
        if (!CheckpointDecoder.TryWrap(message, out CheckpointDecoder checkpoint))
        {
            return "the checkpoint record is malformed";
        }

        return checkpoint.Sequence != (ulong)engine.State.Sequence ? $"it speaks of sequence {checkpoint.Sequence} at sequence {engine.State.Sequence}"
            : checkpoint.OutputDigest != engine.Outputs.Digest ? $"output digest {engine.Outputs.Digest:x16}, recorded {checkpoint.OutputDigest:x16}"
            : checkpoint.StateDigest != engine.StateDigest() ? $"state digest {engine.StateDigest():x16}, recorded {checkpoint.StateDigest:x16}"
            : null;
    }
}
