using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>An amount of the base asset; signed where it is a position. A 64-bit integer scaled by 1e8 (D19).</summary>
/// <param name="Raw">The value times 1e8.</param>
public readonly record struct Quantity(long Raw) : IComparable<Quantity>
{
    /// <summary>Zero.</summary>
    public static readonly Quantity Zero;

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero => Raw == 0;

    /// <summary>The value without its sign.</summary>
    /// <exception cref="OverflowException">The value is the smallest 64-bit integer.</exception>
    public Quantity Abs() => new(Math.Abs(Raw));

    /// <summary>Sum; an overflow throws.</summary>
    public static Quantity operator +(Quantity left, Quantity right) => new(left.Raw + right.Raw);

    /// <summary>Difference; an overflow throws.</summary>
    public static Quantity operator -(Quantity left, Quantity right) => new(left.Raw - right.Raw);

    /// <summary>The value with the other sign.</summary>
    public static Quantity operator -(Quantity value) => new(-value.Raw);

    public static bool operator <(Quantity left, Quantity right) => left.Raw < right.Raw;

    public static bool operator >(Quantity left, Quantity right) => left.Raw > right.Raw;

    public static bool operator <=(Quantity left, Quantity right) => left.Raw <= right.Raw;

    public static bool operator >=(Quantity left, Quantity right) => left.Raw >= right.Raw;

    /// <inheritdoc />
    public int CompareTo(Quantity other) => Raw.CompareTo(other.Raw);

    /// <summary>The shortest decimal text, invariant: <c>12.5</c>, <c>-0.00000001</c>.</summary>
    public override string ToString() => FixedPointText.Format(Raw);
}
