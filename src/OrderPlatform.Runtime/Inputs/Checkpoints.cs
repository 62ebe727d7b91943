using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Checking;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>Checkpoints: control records of the journal that carry digests.</summary>
internal static class Checkpoints
{
    public static void Append(JournalWriter journal, in EngineDigests digests, long timestampNanos)
    {
        Span<byte> message = stackalloc byte[CheckpointEncoder.EncodedLength];
        var e = CheckpointEncoder.WrapForEncodeAndApplyHeader(message);
        e.Sequence = (ulong)digests.Sequence;
        e.StateDigest = digests.State;
        e.OutputDigest = digests.Output;
        e.OutputCount = (ulong)digests.OutputCount;
        journal.Append(digests.Sequence, timestampNanos, CheckpointEncoder.TemplateId, JournalFlags.Control, message);
    }

    /// <summary>Compares a checkpoint with an engine at the same sequence.</summary>
    /// <returns><c>null</c> if they agree, else what differs.</returns>
    public static CheckpointDifference? Compare(ReadOnlySpan<byte> message, BusinessLogicProcessor engine)
    {
        if (!CheckpointDecoder.TryWrap(message, out CheckpointDecoder checkpoint))
        {
            return new CheckpointDifference(true, "the checkpoint record is malformed");
        }

        if (checkpoint.Sequence != (ulong)engine.State.Sequence)
        {
            return new CheckpointDifference(true, $"it speaks of sequence {checkpoint.Sequence} at sequence {engine.State.Sequence}");
        }

        ulong state = engine.StateDigest();
        return checkpoint.OutputDigest != engine.Outputs.Digest ? new CheckpointDifference(true, $"output digest {engine.Outputs.Digest:x16}, recorded {checkpoint.OutputDigest:x16}")
            : checkpoint.StateDigest != state ? new CheckpointDifference(false, $"state digest {state:x16}, recorded {checkpoint.StateDigest:x16}")
            : null;
    }
}

/// <summary>What a checkpoint and an engine do not agree on.</summary>
/// <param name="IsOfOutputs">Whether it is (also) the outputs; else the state alone.</param>
/// <param name="What">With both digests.</param>
internal sealed record CheckpointDifference(bool IsOfOutputs, string What);
