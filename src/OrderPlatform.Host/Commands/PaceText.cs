using System.Globalization;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Host.Commands;

/// <summary>A pace as a user writes it: a multiple of real time, <c>10x</c>.</summary>
internal static class PaceText
{
    private const double Least = 0.001;
    private const double Most = 1_000_000;

    /// <summary>Reads the pace of a replay.</summary>
    /// <returns>The multiple, or null for full speed.</returns>
    /// <exception cref="ConfigurationException">It is none.</exception>
    public static double? ParseReplay(string text) => text == "max" ? null
        : TryParseMultiple(text, out double factor) ? factor
        : throw new ConfigurationException(
            $"--pace is '{text}'; allowed are max, and a multiple of recorded time from 0.001x to 1000000x, such as 1x or 1000x");

    /// <summary>Reads the pace of a run.</summary>
    /// <exception cref="ConfigurationException">It is none.</exception>
    public static Pace ParseRun(string text) => text is "lockstep" or "max" ? new Pace(text == "lockstep", null)
        : TryParseMultiple(text, out double factor) ? new Pace(false, factor)
        : throw new ConfigurationException(
            $"--pace is '{text}'; allowed are lockstep, max, and a multiple of real time from 0.001x to 1000000x, such as 1x or 1000x");

    private static bool TryParseMultiple(string text, out double factor)
    {
        factor = 0;
        return text.EndsWith('x')
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out factor)
            && factor is >= Least and <= Most;
    }
}
