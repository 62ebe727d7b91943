using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>An amount of quote currency. A 64-bit integer scaled by 1e8 (D19).</summary>
/// <param name="Raw">The value times 1e8.</param>
public readonly record struct Money(long Raw) : IComparable<Money>
{
    /// <summary>Zero.</summary>
    public static readonly Money Zero;

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero => Raw == 0;

    /// <summary>The value without its sign.</summary>
    /// <exception cref="OverflowException">The value is the smallest 64-bit integer.</exception>
    public Money Abs() => new(Math.Abs(Raw));

    /// <summary>Sum; an overflow throws.</summary>
    public static Money operator +(Money left, Money right) => new(left.Raw + right.Raw);

    /// <summary>Difference; an overflow throws.</summary>
    public static Money operator -(Money left, Money right) => new(left.Raw - right.Raw);

    /// <summary>The value with the other sign.</summary>
    public static Money operator -(Money value) => new(-value.Raw);

    public static bool operator <(Money left, Money right) => left.Raw < right.Raw;

    public static bool operator >(Money left, Money right) => left.Raw > right.Raw;

    public static bool operator <=(Money left, Money right) => left.Raw <= right.Raw;

    public static bool operator >=(Money left, Money right) => left.Raw >= right.Raw;

    /// <inheritdoc />
    public int CompareTo(Money other) => Raw.CompareTo(other.Raw);

    /// <summary>A share of the amount, half away from zero.</summary>
    /// <exception cref="OverflowException">The result does not fit in 64 bits.</exception>
    public Money Times(Ratio ratio) => new(FixedPoint.MultiplyDivide(Raw, ratio.Raw, FixedPoint.One));

    /// <summary>The shortest decimal text, invariant: <c>12.5</c>, <c>-0.00000001</c>.</summary>
    public override string ToString() => FixedPointText.Format(Raw);
}
