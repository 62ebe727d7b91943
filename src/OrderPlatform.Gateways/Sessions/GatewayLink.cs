using OrderPlatform.Aeron.Client;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Gateways.Sessions;

/// <summary>The two streams of a gateway: opened without waiting, and again if one comes to its end.</summary>
internal sealed class GatewayLink(AeronClient aeron, GatewaySessionOptions options) : IDisposable
{
    private const long NotAsked = 0;

    private long _subscriptionId = NotAsked;
    private long _publicationId = NotAsked;
    private Subscription? _subscription;
    private ExclusivePublication? _publication;

    /// <summary>Whether somebody receives what is sent.</summary>
    public bool IsHeard => _publication is { IsConnected: true };

    /// <summary>Whether both streams are there.</summary>
    /// <exception cref="GatewayLinkException">A channel cannot be used, or the driver is gone.</exception>
    public bool TryOpen()
    {
        if (aeron.IsClosed)
        {
            throw new GatewayLinkException("the media driver is gone, or took this process for dead: start the driver, then the gateway again");
        }

        return (_subscription is not null && _publication is not null) || Open();
    }

    public int Poll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler, allows ref struct => _subscription!.ControlledPoll(ref handler, fragmentLimit);

    /// <summary>Sends a message.</summary>
    /// <returns>False if it cannot be sent now.</returns>
    public bool TrySend(ReadOnlySpan<byte> message)
    {
        long result = _publication!.Offer(message);
        if (result == Publication.MaxPositionExceeded)
        {
            _publication.Dispose();
            _publication = null;
            _publicationId = NotAsked;
        }

        return result > 0;
    }

    public void Dispose()
    {
        _publication?.Dispose();
        _subscription?.Dispose();
    }

    private bool Open()
    {
        try
        {
            if (_subscription is null)
            {
                _subscriptionId = _subscriptionId == NotAsked ? aeron.AsyncAddSubscription(options.OrdersChannel, options.OrdersStreamId) : _subscriptionId;
                _subscription = aeron.GetSubscription(_subscriptionId);
            }
        }
        catch (AeronException failure)
        {
            throw new GatewayLinkException($"orders cannot be received on {options.OrdersChannel}: {failure.Message}", failure);
        }

        try
        {
            if (_publication is null)
            {
                _publicationId = _publicationId == NotAsked
                    ? aeron.AsyncAddExclusivePublication(options.ReportsChannel, options.ReportsStreamId)
                    : _publicationId;
                _publication = aeron.GetExclusivePublication(_publicationId);
            }
        }
        catch (AeronException failure)
        {
            throw new GatewayLinkException($"reports cannot be sent on {options.ReportsChannel}: {failure.Message}", failure);
        }

        return _subscription is not null && _publication is not null;
    }
}
