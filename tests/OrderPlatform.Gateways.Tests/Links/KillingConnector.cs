using OrderPlatform.Gateways.Connectors;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>The process ends here.</summary>
internal sealed class ProcessEndedException : Exception
{
    public ProcessEndedException()
        : base("killed")
    {
    }
}

/// <summary>Ends the process before or behind the nth call that moves the venue: between every two records of gateway and venue.</summary>
internal sealed class KillingConnector(SimulatedConnector inner, Func<bool, bool> isTheEnd) : IExecutionConnector, ISteppedVenue
{
    public ushort VenueId => inner.VenueId;

    public GatewayKind Kind => inner.Kind;

    public long NextEventNanos => inner.NextEventNanos;

    public ulong MarketEvents => inner.MarketEvents;

    public void Recover(ulong lastOrdinal) => inner.Recover(lastOrdinal);

    public RequestFate FateOf(ReadOnlySpan<byte> request) => inner.FateOf(request);

    public bool TrySend(ReadOnlySpan<byte> request)
    {
        EndHere(isBefore: true);
        bool result = inner.TrySend(request);
        EndHere(isBefore: false);
        return result;
    }

    public bool TryAsk(ReadOnlySpan<byte> question)
    {
        EndHere(isBefore: true);
        bool result = inner.TryAsk(question);
        EndHere(isBefore: false);
        return result;
    }

    public int TryTake(Span<byte> buffer, out VenueNews news)
    {
        int length = inner.TryTake(buffer, out news);
        if (length > 0)
        {
            EndHere(isBefore: false);
        }

        return length;
    }

    public int TryAdvance(long untilNanos, Span<byte> buffer, out VenueNews news)
    {
        EndHere(isBefore: true);
        int length = inner.TryAdvance(untilNanos, buffer, out news);
        EndHere(isBefore: false);
        return length;
    }

    public bool TryBeginOf(ReadOnlySpan<byte> marketEvent, out long beginNanos) => inner.TryBeginOf(marketEvent, out beginNanos);

    public void OnMarketEvent(ReadOnlySpan<byte> marketEvent)
    {
        EndHere(isBefore: true);
        inner.OnMarketEvent(marketEvent);
        EndHere(isBefore: false);
    }

    private void EndHere(bool isBefore)
    {
        if (isTheEnd(isBefore))
        {
            throw new ProcessEndedException();
        }
    }
}
