using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Refuses a client that would share a publication and asks for another than there is. Source: the confirmations of match of aeron_driver_conductor.c,
/// Aeron 1.52.
/// </summary>
internal static class PublicationClash
{
    /// <exception cref="ControlProtocolException">The first parameter that differs: INVALID_CHANNEL.</exception>
    public static void Check(string channel, PublicationParameters asked, PublicationParameters existing, int existingSessionId)
    {
        if (asked.HasMtuLength)
            CheckEqual(channel, ChannelKeys.MtuLength, asked.MtuLength, existing.MtuLength);
        if (asked.HasTermLength)
            CheckEqual(channel, ChannelKeys.TermLength, asked.TermLength, existing.TermLength);
        if (asked.HasPublicationWindow)
            CheckEqual(channel, ChannelKeys.PublicationWindow, asked.PublicationWindowLength, existing.PublicationWindowLength);
        if (asked.HasMaxResend)
            CheckEqual(channel, ChannelKeys.MaxResend, asked.MaxResend, existing.MaxResend);
        if (asked.SessionId is int sessionId)
            CheckEqual(channel, ChannelKeys.SessionId, sessionId, existingSessionId);
        if (asked.Start is not null && asked.Start != existing.Start)
            throw Differs(channel, $"{ChannelKeys.InitialTermId}, {ChannelKeys.TermId}, {ChannelKeys.TermOffset}", asked.Start, existing.Start);
        CheckEqual(channel, ChannelKeys.ResponseCorrelationId, asked.ResponseCorrelationId, existing.ResponseCorrelationId);
        CheckEqual(channel, ChannelKeys.Sparse, asked.IsSparse, existing.IsSparse);
        CheckEqual(channel, ChannelKeys.EndOfStream, asked.SignalEndOfStream, existing.SignalEndOfStream);
        CheckEqual(channel, ChannelKeys.SpiesSimulateConnection, asked.SpiesSimulateConnection, existing.SpiesSimulateConnection);
    }

    private static void CheckEqual<T>(string channel, string key, T asked, T existing)
        where T : IEquatable<T>
    {
        if (!asked.Equals(existing))
            throw Differs(channel, key, asked, existing);
    }

    private static ControlProtocolException Differs(string channel, string key, object? asked, object? existing) => new(
        ErrorCode.InvalidChannel,
        $"Channel '{channel}': its publication exists already with {key}={existing}, asked for is {asked}: ask for the same, add an exclusive "
            + "publication, or give another session-id.");
}
