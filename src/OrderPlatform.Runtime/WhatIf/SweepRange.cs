using System.Globalization;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>The values of a sweep: <c>path=from..to..step</c>, or <c>path=from..to</c> and how many.</summary>
/// <param name="Path">The key.</param>
/// <param name="Values">The values as text, in order.</param>
public sealed record SweepRange(string Path, IReadOnlyList<string> Values)
{
    /// <summary>Most values.</summary>
    public const int ValuesMax = 1_000;

    private const string Form = "write <path>=<from>..<to>..<step>, or <path>=<from>..<to> with --count";

    /// <summary>Reads a range.</summary>
    /// <param name="text">As above.</param>
    /// <param name="count">How many values, where it has no step; ends included.</param>
    /// <exception cref="WhatIfException">It is malformed, has no or too many values, or whole numbers do not divide so.</exception>
    public static SweepRange Parse(string text, int? count)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] parts = equals > 0 ? text[(equals + 1)..].Split("..") : [];
        if (parts.Length is < 2 or > 3 || (parts.Length == 2 && count is null))
        {
            throw new WhatIfException($"--set {text}: it is no range: {Form}");
        }

        if (parts.Length == 3 && count is not null)
        {
            throw new WhatIfException($"--set {text}: a step and --count say the same: leave one of them away");
        }

        long[] numbers = [.. parts.Select(part =>
            FixedPointText.TryParse(part.Trim(), out long raw)
            ? raw : throw new WhatIfException($"--set {text}: '{part.Trim()}' is no number with at most 8 decimals: {Form}"))];
        (long from, long to) = (numbers[0], numbers[1]);
        if (to <= from)
        {
            throw new WhatIfException($"--set {text}: it ends at {parts[1]}, which is not above {parts[0]}: give the smaller value first");
        }

        return new SweepRange(text[..equals].Trim(), numbers.Length == 3 ? BySteps(text, from, to, numbers[2]) : ByCount(text, from, to, count!.Value));
    }

    /// <summary>The change of one of its values.</summary>
    public SettingChange At(int index) => new(Path, Values[index]);

    private static string[] BySteps(string text, long from, long to, long step)
    {
        if (step <= 0 || ((Int128)to - from) / step >= ValuesMax)
        {
            throw new WhatIfException($"--set {text}: the step must be above 0 and give at most {ValuesMax} values");
        }

        var values = new List<string>();
        for (Int128 raw = from; raw <= to; raw += step)
        {
            values.Add(FixedPointText.Format((long)raw));
        }

        return [.. values];
    }

    private static string[] ByCount(string text, long from, long to, int count)
    {
        if (count is < 2 or > ValuesMax)
        {
            throw new WhatIfException(string.Create(CultureInfo.InvariantCulture, $"--count {count}: allowed is an integer from 2 to {ValuesMax}"));
        }

        // Between whole numbers that are far enough from each other, values are whole too: keys that count take no others.
        bool isWhole = from % FixedPoint.One == 0 && to % FixedPoint.One == 0 && ((Int128)to - from) / FixedPoint.One >= count - 1;
        long unit = isWhole ? FixedPoint.One : 1;
        string[] values = [.. Enumerable.Range(0, count).Select(i =>
            FixedPointText.Format((long)(from + ((((Int128)to - from) / unit * i / (count - 1)) * unit))))];
        return values.Distinct().Count() == count ? values
            : throw new WhatIfException($"--set {text}: it does not have {count} different values: give a smaller --count");
    }
}
