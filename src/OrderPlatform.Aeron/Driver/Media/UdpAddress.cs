using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>An IP address and port as a value: compared and copied without allocating.</summary>
/// <param name="Bits">IPv4: the four bytes in network order as a number; IPv6: the sixteen.</param>
/// <param name="Port">Port in host order.</param>
/// <param name="IsIPv6">Which kind.</param>
/// <param name="ScopeId">Of a link-local IPv6 address, else zero.</param>
public readonly record struct UdpAddress(UInt128 Bits, ushort Port, bool IsIPv6, uint ScopeId)
{
    /// <summary>The same address as a value.</summary>
    public static UdpAddress From(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        byte[] bytes = endPoint.Address.GetAddressBytes();
        return endPoint.AddressFamily == AddressFamily.InterNetworkV6
            ? new UdpAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes), (ushort)endPoint.Port, true, (uint)endPoint.Address.ScopeId)
            : new UdpAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), (ushort)endPoint.Port, false, 0);
    }

    /// <summary>True for 224.0.0.0/4 and ff00::/8.</summary>
    public bool IsMulticast => IsIPv6 ? (byte)(Bits >> 120) == 0xff : ((uint)Bits & 0xf0000000) == 0xe0000000;

    /// <summary>The same as an end point; allocates.</summary>
    public IPEndPoint ToEndPoint() => new(ToIPAddress(), Port);

    /// <summary>The address alone; allocates.</summary>
    public IPAddress ToIPAddress()
    {
        if (!IsIPv6)
        {
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(four, (uint)Bits);
            return new IPAddress(four);
        }

        Span<byte> sixteen = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(sixteen, Bits);
        return new IPAddress(sixteen, ScopeId);
    }

    /// <summary><c>ip:port</c>, IPv6 in brackets.</summary>
    public override string ToString() => ToEndPoint().ToString();
}
