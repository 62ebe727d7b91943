using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Scale;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// The engine under load, all limits set: what an input costs, and whether it stays the same from one instrument to 10,000 and from no open order to 100,000.
/// The baseline of each line is the same work with one instrument, no other position and no open order.
/// </summary>
internal static class EngineScaleFigures
{
    private const int Calls = 64;
    private const int MixedInputs = 20;
    private const int RoundCount = 7;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(60);

    private static readonly (string Name, int Instruments, int Positions, int OpenOrders)[] Loads =
    [
        ("one", 1, 0, 0),
        ("100-positions", 100, 100, 0),
        ("10000-instruments", 10_000, 100, 0),
        ("100000-orders", 1_000, 100, 100_000),
    ];

    public static void Run()
    {
        var contestants = new List<Contestant>();
        foreach ((string name, int instruments, int positions, int openOrders) in Loads)
        {
            var engine = new LoadedEngine(instruments, positions, openOrders);
            Figure.Note($"{name}: outputs of a quote {OutputsOf(engine, engine.Quote)}, of a signal, its order accepted and filled {OutputsOf(engine, () => Cycle(engine))}");
            contestants.Add(Loop.Of($"{name}.quote", Calls, () => Repeat(Calls, engine.Quote)));
            contestants.Add(Loop.Of($"{name}.signal-accept-fill", 3 * Calls, () => Repeat(Calls, () => Cycle(engine))));
            contestants.Add(Loop.Of($"{name}.mixed", MixedInputs * Calls, () => Repeat(Calls, engine.Mixed)));
        }

        Rounds rounds = Rounds.Run(contestants, RoundCount, Time);
        foreach ((string name, int _, int _, int _) in Loads)
        {
            foreach (string work in new[] { "quote", "signal-accept-fill" })
                Figure.PrintTime($"engine.{name}.{work}", rounds, $"{name}.{work}", $"one.{work}");
            Figure.PrintRate($"engine.{name}.mixed", rounds, $"{name}.mixed", "exchange-core-published", 5.0);
        }
    }

    // Averaged over many, after a first round: what a piece of work says explains what it costs.
    private static double OutputsOf(LoadedEngine engine, Action work)
    {
        Repeat(Calls, work);
        long before = engine.Engine.Outputs.TotalCount;
        Repeat(Calls, work);
        return (engine.Engine.Outputs.TotalCount - before) / (double)Calls;
    }

    private static void Cycle(LoadedEngine engine)
    {
        engine.Signal();
        engine.Accept();
        engine.Fill();
    }

    private static void Repeat(int times, Action work)
    {
        for (int time = 0; time < times; time++)
            work();
    }
}
