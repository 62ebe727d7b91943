using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary>The interface of a channel: <c>interface=address[:port][/prefix]</c> looked up among those that this machine has.</summary>
/// <param name="Address">Its address, with the port of the URI, else zero.</param>
/// <param name="Index">Its index; zero where it was not looked up.</param>
/// <param name="Interface">The interface; null where it was not looked up.</param>
internal readonly record struct LocalInterface(UdpAddress Address, uint Index, NetworkInterface? Interface)
{
    /// <summary>What a unicast socket binds: any address without <c>interface</c>; the named one; with a prefix the one that is in that network.</summary>
    public static LocalInterface ForUnicast(string? text, bool isIPv6, INameResolver resolver)
    {
        if (text is null)
            return new LocalInterface(new UdpAddress(default, 0, isIPv6, 0), 0, null);
        (UdpAddress wanted, int? prefix) = Read(text, isIPv6, resolver);
        return prefix is null || wanted.Bits == default
            ? new LocalInterface(wanted, 0, null)
            : Find(text, wanted, prefix.Value, isMulticast: false);
    }

    /// <summary>The interface of a group: the named one; without <c>interface</c> the first that carries multicast and is not the loopback.</summary>
    public static LocalInterface ForMulticast(string? text, bool isIPv6, INameResolver resolver)
    {
        if (text is null)
            return Find("any", new UdpAddress(default, 0, isIPv6, 0), 0, isMulticast: true);
        (UdpAddress wanted, int? prefix) = Read(text, isIPv6, resolver);
        return Find(text, wanted, prefix ?? (wanted.Bits == default ? 0 : AddressBits(isIPv6)), isMulticast: true);
    }

    private static int AddressBits(bool isIPv6) => isIPv6 ? 128 : 32;

    private static (UdpAddress Wanted, int? Prefix) Read(string text, bool isIPv6, INameResolver resolver)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        int? prefix = null;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int bits) || bits > AddressBits(isIPv6))
                throw new FormatException($"'interface={text}' has no prefix from 0 to {AddressBits(isIPv6)} after '/': write address/prefix.");
            prefix = bits;
        }

        HostAndPort host = HostAndPort.Parse(slash < 0 ? text : text[..slash], portIsNeeded: false);
        UdpAddress wanted = host.Resolve(resolver, isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        return wanted.IsIPv6 == isIPv6
            ? (wanted, prefix)
            : throw new FormatException($"'interface={text}' and the channel's address are not of the same kind, IPv4 or IPv6.");
    }

    private static LocalInterface Find(string text, in UdpAddress wanted, int prefix, bool isMulticast)
    {
        int shift = AddressBits(wanted.IsIPv6) - prefix;
        UInt128 mask = prefix == 0 ? UInt128.Zero : UInt128.MaxValue << shift;
        LocalInterface? best = null;
        (bool IsLoopback, int Shorter, uint Index) bestRank = default;
        foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            bool isLoopback = candidate.NetworkInterfaceType == NetworkInterfaceType.Loopback;
            if (candidate.OperationalStatus == OperationalStatus.Down || (isMulticast && !candidate.SupportsMulticast && !isLoopback))
                continue;
            IPInterfaceProperties properties = candidate.GetIPProperties();
            foreach (UnicastIPAddressInformation own in properties.UnicastAddresses)
            {
                UdpAddress address = UdpAddress.From(new IPEndPoint(own.Address, wanted.Port));
                if (address.IsIPv6 != wanted.IsIPv6 || ((address.Bits ^ wanted.Bits) & mask) != UInt128.Zero)
                    continue;
                uint index = IndexOf(properties, wanted.IsIPv6);
                (bool IsLoopback, int Shorter, uint Index) rank = (isLoopback, -own.PrefixLength, index);
                if (best is null || rank.CompareTo(bestRank) < 0)
                    (best, bestRank) = (new LocalInterface(address, index, candidate), rank);
            }
        }

        return best ?? throw new ControlProtocolException(ErrorCode.InvalidChannel,
            $"No interface for 'interface={text}'{(isMulticast ? " that carries multicast" : "")}: give an address of this machine, or address/prefix.");
    }

    private static uint IndexOf(IPInterfaceProperties properties, bool isIPv6)
    {
        try
        {
            return (uint)(isIPv6 ? properties.GetIPv6Properties().Index : properties.GetIPv4Properties().Index);
        }
        catch (NetworkInformationException)
        {
            // An interface without that family has no index of it.
            return 0;
        }
    }
}
