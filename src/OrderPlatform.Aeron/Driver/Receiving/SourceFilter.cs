using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Who may send to a socket. One thread's.</summary>
internal sealed class SourceFilter
{
    private readonly Network[] _networks;
    private UdpAddress _lastAllowed;

    private SourceFilter(Network[] networks) => _networks = networks;

    private readonly record struct Network(UInt128 Prefix, UInt128 Mask, bool IsIPv6);

    /// <summary>The rules of a channel's endpoint; null when there is none, so that anybody may send.</summary>
    public static SourceFilter? Of(UdpChannel channel, IReadOnlyList<SourceRule> rules)
    {
        string? endpoint = channel.Uri.Get("endpoint");
        Network[] networks = [.. rules.Where(rule => rule.Endpoint == "*" || rule.Endpoint == endpoint).Select(static rule => From(rule.Network))];
        return networks.Length == 0 ? null : new SourceFilter(networks);
    }

    public bool Allows(in UdpAddress source)
    {
        if (source == _lastAllowed)
            return true;
        foreach (Network network in _networks)
        {
            if (network.IsIPv6 == source.IsIPv6 && (source.Bits & network.Mask) == network.Prefix)
            {
                _lastAllowed = source;
                return true;
            }
        }

        return false;
    }

    private static Network From(IPNetwork network)
    {
        byte[] bytes = network.BaseAddress.GetAddressBytes();
        bool isIPv6 = network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;
        UInt128 prefix = isIPv6 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
        int hostBits = (isIPv6 ? 128 : 32) - network.PrefixLength;
        // A shift by the whole width shifts by nothing.
        UInt128 mask = hostBits == 128 ? UInt128.Zero : UInt128.MaxValue << hostBits;
        return new Network(prefix, mask, isIPv6);
    }
}
