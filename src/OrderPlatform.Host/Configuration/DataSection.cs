using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Configuration;

/// <summary>The section data: a file, or the generator and its seed.</summary>
internal static class DataSection
{
    private const string DefaultStart = "2025-01-01T00:00:00Z";
    private const long NanosPerMinute = 60_000_000_000;
    private const int MinutesOfMonth = 43_200;

    public static DataSetup Read(YamlSection root, string file)
    {
        YamlSection section = root.Section("data");
        string? path = StrategyFile.PathOf(file, section.Text("file"));
        YamlSection generator = section.Section("generator");
        string preset = generator.Choice("preset", "bitcoin", ("bitcoin", "bitcoin"), ("ether", "ether"));
        string kind = generator.Choice("kind", "bars", ("bars", "bars"), ("trades", "trades"), ("quotes", "quotes"));
        long seed = generator.Integer("seed", 1, 0, long.MaxValue);
        long minutes = generator.Integer("minutes", MinutesOfMonth, 1, 10_000_000);
        string start = generator.Text("start", DefaultStart);
        if (!Timestamps.TryParse(start, out long startNanos) || startNanos % NanosPerMinute != 0)
        {
            throw generator.Wrong("start", $"is '{start}'; allowed is a whole minute such as {DefaultStart}");
        }

        if (startNanos > long.MaxValue - (minutes * NanosPerMinute))
        {
            throw generator.Wrong("start", $"is '{start}'; {minutes} minutes from there end after the year 2261: start earlier");
        }

        generator.End();
        section.End();
        return new DataSetup(path, new GeneratorSetup(preset, kind, (ulong)seed, startNanos, (int)minutes));
    }
}
