using System;

namespace OrderPlatform.Engine.Numbers;

/// <summary>A plain number, such as a fraction (0.05 is 5 %), a rate or a multiple. A 64-bit integer scaled by 1e8 (D19).</summary>
/// <param name="Raw">The value times 1e8.</param>
public readonly record struct Ratio(long Raw) : IComparable<Ratio>
{
    /// <summary>Zero.</summary>
    public static readonly Ratio Zero;

    /// <summary>Whether the value is zero.</summary>
    public bool IsZero => Raw == 0;

    /// <summary>The value without its sign.</summary>
    /// <exception cref="OverflowException">The value is the smallest 64-bit integer.</exception>
    public Ratio Abs() => new(Math.Abs(Raw));

    /// <summary>Sum; an overflow throws.</summary>
    public static Ratio operator +(Ratio left, Ratio right) => new(left.Raw + right.Raw);

    /// <summary>Difference; an overflow throws.</summary>
    public static Ratio operator -(Ratio left, Ratio right) => new(left.Raw - right.Raw);

    /// <summary>The value with the other sign.</summary>
    public static Ratio operator -(Ratio value) => new(-value.Raw);

    public static bool operator <(Ratio left, Ratio right) => left.Raw < right.Raw;

    public static bool operator >(Ratio left, Ratio right) => left.Raw > right.Raw;

    public static bool operator <=(Ratio left, Ratio right) => left.Raw <= right.Raw;

    public static bool operator >=(Ratio left, Ratio right) => left.Raw >= right.Raw;

    /// <inheritdoc />
    public int CompareTo(Ratio other) => Raw.CompareTo(other.Raw);

    /// <summary>The shortest decimal text, invariant: <c>12.5</c>, <c>-0.00000001</c>.</summary>
    public override string ToString() => FixedPointText.Format(Raw);
}
