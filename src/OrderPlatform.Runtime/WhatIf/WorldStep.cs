using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>Kinds of steps on the way from a signal to an order.</summary>
public enum StepKind : byte
{
    /// <summary>What a signal became.</summary>
    Decision = 1,

    /// <summary>A size.</summary>
    Sizing = 2,

    /// <summary>A check of an order.</summary>
    Check = 3,

    /// <summary>A refusal.</summary>
    Refusal = 4,

    /// <summary>What may be traded changed.</summary>
    State = 5,

    /// <summary>A fill.</summary>
    Fill = 6,
}

/// <summary>
/// A step of the engine as it said it. Two worlds differ in a step if its outcome differs; the numbers behind it say whether the world was already another
/// one. Numbers are times 1e8.
/// </summary>
/// <param name="Kind">Which kind.</param>
/// <param name="ClientId">Whose.</param>
/// <param name="StrategyId">Whose.</param>
/// <param name="InstrumentId">Of what.</param>
/// <param name="RequestId">The signal or request.</param>
/// <param name="Code">The filter, bound, check or scope.</param>
/// <param name="Outcome">The action, or whether it passed.</param>
/// <param name="Reason">The reason given.</param>
/// <param name="AmountRaw">The target, size or quantity asked for; of a fill, its quantity.</param>
/// <param name="ValueRaw">What was compared; of a fill, its price.</param>
/// <param name="LimitRaw">With what; of a fill, its fee.</param>
/// <param name="BeforeRaw">The position, equity and price that went in, mixed: equal if they are; of a fill, the order's quantity.</param>
public readonly record struct WorldStep(
    StepKind Kind, uint ClientId, uint StrategyId, uint InstrumentId, ulong RequestId, byte Code, byte Outcome, ReasonCode Reason, long AmountRaw,
        long ValueRaw,
    long LimitRaw, long BeforeRaw)
{
    /// <summary>Whether it came to the same; numbers may differ.</summary>
    internal bool ComesToSame(in WorldStep other) => IsOfSame(other) && Outcome == other.Outcome && Reason == other.Reason
        && Kind switch
        {
            StepKind.Check => true,
            StepKind.Fill => AmountRaw == other.AmountRaw && ValueRaw == other.ValueRaw && LimitRaw == other.LimitRaw,
            StepKind.Refusal => AmountRaw == other.AmountRaw,
            _ => AmountRaw == other.AmountRaw && Code == other.Code,
        };

    /// <summary>Whether it is the same step of the same request.</summary>
    internal bool IsOfSame(in WorldStep other) =>
        Kind == other.Kind && StrategyId == other.StrategyId && InstrumentId == other.InstrumentId && RequestId == other.RequestId
        && (Kind is not (StepKind.Check or StepKind.State or StepKind.Fill) || Code == other.Code);
}
