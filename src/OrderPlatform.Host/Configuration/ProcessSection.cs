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

        // One level under two names: what one of them says, the other one says by default.
        RunLogLevel ofProcess = ReadLevel(section, ReadLevel(orders, RunLogLevel.Information));
        RunLogLevel ofOrders = ReadLevel(orders, ofProcess);
        section.End();
        return ofProcess == ofOrders
            ? new ProcessSetup(ofProcess, megabytes << MegabyteBits, (int?)processors)
            : throw orders.Wrong("log_level", "says something else than process.log_level: remove one of them");
    }

    private static RunLogLevel ReadLevel(YamlSection section, RunLogLevel fallback) => section.Choice("log_level", fallback,
        ("DEBUG", RunLogLevel.Debug), ("INFO", RunLogLevel.Information), ("WARNING", RunLogLevel.Warning), ("ERROR", RunLogLevel.Error));
}
