using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>Refuses a channel that would share a socket and asks for other buffers than it has. Source: the validations of aeron_driver_conductor.c, Aeron 1.52.</summary>
internal static class SocketBufferAgreement
{
    /// <exception cref="ControlProtocolException">A length differs: INVALID_CHANNEL.</exception>
    public static void Check(MediaDriverContext context, UdpChannel asked, UdpChannel existing)
    {
        Check(ChannelKeys.SocketSendBuffer, asked, asked.SocketSendBufferLength, existing, existing.SocketSendBufferLength, context.SocketSendBufferLength);
        Check(ChannelKeys.SocketReceiveBuffer, asked, asked.SocketReceiveBufferLength, existing, existing.SocketReceiveBufferLength, context.SocketReceiveBufferLength);
    }

    /// <exception cref="ControlProtocolException">The receiver window would not fit the socket that is there: INVALID_CHANNEL.</exception>
    public static void CheckWindow(MediaDriverContext context, UdpChannel asked, int windowLength, UdpChannel existing)
    {
        int length = existing.SocketReceiveBufferLength > 0 ? existing.SocketReceiveBufferLength : context.SocketReceiveBufferLength;
        if (length > 0 && windowLength > length)
        {
            throw Refused(
                $"Channel '{asked.OriginalUriString}': its receiver window of {windowLength} is above the receive buffer of {length} of '{existing.OriginalUriString}', which has the socket");
        }
    }

    private static void Check(string key, UdpChannel asked, int askedLength, UdpChannel existing, int existingLength, int defaultLength)
    {
        int length = existingLength > 0 ? existingLength : defaultLength;
        if (askedLength == 0 || askedLength == length)
            return;
        string there = length == 0 ? "OS default" : $"{length}";
        throw Refused(
            $"Channel '{asked.OriginalUriString}': {key}={askedLength} does not match existing value of {there} of '{existing.OriginalUriString}', which has the socket");
    }

    private static ControlProtocolException Refused(string reason) => new(ErrorCode.InvalidChannel, $"{reason}: give the same, or another channel.");
}
