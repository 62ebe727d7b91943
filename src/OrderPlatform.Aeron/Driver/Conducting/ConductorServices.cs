using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Driver.Sending;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>What every part of the conductor stands on.</summary>
internal sealed record ConductorServices
{
    public required MediaDriverContext Context { get; init; }
    public required DriverState State { get; init; }
    public required ClientProxy Clients { get; init; }
    public required Sender Sender { get; init; }
    public required Receiver Receiver { get; init; }
    public required SendEndpoints SendEndpoints { get; init; }
    public required ReceiveEndpoints ReceiveEndpoints { get; init; }
    public required StreamCounters StreamCounters { get; init; }
    public required Subscriptions Subscriptions { get; init; }
    public required LogStore Logs { get; init; }
    public required SessionIds SessionIds { get; init; }
    public required Random Random { get; init; }

    public IClock Clock => Context.Clock;

    public int RandomTermId() => Random.Next(int.MinValue, int.MaxValue);
}
