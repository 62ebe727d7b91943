using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>A price in quote currency per unit of base. A 64-bit integer scaled by 1e8 (D19).</summary>
/// <param name="Raw">The value times 1e8.</param>
public readonly record struct Price(long Raw) : IComparable<Price>
{
    /// <summary>Zero.</summary>
    public static readonly Price Zero;

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero => Raw == 0;

    /// <summary>The value without its sign.</summary>
    /// <exception cref="OverflowException">The value is the smallest 64-bit integer.</exception>
    public Price Abs() => new(Math.Abs(Raw));

    /// <summary>Sum; an overflow throws.</summary>
    public static Price operator +(Price left, Price right) => new(left.Raw + right.Raw);

    /// <summary>Difference; an overflow throws.</summary>
    public static Price operator -(Price left, Price right) => new(left.Raw - right.Raw);

    /// <summary>The value with the other sign.</summary>
    public static Price operator -(Price value) => new(-value.Raw);

    public static bool operator <(Price left, Price right) => left.Raw < right.Raw;

    public static bool operator >(Price left, Price right) => left.Raw > right.Raw;

    public static bool operator <=(Price left, Price right) => left.Raw <= right.Raw;

    public static bool operator >=(Price left, Price right) => left.Raw >= right.Raw;

    /// <inheritdoc />
    public int CompareTo(Price other) => Raw.CompareTo(other.Raw);

    /// <summary>The value of a quantity at this price, in quote currency, half away from zero.</summary>
    /// <returns><c>false</c> if the value does not fit in 64 bits.</returns>
    public bool TryValue(Quantity quantity, out Money value)
    {
        bool fits = FixedPoint.TryMultiplyDivide(Raw, quantity.Raw, FixedPoint.One, out long raw);
        value = new Money(raw);
        return fits;
    }

    /// <summary>As <see cref="TryValue"/>, for values that are known to fit.</summary>
    /// <exception cref="OverflowException">The value does not fit in 64 bits.</exception>
    public Money Value(Quantity quantity) => new(FixedPoint.MultiplyDivide(Raw, quantity.Raw, FixedPoint.One));

    /// <summary>The shortest decimal text, invariant: <c>12.5</c>, <c>-0.00000001</c>.</summary>
    public override string ToString() => FixedPointText.Format(Raw);
}
