using System.Numerics;

namespace OrderPlatform.SbeTool.Tests.Driving;

/// <summary>Where a codec offers one value in two ways, both must agree. Generated drivers call this, so it is public.</summary>
public static class CodecChecks
{
    /// <summary>The value of an optional member, after all ways to read it were compared.</summary>
    /// <param name="isPresent">What TryGet returned.</param>
    /// <param name="value">What TryGet gave out.</param>
    /// <param name="property">What the property returned.</param>
    /// <param name="nullValue">The schema's null value.</param>
    /// <exception cref="InvalidOperationException">They disagree.</exception>
    public static T Optional<T>(bool isPresent, T value, T property, T nullValue)
        where T : struct
    {
        var equality = EqualityComparer<T>.Default;
        bool agrees = equality.Equals(value, property) && isPresent != equality.Equals(value, nullValue);
        return agrees ? value : throw new InvalidOperationException($"TryGet says {isPresent} and {value}, the property {property}, null is {nullValue}");
    }

    /// <summary>Throws unless two counts are one.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void SameCount(int entries, int count, string name)
    {
        if (entries != count)
            throw new InvalidOperationException($"{name}: {entries} entries were read, Count says {count}");
    }

    /// <summary>Folds one value into a checksum.</summary>
    public static long Fold<T>(long sum, T value)
        where T : struct, INumber<T> => (sum * 31) + long.CreateTruncating(value);

    /// <summary>Folds one real into a checksum, by its bits.</summary>
    public static long Fold(long sum, float value) => (sum * 31) + BitConverter.SingleToInt32Bits(value);

    /// <summary>Folds one real into a checksum, by its bits.</summary>
    public static long Fold(long sum, double value) => (sum * 31) + BitConverter.DoubleToInt64Bits(value);

    /// <summary>Folds whether something is there.</summary>
    public static long Fold(long sum, bool value) => (sum * 31) + (value ? 1 : 0);

    /// <summary>Folds all bytes.</summary>
    public static long Fold(long sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            sum = (sum * 31) + value;
        return (sum * 31) + bytes.Length;
    }
}
