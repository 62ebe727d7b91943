using System.Globalization;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>One line of a golden layout: what the reference tool knows of one token.</summary>
internal sealed record LayoutRow(int Depth, string Signal, string Name)
{
    internal string TypeRef { get; init; } = "";

    internal int? Id { get; init; }

    internal int Offset { get; init; }

    internal int Length { get; init; }

    internal int Since { get; init; }

    internal int? Deprecated { get; init; }

    internal Presence? Presence { get; init; }

    internal PrimitiveType? Primitive { get; init; }

    internal WireValue? Min { get; init; }

    internal WireValue? Max { get; init; }

    internal WireValue? Null { get; init; }

    internal string Const { get; init; } = "";

    internal string Encoding { get; init; } = "";

    internal Meaning Meaning { get; init; }

    public override string ToString() => string.Join(
        '\t', Depth, Signal, Name, TypeRef, Id, Offset, Length, Since, Deprecated ?? 0, Presence?.ToString().ToLowerInvariant(), Primitive?.Name,
        Text(Min), Text(Max), Text(Null), Const, Encoding, Meaning.SemanticType, Meaning.Epoch, Meaning.TimeUnit);

    /// <summary>As the files write numbers: reals with the digits of a double and at least one behind the point, exponents without a plus.</summary>
    internal static string Text(WireValue? value)
    {
        if (value is not { IsReal: true } number)
        {
            return value?.Integer.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        string digits = number.Real.ToString(CultureInfo.InvariantCulture).Replace("E+", "E", StringComparison.Ordinal);
        if (double.IsNaN(number.Real) || digits.Contains('.', StringComparison.Ordinal))
        {
            return digits;
        }

        int exponent = digits.IndexOf('E', StringComparison.Ordinal);
        return digits.Insert(exponent < 0 ? digits.Length : exponent, ".0");
    }
}
