namespace OrderPlatform.Benchmarks.Figures;

/// <summary>The suites of <c>bench/figures</c>. Each runs in under 50 seconds.</summary>
internal static class Suites
{
    public static IReadOnlyDictionary<string, Action> All { get; } = new Dictionary<string, Action>
    {
        ["ring"] = RingFigures.Run,
        ["wait"] = WaitFigures.Run,
        ["histogram"] = OneThreadFigures.Histogram,
        ["latency"] = LatencyFigures.Run,
        ["engine"] = static () =>
        {
            OneThreadFigures.Engine();
            EngineScaleFigures.Run();
        },
        ["sbe"] = CodecFigures.Run,
        ["journal"] = JournalFigures.Run,
        ["replay"] = ReplayFigures.Run,
        ["past"] = PastFigures.Run,
        ["aeron"] = Aeron.AeronFigures.Run,
        ["doors"] = Doors.DoorFigures.Run,
    };

    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(static name => !All.ContainsKey(name)) is { } unknown)
        {
            Console.Error.WriteLine($"error: there is no suite '{unknown}'; there are {string.Join(", ", All.Keys)}");
            return 2;
        }

        foreach (string name in names.Count > 0 ? names : [.. All.Keys])
            All[name]();
        return 0;
    }
}
