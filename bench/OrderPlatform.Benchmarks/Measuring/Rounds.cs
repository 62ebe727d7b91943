namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>
/// Contestants in turn, many short rounds. Two virtual processors are now near each other and now far, and other guests come and go: a
/// ratio is taken inside each round, and the median of rounds is what is reported.
/// </summary>
internal sealed class Rounds
{
    private const int WarmUps = 3;

    private readonly Dictionary<string, RunResult[]> _results;

    private Rounds(Dictionary<string, RunResult[]> results) => _results = results;

    public IEnumerable<string> Names => _results.Keys;

    public static Rounds Run(IReadOnlyList<Contestant> contestants, int rounds, TimeSpan time)
    {
        for (int round = 0; round < WarmUps; round++)
        {
            foreach (Contestant contestant in contestants)
                contestant.Run(time / 2);
        }

        var results = contestants.ToDictionary(contestant => contestant.Name, _ => new RunResult[rounds]);
        for (int round = 0; round < rounds; round++)
        {
            foreach (Contestant contestant in contestants)
                results[contestant.Name][round] = contestant.Run(time);
        }

        return new Rounds(results);
    }

    public double MillionsPerSecond(string name) => Median(_results[name].Select(run => run.MillionsPerSecond));

    public double NanosPerEvent(string name) => Median(_results[name].Select(run => run.NanosPerEvent));

    public double AverageBatch(string name) => Median(_results[name].Select(run => run.AverageBatch));

    public (double Least, double Most) Range(string name) =>
        (_results[name].Min(run => run.MillionsPerSecond), _results[name].Max(run => run.MillionsPerSecond));

    /// <summary>How many times as fast as another: the median of the rounds' ratios.</summary>
    public double Ratio(string name, string baseline) =>
        Median(_results[name].Zip(_results[baseline], (run, other) => run.MillionsPerSecond / other.MillionsPerSecond));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
