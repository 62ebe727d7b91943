using System.Net;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Events;

/// <summary>A publisher's rule at the door, for the events stream: it sees the clients that it may speak for.</summary>
public sealed class PublisherSubscriberRule : ISubscriberRule, IDisposable
{
    private readonly PublisherRule _rule;
    private readonly SourceSet _sources;
    private readonly PublisherToken? _token;

    /// <param name="rule">The rule.</param>
    /// <exception cref="ArgumentException">A source or the key is not what it must be.</exception>
    public PublisherSubscriberRule(PublisherRule rule)
    {
        _rule = rule;
        _sources = new SourceSet(rule.Sources);
        _token = rule.Key is null ? null : new PublisherToken(rule.Key);
    }

    /// <inheritdoc />
    public uint Id => _rule.Id;

    /// <inheritdoc />
    public bool SeesAll => _rule.AllClients;

    /// <inheritdoc />
    public bool Sees(uint clientId)
    {
        // By index: an enumerator of the interface would be a new object for each event.
        for (int index = 0; index < _rule.ClientIds.Count; index++)
        {
            if (_rule.ClientIds[index] == clientId)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public bool MayComeFrom(IPAddress? source) => _sources.Allows(source);

    /// <inheritdoc />
    public bool HasToken(ReadOnlySpan<byte> request) => _token?.Matches(request, PublisherToken.OffsetInSubscribe) ?? true;

    /// <inheritdoc />
    public void Dispose() => _token?.Dispose();
}
