using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>What one check found.</summary>
/// <param name="Check">Which check.</param>
/// <param name="Scope">Whose limit it was.</param>
/// <param name="Reason"><see cref="ReasonCode.None"/> if it passed, else why it refused.</param>
/// <param name="Value">What was compared, times 1e8.</param>
/// <param name="Limit">With what, times 1e8.</param>
internal readonly record struct CheckEntry(CheckKind Check, Scope Scope, ReasonCode Reason, long Value, long Limit)
{
    public bool Passed => Reason == ReasonCode.None;
}

/// <summary>
/// What the checks of one order found, in order, on the stack. A kind of check has one entry, so there are at most <see cref="EntriesMax"/>: where strategy and
/// client both have a limit, the entry is the one that refused, else the one that is nearer to its limit.
/// </summary>
internal struct CheckList
{
    /// <summary>Kinds of checks before an order; a record of so many fits into an output.</summary>
    public const int EntriesMax = 20;

    private CheckEntries _entries;
    private int _failed;

    /// <summary>Entries.</summary>
    public int Count { get; private set; }

    /// <summary>The first that refused decides; <c>null</c> if all passed.</summary>
    public readonly Refusal? Refusal =>
        _failed == 0 ? null
        : new Refusal(_entries[_failed - 1].Check, _entries[_failed - 1].Reason, _entries[_failed - 1].Value, _entries[_failed - 1].Limit);

    /// <summary>An entry.</summary>
    public readonly CheckEntry this[int index] => _entries[index];

    /// <summary>Adds what a check found.</summary>
    public void Add(CheckKind check, Scope scope, ReasonCode reason, long value, long limit) => Add(new CheckEntry(check, scope, reason, value, limit));

    /// <summary>Adds what a check found for a strategy and for its client; an entry without a limit is none.</summary>
    public void AddNearer(in CheckEntry strategy, in CheckEntry client)
    {
        bool hasStrategy = strategy.Limit != long.MaxValue;
        bool hasClient = client.Limit != long.MaxValue;
        if (!hasStrategy && !hasClient)
        {
            return;
        }

        bool isStrategy = !hasClient || (hasStrategy && (!strategy.Passed || (client.Passed && IsNearer(strategy, client))));
        Add(isStrategy ? strategy : client);
    }

    private static bool IsNearer(in CheckEntry one, in CheckEntry other) => Math.BigMul(one.Value, other.Limit) >= Math.BigMul(other.Value, one.Limit);

    private void Add(in CheckEntry entry)
    {
        _entries[Count++] = entry;
        _failed = _failed == 0 && !entry.Passed ? Count : _failed;
    }

    [InlineArray(EntriesMax)]
    private struct CheckEntries
    {
        private CheckEntry _first;
    }
}

/// <summary>The smaller of a strategy's and its client's limit of one thing, and whose it is.</summary>
/// <param name="Raw">The limit; the largest number is none.</param>
/// <param name="Scope">Strategy or client.</param>
internal readonly record struct ScopedLimit(long Raw, Scope Scope)
{
    public bool IsSet => Raw != long.MaxValue;

    public static ScopedLimit Smaller(long strategy, long client) => strategy <= client ? new(strategy, Scope.Strategy) : new(client, Scope.Client);
}

/// <summary>Numbers as checks compare and record them.</summary>
internal static class CheckNumber
{
    /// <summary>A count times 1e8.</summary>
    public static long OfCount(long count) => count * FixedPoint.One;

    /// <summary>A number without a limit, or a count, times 1e8.</summary>
    public static long OfLimit(uint count) => count == uint.MaxValue ? long.MaxValue : OfCount(count);

    /// <summary>
    /// What an amount is of a base, times 1e8, rounded up: above a limit exactly when the exact quotient is. Of a base that is not above zero it is as large
    /// as can be.
    /// </summary>
    public static long ShareUp(Int128 amount, long ofBase)
    {
        if (amount <= 0)
        {
            return 0;
        }

        if (ofBase <= 0 || amount > long.MaxValue)
        {
            return long.MaxValue;
        }

        Int128 share = (Math.BigMul((long)amount, FixedPoint.One) + ofBase - 1) / ofBase;
        return share > long.MaxValue ? long.MaxValue : (long)share;
    }

    /// <summary>A fraction of an amount, half away from zero; no fraction is no limit, and what does not fit limits nothing.</summary>
    public static long Fraction(Ratio fraction, long amount) =>
        fraction.Raw != long.MaxValue && FixedPoint.TryMultiplyDivide(amount, fraction.Raw, FixedPoint.One, out long raw) ? raw : long.MaxValue;

    /// <summary>A sum held to 64 bits.</summary>
    public static long Hold(Int128 sum) => sum > long.MaxValue ? long.MaxValue : sum < long.MinValue ? long.MinValue : (long)sum;
}
