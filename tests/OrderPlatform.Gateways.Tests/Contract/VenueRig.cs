using OrderPlatform.Gateways.Connectors;

namespace OrderPlatform.Gateways.Tests.Contract;

/// <summary>How the venue behind a connector behaves in a test.</summary>
public enum VenueTrait
{
    /// <summary>Everything arrives, and an order is filled at once by a trade at its price.</summary>
    Plain,

    /// <summary>A trade fills only a part of an order.</summary>
    PartialFills,

    /// <summary>Every new order is lost on its way, and its sender gives up.</summary>
    LosesOrders,

    /// <summary>The answer to every new order is lost, and its sender gives up.</summary>
    LosesAnswers,

    /// <summary>Every report comes twice.</summary>
    RepeatsReports,

    /// <summary>Nothing gets through for a while: from <see cref="VenueRig.OutageFromNanos"/> to <see cref="VenueRig.OutageUntilNanos"/>.</summary>
    Outage,
}

/// <summary>Something that a connector gave.</summary>
/// <param name="Message">The message.</param>
/// <param name="News">When and where in its order the venue told it.</param>
internal sealed record Told(byte[] Message, VenueNews News);

/// <summary>
/// A venue with its connector, which a test moves. For a later venue: a stand-in that speaks the venue's protocol, and a connector that is connected to it.
/// </summary>
internal abstract class VenueRig : IDisposable
{
    public const long OutageFromNanos = 50_000_000_000;
    public const long OutageUntilNanos = 80_000_000_000;

    /// <summary>The connector that lives, recovered.</summary>
    public abstract IExecutionConnector Connector { get; }

    /// <summary>The venue's time.</summary>
    public long NowNanos { get; protected set; } = 1_000_000_000;

    /// <summary>A public trade of one unit.</summary>
    public abstract void Trade(long price);

    /// <summary>Lets time pass until nothing more comes, or to a time; gives all that the connector told.</summary>
    public abstract List<Told> Settle(long untilNanos = long.MaxValue);

    /// <summary>The process ends and a new one begins with what the venue has kept.</summary>
    /// <param name="lastOrdinal">What its journal knows.</param>
    public abstract void Restart(ulong lastOrdinal);

    /// <summary>The process ends before a request is sent that it was about to send, and a new one begins.</summary>
    public abstract void RestartBeforeSending(ReadOnlySpan<byte> request, ulong lastOrdinal);

    public abstract void Dispose();
}
