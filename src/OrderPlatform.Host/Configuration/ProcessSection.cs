namespace OrderPlatform.Host.Configuration;

/// <summary>How much a run writes into its log.</summary>
public enum RunLogLevel
{
    /// <summary>All.</summary>
    Debug,

    /// <summary>What happens.</summary>
    Information,

    /// <summary>What may be wrong.</summary>
    Warning,

    /// <summary>What is wrong.</summary>
    Error,
}

/// <summary>The section process with orders.log_level: what a run may use of the machine, and how much it logs (R58, R159).</summary>
/// <param name="LogLevel">Of run.log.</param>
/// <param name="MemoryLimitBytes">Of the managed heap, or null.</param>
/// <param name="Processors">On how many processors it runs, or null for all.</param>
public sealed record ProcessSetup(RunLogLevel LogLevel, long? MemoryLimitBytes, int? Processors);

/// <summary>Reads it.</summary>
internal static class ProcessSection
{
    private const int MegabyteBits = 20;

    public static ProcessSetup Read(YamlSection root)
    {
        YamlSection section = root.Section("process");
        YamlSection orders = root.Section("orders");
        long? megabytes = section.OptionalInteger("memory_limit_mb", 64, 1_048_576);
        long? processors = section.OptionalInteger("cpu_limit", 1, 1_024);
        RunLogLevel ofProcess = ReadLevel(section, RunLogLevel.Information);
        section.End();
        if (section.Has("log_level") && orders.Has("log_level"))
        {
            throw orders.Wrong("log_level", "says the same as process.log_level: remove one of them");
        }

        return new ProcessSetup(ReadLevel(orders, ofProcess), megabytes << MegabyteBits, (int?)processors);
    }

    private static RunLogLevel ReadLevel(YamlSection section, RunLogLevel fallback) => section.Choice("log_level", fallback,
        ("DEBUG", RunLogLevel.Debug), ("INFO", RunLogLevel.Information), ("WARNING", RunLogLevel.Warning), ("ERROR", RunLogLevel.Error));
}
