using System.Net;
using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>A configured publisher: its rule made ready for use, its budget, its counts, and how far its streams have come.</summary>
internal sealed class PublisherMember : IDisposable
{
    private readonly HashSet<uint> _clients;
    private readonly SourceSet _sources;
    private readonly PublisherToken? _token;

    public PublisherMember(PublisherRule rule, long ticksPerSecond)
    {
        Rule = rule;
        _clients = [.. rule.ClientIds];
        _sources = new SourceSet(rule.Sources);
        _token = rule.Key is null ? null : new PublisherToken(rule.Key);
        Budget = new SubmissionBudget(rule.MessagesPerSecond, rule.Burst, ticksPerSecond);
    }

    public PublisherRule Rule { get; }

    public SubmissionBudget Budget { get; }

    public DoorCounts Counts { get; } = new();

    /// <summary>By kind, from 1; null before its first hello there.</summary>
    public PublisherStream?[] Streams { get; } = new PublisherStream?[4];

    public bool MaySpeakFor(uint clientId) => Rule.AllClients || _clients.Contains(clientId);

    public bool MaySend(int kind) => ((int)Rule.Kinds & (1 << (kind - 1))) != 0;

    /// <summary>Whether a message has this publisher's token, or needs none.</summary>
    public bool HasToken(ReadOnlySpan<byte> message, int offset) => _token is null || _token.Matches(message, offset);

    /// <summary>Whether a hello is this publisher's own and comes from where it may.</summary>
    public Verdict CheckHello(IPAddress? source, ReadOnlySpan<byte> message, int tokenOffset) =>
        !_sources.Allows(source) ? new Verdict(DoorReason.WrongSource, Rule.Id)
        : !HasToken(message, tokenOffset) ? new Verdict(DoorReason.BadToken, Rule.Id)
        : default;

    public void Dispose() => _token?.Dispose();
}

/// <summary>A token bucket: so many messages a second, and a burst after a pause.</summary>
internal sealed class SubmissionBudget(double messagesPerSecond, int burst, long ticksPerSecond)
{
    private readonly double _perTick = messagesPerSecond / ticksPerSecond;
    private double _tokens = burst;
    private long _atTicks;
    private bool _hasBegun;

    private bool IsUnlimited => messagesPerSecond == 0;

    /// <summary>How many messages may be taken now.</summary>
    public int Available(long nowTicks)
    {
        if (IsUnlimited)
        {
            return int.MaxValue;
        }

        if (_hasBegun)
        {
            _tokens = Math.Min(burst, _tokens + ((nowTicks - _atTicks) * _perTick));
        }

        _hasBegun = true;
        _atTicks = nowTicks;
        return (int)_tokens;
    }

    /// <summary>One was taken.</summary>
    public void Take() => _tokens -= IsUnlimited ? 0 : 1;
}
