using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A key that can be otherwise: where it stands in a strategy file, its range, and what it changes in a record of the configuration.</summary>
/// <param name="Section">Its section in a change's path: risk, sizing, parameters, signals, orders, execution, exits.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Unit">Its values.</param>
/// <param name="AllowsNone">Whether it can be removed.</param>
internal abstract record SettingKey(string Section, string Name, SettingUnit Unit, bool AllowsNone)
{
    /// <summary>What of a journal's configuration has it.</summary>
    public abstract Type Record { get; }

    /// <summary>Whether it is a client's too, or a strategy's alone.</summary>
    public bool IsClients => Section == SettingTable.Risk;
}

/// <summary>A key of one kind of record.</summary>
/// <param name="Section">Its section.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its values.</param>
/// <param name="AllowsNone">Whether it can be removed.</param>
/// <param name="Set">The record with a value; null is none.</param>
internal sealed record SettingKey<TSetup>(string Section, string Name, SettingUnit Unit, bool AllowsNone, Func<TSetup, long?, TSetup> Set)
    : SettingKey(Section, Name, Unit, AllowsNone)
{
    public override Type Record => typeof(TSetup);

    /// <summary>What else the record needs for the key to have an effect: null if it has one.</summary>
    public Func<TSetup, string?> Needs { get; init; } = static _ => null;
}

/// <summary>Values of records from raw numbers.</summary>
internal static class Raw
{
    public static Quantity? Quantity(long? raw) => raw is { } value ? new Quantity(value) : null;

    public static Money? Money(long? raw) => raw is { } value ? new Money(value) : null;

    public static Ratio? Ratio(long? raw) => raw is { } value ? new Ratio(value) : null;
}
