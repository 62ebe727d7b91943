using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using OrderPlatform.Aeron.Channels;

namespace OrderPlatform.Runtime.Events;

/// <summary>
/// Where answers may go: back to the host that asks, and nowhere else, so that nobody can have a stream sent to a third. Shared memory for who asks through
/// shared memory, an endpoint at the same address for who asks over UDP; no other parameter is taken over.
/// </summary>
internal static class ResponseChannel
{
    private const string Ipc = "aeron:ipc";

    /// <summary>Checks a channel that a peer names.</summary>
    /// <param name="channel">What it says.</param>
    /// <param name="sourceIdentity">Where its image comes from.</param>
    /// <param name="accepted">The channel to open, or null.</param>
    /// <param name="refusal">What is wrong and what is needed; empty if it was accepted.</param>
    public static bool TryAccept(string channel, string sourceIdentity, [NotNullWhen(true)] out string? accepted, out string refusal)
    {
        accepted = null;
        refusal = "";
        try
        {
            ChannelUri uri = ChannelUri.Parse(channel);
            if (sourceIdentity == Ipc)
            {
                accepted = uri.IsIpc && !uri.IsSpy && uri.Parameters.Count == 0 ? Ipc : null;
                refusal = accepted is null ? "over aeron:ipc answers go to aeron:ipc" : "";
                return accepted is not null;
            }

            if (!uri.IsUdp || uri.IsSpy || uri.Parameters.Count != 1 || uri.Get("endpoint") is not { } text)
            {
                refusal = "write aeron:udp?endpoint=address:port, and nothing else";
                return false;
            }

            HostAndPort endpoint = HostAndPort.Parse(text);
            if (!IPAddress.TryParse(endpoint.Host, out IPAddress? address) || endpoint.Port == 0 || !address.Equals(AddressOf(sourceIdentity)))
            {
                refusal = string.Create(CultureInfo.InvariantCulture, $"the endpoint must be at {AddressOf(sourceIdentity)}, with its port");
                return false;
            }

            accepted = $"aeron:udp?endpoint={text}";
            return true;
        }
        catch (FormatException problem)
        {
            refusal = problem.Message;
            return false;
        }
    }

    private static IPAddress? AddressOf(string sourceIdentity) => IPEndPoint.TryParse(sourceIdentity, out IPEndPoint? end) ? end.Address : null;
}
