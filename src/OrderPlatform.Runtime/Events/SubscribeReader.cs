using System.Security.Cryptography;
using System.Text;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Sbe;

namespace OrderPlatform.Runtime.Events;

/// <summary>Reads what subscribers ask for, and says whether they may have it.</summary>
internal sealed class SubscribeReader(EventsOptions options)
{
    private const ushort ProtocolVersion = 1;
    private const int TokenOffset = 8 + 24;
    private const EventTopics AllTopics = EventTopics.Accounts | EventTopics.Orders | EventTopics.Alerts | EventTopics.Market;

    private readonly byte[] _unsigned = new byte[EventsSubscribeDecoder.MinEncodedLength + byte.MaxValue];

    /// <summary>Reads a request.</summary>
    /// <param name="message">As it came.</param>
    /// <param name="image">From where.</param>
    /// <param name="request">What it asks for, or null where nothing can be answered: it is no such request, or its channel may not be used.</param>
    /// <param name="rule">The rule by which it may, or null.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="detail">Why not, in words; empty where the reason says all.</param>
    public void Read(
        ReadOnlySpan<byte> message, Image image, out SubscribeRequest? request, out ISubscriberRule? rule, out DoorReason reason, out string detail)
    {
        (request, rule, detail) = (null, null, "");
        if (message.Length > _unsigned.Length || MessageValidator.Validate(message) != MessageProblem.None
            || !EventsSubscribeDecoder.TryWrap(message, out EventsSubscribeDecoder decoder))
        {
            reason = DoorReason.Malformed;
            return;
        }

        if (!ResponseChannel.TryAccept(Encoding.UTF8.GetString(decoder.GetResponseChannel()), image.SourceIdentity, out string? channel, out detail))
        {
            reason = DoorReason.ResponseChannel;
            return;
        }

        request = new SubscribeRequest(image, decoder.PublisherId, channel, decoder.ResponseStreamId, decoder.Topics, decoder.ClientId);
        ISubscriberRule? known = RuleOf(decoder.PublisherId);
        reason = decoder.ProtocolVersion != ProtocolVersion ? DoorReason.ProtocolVersion
            : known is null ? DoorReason.UnknownPublisher
            : !known.MayComeFrom(image.SourceIdentity) ? DoorReason.WrongSource
            : !IsTokenRight(message, decoder.Token, known.Key) ? DoorReason.BadToken
            : decoder.ClientId != 0 && !known.SeesAll && !known.Sees(decoder.ClientId) ? DoorReason.ClientNotAllowed
            : (decoder.Topics & AllTopics) == 0 ? DoorReason.KindNotAllowed
            : DoorReason.None;
        detail = reason switch
        {
            DoorReason.ProtocolVersion => $"protocol version {ProtocolVersion} is spoken here, not {decoder.ProtocolVersion}",
            DoorReason.ClientNotAllowed => $"publisher {decoder.PublisherId} may not see client {decoder.ClientId}",
            DoorReason.KindNotAllowed => "no topic is asked for",
            DoorReason.WrongSource => $"publisher {decoder.PublisherId} may not subscribe from {image.SourceIdentity}",
            _ => "",
        };
        rule = reason == DoorReason.None ? known : null;
    }

    private ISubscriberRule? RuleOf(uint publisherId)
    {
        foreach (ISubscriberRule rule in options.Rules)
        {
            if (rule.Id == publisherId)
            {
                return rule;
            }
        }

        return null;
    }

    private bool IsTokenRight(ReadOnlySpan<byte> message, ReadOnlySpan<byte> token, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
        {
            return true;
        }

        message.CopyTo(_unsigned);
        _unsigned.AsSpan(TokenOffset, HMACSHA256.HashSizeInBytes).Clear();
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, _unsigned.AsSpan(0, message.Length), expected);
        return CryptographicOperations.FixedTimeEquals(expected, token);
    }
}
