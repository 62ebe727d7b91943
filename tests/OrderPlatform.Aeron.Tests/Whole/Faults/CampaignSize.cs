using System.Globalization;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>How much a campaign does. The environment makes the long ones: <c>AERON_MESSAGES=1000000</c>, and <c>AERON_SEED</c> other ones.</summary>
internal static class CampaignSize
{
    /// <summary>Messages of a stream.</summary>
    public static long Messages { get; } = Number("AERON_MESSAGES", 100_000);

    /// <summary>What traffic and faults are drawn from.</summary>
    public static int Seed { get; } = (int)Number("AERON_SEED", 1);

    private static long Number(string variable, long usual) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : usual;
}
