using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary><c>host:port</c>, the host a name, an IPv4 address, or an IPv6 address in brackets.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">Zero lets the system choose.</param>
/// <param name="IsIPv6">The host was in brackets.</param>
public readonly record struct HostAndPort(string Host, ushort Port, bool IsIPv6)
{
    /// <summary>Reads a text; <paramref name="portIsNeeded"/> false takes a host alone, with port zero.</summary>
    /// <exception cref="FormatException">It is not one; the message says what is needed.</exception>
    public static HostAndPort Parse(string text, bool portIsNeeded = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        int hostStart = 0;
        int hostEnd;
        bool isIPv6 = text.StartsWith('[');
        if (isIPv6)
        {
            hostStart = 1;
            hostEnd = text.IndexOf(']', StringComparison.Ordinal);
            if (hostEnd < 0)
                throw new FormatException($"'{text}' has '[' without ']': write an IPv6 address as [address]:port.");
        }
        else
        {
            hostEnd = text.IndexOf(':', StringComparison.Ordinal);
            if (hostEnd < 0)
                hostEnd = text.Length;
        }

        int rest = isIPv6 ? hostEnd + 1 : hostEnd;
        string host = text[hostStart..hostEnd];
        if (host.Length == 0)
            throw new FormatException($"'{text}' has no host: write host:port.");
        if (rest == text.Length)
            return portIsNeeded ? throw new FormatException($"'{text}' has no port: write host:port.") : new HostAndPort(host, 0, isIPv6);
        if (text[rest] != ':' || !ushort.TryParse(text.AsSpan(rest + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            throw new FormatException($"'{text}' has no port from 0 to 65535 at character {rest}: write host:port.");
        return new HostAndPort(host, port, isIPv6);
    }

    /// <summary>The address, by the resolver when the host is a name.</summary>
    /// <exception cref="ControlProtocolException">
    /// Not an address (<see cref="ErrorCode.InvalidChannel"/>) or not known (<see cref="ErrorCode.UnknownHost"/>).
    /// </exception>
    public UdpAddress Resolve(INameResolver resolver, AddressFamily preferred = AddressFamily.InterNetwork)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        if (IsIPv6)
        {
            return IPAddress.TryParse(Host, out IPAddress? six) && six.AddressFamily == AddressFamily.InterNetworkV6
                ? UdpAddress.From(new IPEndPoint(six, Port))
                : throw new ControlProtocolException(ErrorCode.InvalidChannel, $"'[{Host}]' is not an IPv6 address.");
        }

        // Only digits and dots: an address with four parts, never the short forms (127.1, 0x7f.1) that some parsers take.
        if (Host.All(static character => char.IsAsciiDigit(character) || character == '.'))
        {
            return Host.Count(static character => character == '.') == 3 && IPAddress.TryParse(Host, out IPAddress? four)
                ? UdpAddress.From(new IPEndPoint(four, Port))
                : throw new ControlProtocolException(ErrorCode.InvalidChannel, $"'{Host}' is not an IPv4 address.");
        }

        IPAddress address = resolver.Resolve(Host, preferred)
            ?? throw new ControlProtocolException(ErrorCode.UnknownHost, $"The host '{Host}' is not known: check its name or write its address.");
        return UdpAddress.From(new IPEndPoint(address, Port));
    }
}
