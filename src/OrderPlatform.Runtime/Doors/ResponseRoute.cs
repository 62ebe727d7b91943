using System.Net;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>
/// Where answers to a session go. A hello names it, and whoever writes hellos must not be able to point the engine at other machines, at streams that are not
/// for answers, or at more memory than an answer needs: so only the address of the session itself is taken, and only the endpoint of what was written.
/// </summary>
internal static class ResponseRoute
{
    /// <summary>How an image over shared memory names its source.</summary>
    private const string IpcSource = "aeron:ipc";

    private const string EndpointKey = "endpoint";

    /// <summary>The address that an image comes from; null for shared memory.</summary>
    public static IPAddress? SourceOf(Image image) =>
        image.SourceIdentity != IpcSource && IPEndPoint.TryParse(image.SourceIdentity, out IPEndPoint? source) ? source.Address : null;

    /// <summary>The channel on which a session is answered.</summary>
    /// <param name="channel">As the hello has it.</param>
    /// <param name="streamId">As the hello has it.</param>
    /// <param name="source">Where the session comes from; null for shared memory.</param>
    /// <param name="termLength">Of the publication.</param>
    /// <param name="route">The channel to publish on, or why there is none.</param>
    public static bool TryFind(string channel, int streamId, IPAddress? source, int termLength, out string route)
    {
        if (!DoorProtocol.IsResponseStream(streamId))
        {
            route = $"stream {streamId} is not for answers: take {DoorProtocol.ResponseStreamId} to {DoorProtocol.ResponseStreamIdLast}, "
                + $"or one from {DoorProtocol.OwnStreamIdFirst} on";
            return false;
        }

        ChannelUri uri;
        try
        {
            uri = ChannelUri.Parse(channel);
        }
        catch (FormatException failure)
        {
            route = failure.Message;
            return false;
        }

        if (source is null)
        {
            bool isPlain = uri is { IsIpc: true, IsSpy: false, Parameters.Count: 0 };
            route = isPlain ? $"aeron:ipc?term-length={termLength}" : "a session over IPC is answered on aeron:ipc";
            return isPlain;
        }

        return TryFindUdp(uri, source, termLength, out route);
    }

    private static bool TryFindUdp(ChannelUri uri, IPAddress source, int termLength, out string route)
    {
        if (!uri.IsUdp || uri.IsSpy || uri.Parameters.Count != 1 || uri.Get(EndpointKey) is not { } text)
        {
            route = "write aeron:udp?endpoint=<address>:<port> and no more";
            return false;
        }

        if (!IPEndPoint.TryParse(text, out IPEndPoint? endpoint) || endpoint.Port == 0)
        {
            route = $"endpoint '{text}' has no address and port in numbers";
            return false;
        }

        // All of 127.0.0.0/8 is this machine's own.
        bool isSameHost = endpoint.Address.Equals(source) || (IPAddress.IsLoopback(source) && IPAddress.IsLoopback(endpoint.Address));
        route = isSameHost ? $"aeron:udp?endpoint={endpoint}|term-length={termLength}"
            : $"the endpoint is at {endpoint.Address}, the session comes from {source}";
        return isSameHost;
    }
}
