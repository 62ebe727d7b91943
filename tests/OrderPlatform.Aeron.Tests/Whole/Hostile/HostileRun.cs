using System.Globalization;

namespace OrderPlatform.Aeron.Tests.Whole.Hostile;

/// <summary>How much of it and from which seed: the environment's AERON_HOSTILE and AERON_SEED, for runs longer than those of every day.</summary>
internal static class HostileRun
{
    /// <summary>Datagrams; commands and scribbles are a tenth of it.</summary>
    public static int Count { get; } = FromEnvironment("AERON_HOSTILE", 1_000_000);

    public static int Seed { get; } = FromEnvironment("AERON_SEED", 20261126);

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
