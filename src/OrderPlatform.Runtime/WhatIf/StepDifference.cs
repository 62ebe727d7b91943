namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A step that two worlds do not have alike.</summary>
/// <param name="Index">Its number among the differences, from 0.</param>
/// <param name="Place">The recorded input that began it.</param>
/// <param name="Baseline">The step without the change, or null: there is none.</param>
/// <param name="Changed">The step with it, or null.</param>
/// <param name="Counterpart">Where the baseline has no such step: the check of the same request that it has, with its numbers; else null.</param>
/// <param name="IsDirect">Whether the change itself made it; else a difference before.</param>
/// <param name="CauseIndex">The direct difference before it that it follows from, or its own.</param>
public sealed record StepDifference(int Index, InputPlace Place, WorldStep? Baseline, WorldStep? Changed, WorldStep? Counterpart, bool IsDirect, int CauseIndex)
{
    /// <summary>The step that there is.</summary>
    public WorldStep Any => Changed ?? Baseline ?? default;
}

/// <summary>How an order of two worlds differs.</summary>
public enum OrderDifferenceKind
{
    /// <summary>Only without the change.</summary>
    OnlyBaseline = 1,

    /// <summary>Only with it.</summary>
    OnlyChanged = 2,

    /// <summary>Another quantity, type or limit.</summary>
    Terms = 3,

    /// <summary>The same order, other fills or another end.</summary>
    Outcome = 4,
}

/// <summary>An order that two worlds do not have alike.</summary>
/// <param name="Kind">How.</param>
/// <param name="Place">The recorded input that began the difference.</param>
/// <param name="Baseline">The order without the change, or null.</param>
/// <param name="Changed">The order with it, or null.</param>
/// <param name="IsDirect">Whether the change itself made it.</param>
/// <param name="StepIndex">The step that explains it, or -1: there is none, the venue behaves otherwise.</param>
public sealed record OrderDifference(OrderDifferenceKind Kind, InputPlace Place, WorldOrder? Baseline, WorldOrder? Changed, bool IsDirect, int StepIndex)
{
    /// <summary>The order that there is.</summary>
    public WorldOrder Any => Changed ?? Baseline!;
}
