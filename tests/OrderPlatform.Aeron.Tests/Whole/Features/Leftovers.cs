using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>What a driver still has: counters besides its own, logs, sockets.</summary>
internal static class Leftovers
{
    /// <summary>One line each; empty when everything was given back.</summary>
    public static string Of(string directory, SimulatedNetwork network)
    {
        var lines = new List<string>();
        using (var cnc = CncFile.Open(directory, isWritable: false))
        {
            var counters = new CountersReader(cnc.CountersMetaData, cnc.CountersValues);
            lines.AddRange(counters.Counters().Where(static counter => counter.TypeId != CounterTypes.System)
                .Select(static counter => $"{counter.Id} of type {counter.TypeId}: {counter.Label}"));
            Assert.That(counters.Counters().Count(static counter => counter.TypeId == CounterTypes.System), Is.EqualTo(SystemCounters.Count));
        }

        lines.AddRange(LogFiles(directory));
        if (network.OpenCount > 0)
            lines.Add($"{network.OpenCount} open sockets");
        return string.Join('\n', lines);
    }

    public static IEnumerable<string> LogFiles(string directory) => ((string[])[AeronDirectory.PublicationsFolder, AeronDirectory.ImagesFolder])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(directory, folder)));
}
