using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Micro;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>Short versions of the BenchmarkDotNet suites of engine and histogram: the same methods, medians of interleaved rounds.</summary>
internal static class OneThreadFigures
{
    private const int Calls = 256;
    private const int RoundCount = 9;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(60);

    public static void Engine()
    {
        var engine = new EngineInputBenchmark();
        engine.SetUp();
        Rounds rounds = Rounds.Run(
            [
                Loop.Of("copy-and-crc", Calls, () => { for (int call = 0; call < Calls; call++) engine.CopyAndChecksum(); }),
                Loop.Of("tick", Calls, () => { for (int call = 0; call < Calls; call++) engine.Tick(); }),
                Loop.Of("tick-with-trail", Calls, () => { for (int call = 0; call < Calls; call++) engine.TickWithTrail(); }),
                Loop.Of("state-digest-full", 1, () => engine.StateDigestFull()),
                Loop.Of("book-flat", Calls, () => { for (int call = 0; call < Calls; call++) engine.BookFlat(); }),
                Loop.Of("book-holding", Calls, () => { for (int call = 0; call < Calls; call++) engine.BookHolding(); }),
                Loop.Of("bar-holding", Calls, () => { for (int call = 0; call < Calls; call++) engine.BarHolding(); }),
                Loop.Of("trading-cycle-input", 3 * Calls, () => { for (int call = 0; call < Calls; call++) engine.TradingCycle(); }),
            ],
            RoundCount, Time);
        foreach (string name in rounds.Names.Skip(1))
            Figure.PrintTime($"engine.{name}", rounds, name, "copy-and-crc");
    }

    public static void Histogram()
    {
        var record = new HistogramRecordBenchmark();
        var percentile = new HistogramPercentileBenchmark();
        record.Draw();
        percentile.Fill();
        Rounds rounds = Rounds.Run(
            [
                Loop.Of("array-cell", HistogramRecordBenchmark.Values, record.ArrayCell),
                Loop.Of("record", HistogramRecordBenchmark.Values, record.Record),
                Loop.Of("record-wide", HistogramRecordBenchmark.Values, record.RecordWide),
                Loop.Of("single", HistogramRecordBenchmark.Values, record.RecordSingleWriter),
                Loop.Of("many", HistogramRecordBenchmark.Values, record.RecordMany),
                Loop.Of("percentile", 1, () => percentile.One()), Loop.Of("six-percentiles", 1, percentile.Six), Loop.Of("sum", 1, () => percentile.Sum()),
            ],
            2 * RoundCount, Time);
        Figure.PrintTime("histogram.record", rounds, "record", "hdrhistogram-net-recorded", 1.0);
        Figure.PrintTime("histogram.record", rounds, "record", "array-cell");
        Figure.PrintTime("histogram.record-wide", rounds, "record-wide", "array-cell");
        Figure.PrintTime("histogram.single-writer-recorder", rounds, "single", "hdrhistogram-net-recorder-recorded", 9.7);
        Figure.PrintTime("histogram.recorder", rounds, "many", "hdrhistogram-net-recorder-recorded", 9.7);
        Figure.PrintTime("histogram.percentile", rounds, "percentile", "hdrhistogram-net-recorded", 22_000);
        Figure.PrintTime("histogram.six-percentiles", rounds, "six-percentiles", "sum");
        long bytes = Tests.AllocationCount.LeastOfRounds(record.Record);
        Figure.Print("histogram.record-allocated", bytes, "bytes", "hdrhistogram-net-recorded", 0, bytes == 0 ? 1 : 0);
    }
}
