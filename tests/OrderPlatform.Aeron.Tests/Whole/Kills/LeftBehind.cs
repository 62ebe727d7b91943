using OrderPlatform.Aeron.CommandAndControl.Counters;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>What a driver has besides what it has from the start: nothing, when all streams are over.</summary>
internal static class LeftBehind
{
    private const int SystemCounterCount = 46;

    /// <summary>Labels of counters, but for heartbeats of clients, and names of logs.</summary>
    public static string[] At(string directory, AeronClient client) =>
    [
        .. client.CountersReader.Counters()
            .Skip(SystemCounterCount)
            .Where(static counter => counter.TypeId != CounterTypes.ClientHeartbeat)
            .Select(static counter => counter.Label),
        .. Directory.EnumerateFiles(Path.Combine(directory, AeronDirectory.PublicationsFolder)),
        .. Directory.EnumerateFiles(Path.Combine(directory, AeronDirectory.ImagesFolder)),
    ];
}
