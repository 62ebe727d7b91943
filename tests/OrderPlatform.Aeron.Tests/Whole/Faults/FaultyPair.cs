using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Two drivers with a bad network between them, each with a client.</summary>
internal sealed class FaultyPair : IDisposable
{
    public const string Endpoint = "aeron:udp?endpoint=127.0.0.1:20121";

    public FaultyPair(FaultProfile profile, Func<MediaDriverContext, MediaDriverContext>? change = null)
    {
        change ??= static context => context;
        Seed = profile.Seed;
        PublisherFaults = new FaultyTransportFactory(World.Network, profile, World.Clock);
        SubscriberFaults = new FaultyTransportFactory(World.Network, profile with { Seed = profile.Seed + 1 }, World.Clock);
        Publisher = World.Add((2 * Seed) + 1, change: context => change(context) with { TransportFactory = PublisherFaults });
        Subscriber = World.Add((2 * Seed) + 2, change: context => change(context) with { TransportFactory = SubscriberFaults });
    }

    public AeronWorld World { get; } = new();

    public int Seed { get; }

    public FaultyTransportFactory PublisherFaults { get; }

    public FaultyTransportFactory SubscriberFaults { get; }

    public AeronNode Publisher { get; }

    public AeronNode Subscriber { get; }

    /// <summary>What both drivers recorded as errors.</summary>
    public string Errors => Publisher.Errors() + Subscriber.Errors();

    public static long Counter(AeronNode node, SystemCounterId id) => node.Client.CountersReader.Value((int)id);

    /// <summary>Steps until something is so; the failure says the seed.</summary>
    public void StepUntil(Func<bool> condition, TimeSpan limit, string what) => World.StepUntil(condition, limit, $"{what} (AERON_SEED={Seed})");

    public void StopFaults() => PublisherFaults.IsActive = SubscriberFaults.IsActive = false;

    public void Dispose() => World.Dispose();
}
