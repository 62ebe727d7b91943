using System.Diagnostics;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Scale;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>
/// The engine under load, all limits set: what an input costs, and whether it stays the same from one instrument to 10,000 and from no open order to 100,000.
/// The baseline of each line is the same work with one instrument, no other position and no open order. Then random inputs through the engine and
/// through the naive model of its tests, which is the same rules with <c>Dictionary</c> and <c>decimal</c>.
/// </summary>
internal static class EngineScaleFigures
{
    private const int Calls = 64;
    private const int RoundCount = 7;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(60);

    // The code of an input is compiled again and again in the first million: what is measured is an engine that has run for a while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private static readonly (string Name, int Instruments, int Positions, int OpenOrders)[] Loads =
    [
        ("one", 1, 0, 0),
        ("100-positions", 100, 100, 0),
        ("10000-instruments", 10_000, 100, 0),
        ("100000-orders", 1_000, 100, 100_000),
    ];

    private static readonly (FlowKind Kind, string Name)[] Kinds =
        [(FlowKind.MarketData, "market-data"), (FlowKind.Signal, "signal"), (FlowKind.Report, "report")];

    public static void Run()
    {
        var contestants = new List<Contestant>();
        foreach ((string name, int instruments, int positions, int openOrders) in Loads)
        {
            var engine = new LoadedEngine(instruments, positions, openOrders);
            Warm(engine);
            Figure.Note($"{name}: outputs of a quote {OutputsOf(engine, engine.Quote)}, of a signal, its order accepted and filled {OutputsOf(engine, engine.Cycle)}");
            contestants.Add(Loop.Of($"{name}.quote", Calls, () => Repeat(Calls, engine.Quote)));
            contestants.Add(Loop.Of($"{name}.signal-accept-fill", 3 * Calls, () => Repeat(Calls, engine.Cycle)));
            contestants.Add(Part($"{name}.signal", 1, () => engine.TimeOfCycle().Signal));
            contestants.Add(Part($"{name}.report", 2, () => engine.TimeOfCycle().Reports));
            contestants.Add(Loop.Of($"{name}.mixed", LoadedEngine.MixedInputs * Calls, () => Repeat(Calls, engine.Mixed)));
            contestants.Add(Loop.Of($"{name}.order-heavy", LoadedEngine.OrderHeavyInputs * Calls, () => Repeat(Calls, engine.OrderHeavy)));
        }

        Rounds rounds = Rounds.Run(contestants, RoundCount, Time);
        foreach ((string name, int _, int _, int _) in Loads)
        {
            foreach (string work in new[] { "quote", "signal-accept-fill", "signal", "report" })
                Figure.PrintTime($"engine.{name}.{work}", rounds, $"{name}.{work}", $"one.{work}");
            foreach (string work in new[] { "mixed", "order-heavy" })
                Figure.PrintRate($"engine.{name}.{work}", rounds, $"{name}.{work}", "exchange-core-published", 5.0);
        }

        RunAgainstNaiveModel();
    }

    private static void RunAgainstNaiveModel()
    {
        var flow = new NaiveFlow();
        var contestants = new List<Contestant>
        {
            Loop.Once("random", NaiveFlow.Inputs, flow.Begin, flow.RunEngines, static () => { }),
            Loop.Once("random-naive", NaiveFlow.Inputs, flow.Begin, flow.RunModels, static () => { }),
        };
        foreach ((FlowKind kind, string name) in Kinds)
        {
            contestants.Add(new Contestant($"random.{name}", _ => new RunResult(flow.CountOf(kind), flow.TimeOf(kind, ofModel: false), 1)));
            contestants.Add(new Contestant($"random-naive.{name}", _ => new RunResult(flow.CountOf(kind), flow.TimeOf(kind, ofModel: true), 1)));
        }

        Rounds rounds = Rounds.Run(contestants, RoundCount, Time);
        Figure.PrintTime("engine.random.all", rounds, "random", "random-naive");
        foreach ((FlowKind _, string name) in Kinds)
            Figure.PrintTime($"engine.random.{name}", rounds, $"random.{name}", $"random-naive.{name}");
    }

    // A part of a cycle, timed by itself: two looks at the clock are in it.
    private static Contestant Part(string name, int inputs, Func<long> ticksOfCycle) => new(name, time =>
    {
        long began = Stopwatch.GetTimestamp();
        long ticks = 0;
        long cycles = 0;
        for (; Stopwatch.GetElapsedTime(began) < time; cycles += Calls)
        {
            for (int cycle = 0; cycle < Calls; cycle++)
                ticks += ticksOfCycle();
        }

        return new RunResult(cycles * inputs, Stopwatch.GetElapsedTime(0, ticks).TotalSeconds, 1);
    });

    private static void Warm(LoadedEngine engine)
    {
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < WarmUp)
            Repeat(Calls, engine.OrderHeavy);
    }

    // Averaged over many, after a first round: what a piece of work says explains what it costs.
    private static double OutputsOf(LoadedEngine engine, Action work)
    {
        Repeat(Calls, work);
        long before = engine.Engine.Outputs.TotalCount;
        Repeat(Calls, work);
        return (engine.Engine.Outputs.TotalCount - before) / (double)Calls;
    }

    private static void Repeat(int times, Action work)
    {
        for (int time = 0; time < times; time++)
            work();
    }
}
