using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>
/// Why a channel's socket could not be opened, as its client is told. Never as CHANNEL_ENDPOINT_ERROR: with that code clients take the id for the one
/// of a channel's status and not for their command's, which would then have no answer.
/// </summary>
internal static class EndpointFailure
{
    /// <param name="channel">The channel.</param>
    /// <param name="failure">What the system says.</param>
    /// <param name="closingCount">Sockets that are being closed by another agent: an address that is in use may be free in a moment, and it is worth to ask
    /// again.</param>
    public static ControlProtocolException Of(UdpChannel channel, SocketException failure, int closingCount) =>
        failure.SocketErrorCode == SocketError.AddressAlreadyInUse && closingCount > 0
            ? new ControlProtocolException(
                ErrorCode.ResourceTemporarilyUnavailable,
                $"Channel '{channel.OriginalUriString}' cannot be opened yet: its address may be in CLOSING state, please retry.", failure)
            : new ControlProtocolException(
                ErrorCode.GenericError, $"Channel '{channel.OriginalUriString}' cannot be opened: {failure.Message} ({failure.SocketErrorCode}).", failure);
}
