using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Checking;

/// <summary>What a checkpoint says of an engine.</summary>
/// <param name="Sequence">The last input.</param>
/// <param name="State">Digest of the state.</param>
/// <param name="Output">Digest of all outputs so far.</param>
/// <param name="OutputCount">How many there were.</param>
internal readonly record struct EngineDigests(long Sequence, ulong State, ulong Output, long OutputCount)
{
    /// <summary>An engine's digests between two inputs. Walks every table.</summary>
    public static EngineDigests Of(BusinessLogicProcessor engine) =>
        new(engine.State.Sequence, engine.StateDigest(), engine.Outputs.Digest, engine.Outputs.TotalCount);
}
