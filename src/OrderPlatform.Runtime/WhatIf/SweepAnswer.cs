namespace OrderPlatform.Runtime.WhatIf;

/// <summary>What one value came to.</summary>
/// <param name="Value">The value.</param>
/// <param name="Totals">The world with it.</param>
/// <param name="FirstBreach">Where it first refused, cut or changed anything that the reference did not, or null: never.</param>
/// <param name="Breach">The step that did, or null.</param>
/// <param name="Counterpart">The reference's step, or null: it has none.</param>
public sealed record SweepRow(string Value, WorldTotals Totals, InputPlace? FirstBreach, WorldStep? Breach, WorldStep? Counterpart);

/// <summary>The answer to a sweep.</summary>
public sealed record SweepAnswer
{
    /// <summary>The journal.</summary>
    public required JournalSetup Setup { get; init; }

    /// <summary>The key and its values.</summary>
    public required SweepRange Range { get; init; }

    /// <summary>What else was changed, in all rows.</summary>
    public required IReadOnlyList<SettingChange> Changes { get; init; }

    /// <summary>A row for each value.</summary>
    public required IReadOnlyList<SweepRow> Rows { get; init; }

    /// <summary>What the rows are compared with: the key without a value where it may have none, else as it was configured.</summary>
    public required string Reference { get; init; }

    /// <summary>The reference.</summary>
    public required WorldTotals ReferenceTotals { get; init; }

    /// <summary>How far the baseline is from what was recorded.</summary>
    public required BaselineDistance Distance { get; init; }

    /// <summary>Settings that the journal does not have.</summary>
    public required IReadOnlyList<string> Assumed { get; init; }

    /// <summary>What a what-if cannot know.</summary>
    public required IReadOnlyList<string> Unknowable { get; init; }
}
