using System.Net;
using System.Text;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Doors;
using OrderPlatform.Sbe;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Events;

/// <summary>Reads what subscribers ask for, and says whether they may have it.</summary>
internal sealed class SubscribeReader(EventsOptions options)
{
    private const EventTopics AllTopics = EventTopics.Accounts | EventTopics.Orders | EventTopics.Alerts | EventTopics.Market;

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
        if (message.Length > DoorProtocol.MessageLengthMax || MessageValidator.Validate(message) != MessageProblem.None
            || !EventsSubscribeDecoder.TryWrap(message, out EventsSubscribeDecoder decoder))
        {
            reason = DoorReason.Malformed;
            return;
        }

        IPAddress? source = ResponseRoute.SourceOf(image);
        string channel = Encoding.UTF8.GetString(decoder.GetResponseChannel());
        if (!ResponseRoute.TryFind(channel, decoder.ResponseStreamId, source, options.TermLengthBytes, out string route))
        {
            (reason, detail) = (DoorReason.ResponseChannel, route);
            return;
        }

        request = new SubscribeRequest(image, decoder.PublisherId, route, decoder.ResponseStreamId, decoder.Topics, decoder.ClientId);
        ISubscriberRule? known = RuleOf(decoder.PublisherId);
        reason = decoder.ProtocolVersion != DoorProtocol.Version ? DoorReason.ProtocolVersion
            : known is null ? DoorReason.UnknownPublisher
            : !known.MayComeFrom(source) ? DoorReason.WrongSource
            : !known.HasToken(message) ? DoorReason.BadToken
            : decoder.ClientId != 0 && !known.SeesAll && !known.Sees(decoder.ClientId) ? DoorReason.ClientNotAllowed
            : (decoder.Topics & AllTopics) == 0 ? DoorReason.KindNotAllowed
            : DoorReason.None;
        detail = reason switch
        {
            DoorReason.ProtocolVersion => $"protocol version {DoorProtocol.Version} is spoken here, not {decoder.ProtocolVersion}",
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
}
