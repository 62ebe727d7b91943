using System.Globalization;
using OrderPlatform.Benchmarks.Measuring;

namespace OrderPlatform.Benchmarks.Figures;

/// <summary>The lines that figures print. A ratio above 1 is better than the baseline: a rate is divided by it, a time divides it.</summary>
internal static class Figure
{
    public static void Print(string name, double value, string unit, string baseline, double baselineValue, double ratio) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"figure {name} {Short(value)} {unit} baseline {baseline} {Short(baselineValue)} ratio {ratio:0.00}"));

    public static void Note(string text) => Console.WriteLine($"# {text}");

    public static void PrintRate(string name, Rounds rounds, string contestant, string baseline) =>
        Print(name, rounds.MillionsPerSecond(contestant), "M/s", baseline, rounds.MillionsPerSecond(baseline), rounds.Ratio(contestant, baseline));

    public static void PrintRate(string name, Rounds rounds, string contestant, string recorded, double recordedRate)
    {
        double rate = rounds.MillionsPerSecond(contestant);
        Print(name, rate, "M/s", recorded, recordedRate, rate / recordedRate);
    }

    public static void PrintTime(string name, Rounds rounds, string contestant, string baseline) =>
        Print(name, rounds.NanosPerEvent(contestant), "ns", baseline, rounds.NanosPerEvent(baseline), rounds.Ratio(contestant, baseline));

    public static void PrintTime(string name, Rounds rounds, string contestant, string recorded, double recordedNanos)
    {
        double nanos = rounds.NanosPerEvent(contestant);
        Print(name, nanos, "ns", recorded, recordedNanos, recordedNanos / nanos);
    }

    /// <summary>Batches and the span of the rounds, which explain a median.</summary>
    public static void NoteRounds(string topology, Rounds rounds)
    {
        foreach (string name in rounds.Names)
        {
            (double least, double most) = rounds.Range(name);
            string batch = rounds.AverageBatch(name).ToString("0", CultureInfo.InvariantCulture);
            Note($"{topology} {name}: {Short(rounds.MillionsPerSecond(name))} M/s, rounds {Short(least)} to {Short(most)}, average batch {batch}");
        }
    }

    private static string Short(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
