namespace OrderPlatform.Runtime.WhatIf;

/// <summary>How far the world without a change is from what was recorded.</summary>
/// <param name="IsIdentical">Whether it is the same to the last byte: inputs, outputs and state.</param>
/// <param name="RecordedDigest">Digest of outputs and state at the end of what was recorded.</param>
/// <param name="BaselineDigest">The same of the world without a change.</param>
/// <param name="Orders">Orders that differ; none of the changed world is meant.</param>
/// <param name="Recorded">What was recorded came to this.</param>
public sealed record BaselineDistance(
    bool IsIdentical, string RecordedDigest, string BaselineDigest, IReadOnlyList<OrderDifference> Orders, WorldTotals Recorded);

/// <summary>The answer to a what-if.</summary>
public sealed record WhatIfAnswer
{
    /// <summary>The journal.</summary>
    public required JournalSetup Setup { get; init; }

    /// <summary>What was changed.</summary>
    public required IReadOnlyList<SettingChange> Changes { get; init; }

    /// <summary>How far the baseline is from what was recorded.</summary>
    public required BaselineDistance Distance { get; init; }

    /// <summary>The world without the change.</summary>
    public required WorldTotals Baseline { get; init; }

    /// <summary>The world with it.</summary>
    public required WorldTotals Changed { get; init; }

    /// <summary>Steps that differ, in the order of the recorded inputs.</summary>
    public required IReadOnlyList<StepDifference> Steps { get; init; }

    /// <summary>Orders that differ, in the order of the recorded inputs.</summary>
    public required IReadOnlyList<OrderDifference> Orders { get; init; }

    /// <summary>Decisions that differ.</summary>
    public required long DecisionsOtherwise { get; init; }

    /// <summary>Refusals that differ.</summary>
    public required long RefusalsOtherwise { get; init; }

    /// <summary>Recorded inputs that are not true in another world.</summary>
    public required LeftOut LeftOut { get; init; }

    /// <summary>Settings that the journal does not have, and what was taken for them.</summary>
    public required IReadOnlyList<string> Assumed { get; init; }

    /// <summary>What a what-if cannot know.</summary>
    public required IReadOnlyList<string> Unknowable { get; init; }

    /// <summary>Whether nothing came out otherwise: no decision, size, check, refusal, order or fill. A limit that only stands further away is seen in
    /// checks' numbers alone.</summary>
    public bool IsEmpty => Steps.Count == 0 && Orders.Count == 0;

    /// <summary>The input that began the first difference, or null.</summary>
    public InputPlace? First
    {
        get
        {
            InputPlace? first = Steps.Count > 0 ? Steps[0].Place : null;
            return Orders.Count > 0 && (first is null || Orders[0].Place.Sequence < first.Value.Sequence) ? Orders[0].Place : first;
        }
    }
}
