using System.CommandLine;
using OrderPlatform.Benchmarks.Allocations;
using OrderPlatform.Benchmarks.Figures;
using OrderPlatform.Benchmarks.Latency;
using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Topologies;

namespace OrderPlatform.Benchmarks;

/// <summary>What the program can do beside BenchmarkDotNet, which gets every other argument.</summary>
internal static class Commands
{
    public static RootCommand Create() => new("Benchmarks of OrderPlatform") { FiguresCommand(), TopologyCommand(), LatencyCommand(), StallsCommand(), AllocationsCommand() };

    private static Command FiguresCommand()
    {
        var suites = new Argument<string[]>("suite") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("figures", "Short versions of suites, a line a figure") { suites };
        command.SetAction(parsed => Suites.Run(parsed.GetValue(suites) ?? []));
        return command;
    }

    private static Command TopologyCommand()
    {
        var names = new Argument<string[]>("name") { Arity = ArgumentArity.ZeroOrMore };
        string known = string.Join(", ", RingFigures.Topologies.Select(static one => one.Name));
        var command = new Command("topology", $"All contestants of a topology, half a second a round: {known}") { names };
        command.SetAction(parsed =>
        {
            string[] asked = parsed.GetValue(names) ?? [];
            foreach (ITopology topology in RingFigures.Topologies.Where(one => asked.Length == 0 || asked.Contains(one.Name)))
                Figure.NoteRounds(topology.Name, Rounds.Run(topology.Contestants, 7, TimeSpan.FromMilliseconds(500)));
        });
        return command;
    }

    private static Command LatencyCommand()
    {
        var rate = new Option<int>("--rate") { Description = "events a second", DefaultValueFactory = static _ => 200_000 };
        var seconds = new Option<int>("--seconds") { Description = "for each contestant", DefaultValueFactory = static _ => 10 };
        var size = new Option<int>("--size") { Description = "bytes of an event: 64, 128 or 256", DefaultValueFactory = static _ => 64 };
        var wait = new Option<Waiting>("--wait") { Description = "how the consumer waits", DefaultValueFactory = static _ => Waiting.Yielding };
        var folder = new Option<string>("--out")
        {
            Description = "where latency.hlog and latency.svg go",
            DefaultValueFactory = static _ => Path.Combine("out", "latency"),
        };
        size.AcceptOnlyFromAmong("64", "128", "256");
        var command = new Command("latency", "Open loop at a fixed rate: percentiles, a histogram log and a picture") { rate, seconds, size, wait, folder };
        command.SetAction(parsed =>
        {
            var options = new LatencyOptions(parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(size), parsed.GetValue(wait));
            DateTimeOffset start = DateTimeOffset.UtcNow;
            IReadOnlyList<LatencyResult> results = LatencyHarness.Run(options);
            LatencyReport.Print(Console.Out, results);
            LatencyReport.Write(parsed.GetValue(folder)!, options, start, results);
        });
        return command;
    }

    private static Command StallsCommand()
    {
        var rate = new Option<int>("--rate") { Description = "records a second", DefaultValueFactory = static _ => 100_000 };
        var seconds = new Option<int>("--seconds") { Description = "for each policy", DefaultValueFactory = static _ => 60 };
        var command = new Command("journal-stalls", "Open loop of appends at a fixed rate, segment changes included: the worst, and the time to durable") { rate, seconds };
        command.SetAction(parsed => JournalFigures.Stalls(parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }

    private static Command AllocationsCommand()
    {
        var command = new Command("allocations", "Measures the bytes that each micro benchmark allocates and writes the checked-in file");
        command.SetAction(static _ => AllocationFile.Update());
        return command;
    }
}
