using OrderPlatform.Aeron.Driver.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>The networks that streams have to stand, by name. Both drivers have the faults on what they send, data and control.</summary>
internal static class FaultProfiles
{
    private const long Millis = 1_000_000;

    public static IReadOnlyList<string> Names { get; } =
        ["clean", "loss 1 %", "loss 5 %", "loss 25 %", "reordering", "duplication", "delay 50 ms", "all of it"];

    public static FaultProfile Of(string name, int seed)
    {
        var none = new FaultProfile { Seed = seed };
        return name switch
        {
            "clean" => none,
            "loss 1 %" => none with { DropRate = 0.01 },
            "loss 5 %" => none with { DropRate = 0.05 },
            "loss 25 %" => none with { DropRate = 0.25 },
            "reordering" => none with { ReorderRate = 0.3, DelayRate = 0.1, DelayMaxNs = 2 * Millis },
            "duplication" => none with { DuplicateRate = 0.5 },
            "delay 50 ms" => none with { DelayRate = 1, DelayMinNs = 50 * Millis, DelayMaxNs = 50 * Millis },
            "all of it" => none with { DropRate = 0.05, DuplicateRate = 0.1, ReorderRate = 0.1, DelayRate = 0.1, DelayMinNs = 0, DelayMaxNs = 50 * Millis },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not a profile"),
        };
    }
}
